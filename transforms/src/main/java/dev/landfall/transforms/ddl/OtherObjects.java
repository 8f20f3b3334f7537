package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SchemaObject.Kind;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceObject;
import dev.landfall.transforms.model.SourceSequence;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.DdlSql;
import dev.landfall.transforms.sql.SourceObjectSql;
import dev.landfall.transforms.translate.Translation;
import dev.landfall.transforms.translate.ViewTranslator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Definitions for what is no table: sequences, and views that can be translated. All else is left
 * to the user, with its text.
 */
final class OtherObjects {
  private final Mapping mapping;
  private final SourceCatalog catalog;
  private final ObjectTable objects;
  private final List<DdlStatement> statements = new ArrayList<>();

  OtherObjects(Mapping mapping, SourceCatalog catalog, TargetNames names, ObjectTable objects) {
    this.mapping = mapping;
    this.catalog = catalog;
    this.objects = objects;
    for (SourceObject object : catalog.others()) {
      if (object.kind() == Kind.VIEW || object.kind() == Kind.SEQUENCE) {
        schema(object.name().schema()).ifPresent(schema -> names.take(target(schema, object)));
      }
    }
  }

  private static TableName target(String schema, SourceObject object) {
    return new TableName(schema, TargetNames.shorten(object.name().table()));
  }

  List<DdlStatement> statements() {
    for (SourceObject object : catalog.others()) {
      TableName table = object.table();
      boolean listed =
          table == null || mapping.tables().stream().anyMatch(t -> t.source().name().equals(table));
      SourceSequence sequence = object.sequence();
      if (sequence != null) {
        sequence(object, sequence);
      } else if (object.kind() == Kind.VIEW && object.text() != null) {
        view(object, object.text());
      } else if (listed) {
        left(object, reason(object));
      }
    }
    return statements;
  }

  private static String reason(SourceObject object) {
    if (object.unseen()) {
      return "the account may not see any, so there may be some: let one with more rights look";
    }
    if (object.text() == null) {
      return "its text is not visible to this account";
    }
    return switch (object.kind()) {
      case TRIGGER -> "triggers are not translated";
      case EVENT -> "PostgreSQL has no events; pg_cron or a timer outside can take its place";
      default -> "stored programs are not translated";
    };
  }

  private void left(SourceObject object, String reason) {
    String text = object.text();
    String shown =
        text == null
            ? "(not visible to this account)"
            : object.kind() == Kind.VIEW
                ? SourceObjectSql.view(object.name().table(), object.columns(), text)
                : text;
    objects.left(object.kind(), object.name(), null, reason, shown);
  }

  private void view(SourceObject object, String text) {
    String database = object.name().schema();
    Translation translation =
        new ViewTranslator(catalog.product(), database, this::table).translate(text);
    Optional<String> schema = schema(database);
    if (translation.sql() == null || schema.isEmpty()) {
      left(object, translation.reason() == null ? NO_SCHEMA : translation.reason());
      return;
    }
    TableName name = target(schema.get(), object);
    statements.add(
        new DdlStatement(
            name,
            name.table(),
            DdlSql.createView(name, object.columns(), translation.sql()),
            DdlStatement.Kind.VIEW));
    objects.converted(
        object.kind(),
        object.name(),
        null,
        "is a view over the same tables, by PostgreSQL's words");
  }

  /** A table that became one table; a view's columns have types that are not known here. */
  private Optional<ViewTranslator.Tables.Table> table(TableName source) {
    return mapping.targets().stream()
        .filter(p -> !mapping.isMerged(p) && mapping.target(p).takesAllRows())
        .filter(p -> mapping.table(p.table()).source().name().equals(source))
        .filter(p -> mapping.table(p.table()).targets().size() == 1)
        .map(
            p -> {
              TargetTable target = mapping.target(p);
              return new ViewTranslator.Tables.Table(
                  Identifiers.postgres(target.name()),
                  new TableScope(mapping.table(p.table()), target));
            })
        .findFirst();
  }

  private static final String NO_SCHEMA = "no table of its database is made here";

  private void sequence(SourceObject object, SourceSequence sequence) {
    Optional<String> schema = schema(object.name().schema());
    if (schema.isEmpty() || sequence.increment() == 0) {
      left(object, schema.isEmpty() ? NO_SCHEMA : "its step follows the server's settings");
      return;
    }
    TableName name = target(schema.get(), object);
    // MariaDB may have stepped over the end.
    long start = Math.max(sequence.minimum(), Math.min(sequence.maximum(), sequence.next()));
    statements.add(
        new DdlStatement(
            name,
            name.table(),
            DdlSql.createSequence(
                name,
                sequence.increment(),
                sequence.minimum(),
                sequence.maximum(),
                start,
                Math.max(1, sequence.cache()),
                sequence.cycles()),
            DdlStatement.Kind.SEQUENCE));
    objects.same(object.kind(), object.name(), null, "goes on at " + start);
  }

  /** The schema that the tables of a source database go to. */
  private Optional<String> schema(String database) {
    return mapping.tables().stream()
        .filter(t -> t.source().name().schema().equals(database))
        .map(t -> t.targets().get(0).name().schema())
        .findFirst();
  }
}
