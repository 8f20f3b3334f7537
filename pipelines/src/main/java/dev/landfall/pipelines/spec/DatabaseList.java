package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.transforms.ddl.NameStyle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The spec's {@code source.databases}: a map from databases to schemas, or a list of databases that
 * each go to a schema of their own name.
 */
final class DatabaseList {
  /** What it may say. */
  static final Shape SHAPE =
      Shape.anyOf(
          Shape.listOf(GivenNames.SCHEMA).some().distinct(),
          Shape.mapOf(Shape.Scalar.TEXT, GivenNames.SCHEMA).size(1, Integer.MAX_VALUE));

  /** No such key: the URL's database alone. */
  static final DatabaseList NONE = new DatabaseList(Optional.empty());

  private final Optional<YamlValue> value;

  /** Schemas by database; an empty schema stands for the database's own name. */
  private final Map<String, String> schemas = new LinkedHashMap<>();

  private DatabaseList(Optional<YamlValue> value) {
    this.value = value;
  }

  static DatabaseList read(YamlValue value) {
    DatabaseList list = new DatabaseList(Optional.of(value));
    if (value.isList()) {
      value
          .items()
          .forEach(item -> item.name().ifPresent(name -> list.add(item, name, /* schema= */ "")));
    } else if (value.isMap()) {
      for (YamlValue.Entry entry : value.entries()) {
        entry
            .value()
            .name()
            .ifPresent(
                schema -> {
                  GivenNames.ofSchema(schema).ifPresent(entry.value()::mistake);
                  list.add(entry.value(), entry.key(), schema);
                });
      }
    } else {
      value.mistake(
          "expected a list of databases, or a map from databases to schemas, found "
              + value.found()
              + ".");
      return list;
    }
    if (list.schemas.isEmpty()) {
      value.mistake("no database is listed; leave databases out for the URL's alone.");
    }
    return list;
  }

  private void add(YamlValue at, String database, String schema) {
    if (schemas.putIfAbsent(database, schema) != null) {
      at.mistake("database " + database + " is listed twice.");
    }
    if (schema.isEmpty()) {
      GivenNames.ofSchema(database)
          .ifPresent(
              what -> at.mistake(what + " Write a map, and the schema behind the database."));
    }
  }

  boolean isGiven() {
    return value.isPresent();
  }

  /** The database that stands for one that the URL does not name; empty for none. */
  String first() {
    return schemas.keySet().stream().findFirst().orElse("");
  }

  /** The URL's database is one of them. */
  void requireListed(String database, Mistakes mistakes) {
    if (!schemas.isEmpty() && !schemas.containsKey(database)) {
      value.ifPresent(
          v ->
              mistakes.add(
                  v.at(),
                  "the URL's database "
                      + database
                      + " is not among "
                      + String.join(", ", schemas.keySet())
                      + ". Add it, or leave it out of the URL."));
    }
  }

  /** Schemas by database, in the spec's order; empty without the key. */
  Map<String, String> schemas(NameStyle names) {
    Map<String, String> named = new LinkedHashMap<>();
    schemas.forEach(
        (database, schema) -> named.put(database, schema.isEmpty() ? names.of(database) : schema));
    return named;
  }
}
