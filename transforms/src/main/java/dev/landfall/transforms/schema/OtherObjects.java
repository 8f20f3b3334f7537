package dev.landfall.transforms.schema;

import dev.landfall.transforms.schema.SchemaObject.Kind;
import dev.landfall.transforms.sql.DdlSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Definitions for what is no table: sequences; all else is left to the user, with its text. */
final class OtherObjects {
  private final Mapping mapping;
  private final SourceCatalog catalog;
  private final TargetNames names;
  private final ObjectTable objects;
  private final List<DdlStatement> statements = new ArrayList<>();

  OtherObjects(Mapping mapping, SourceCatalog catalog, TargetNames names, ObjectTable objects) {
    this.mapping = mapping;
    this.catalog = catalog;
    this.names = names;
    this.objects = objects;
  }

  List<DdlStatement> statements() {
    for (SourceObject object : catalog.others()) {
      TableName table = object.table();
      boolean listed =
          table == null || mapping.tables().stream().anyMatch(t -> t.source().name().equals(table));
      SourceSequence sequence = object.sequence();
      if (sequence != null) {
        sequence(object, sequence);
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
      case VIEW -> "views are not translated";
      default -> "stored programs are not translated";
    };
  }

  private void left(SourceObject object, String reason) {
    String text = object.text();
    String shown =
        text == null
            ? "(not visible to this account)"
            : object.kind() == Kind.VIEW
                ? "CREATE VIEW " + object.name().table() + " AS\n" + text
                : text;
    objects.left(object.kind(), object.name(), null, reason, shown);
  }

  private void sequence(SourceObject object, SourceSequence sequence) {
    Optional<String> schema = schema(object.name().schema());
    if (schema.isEmpty() || sequence.increment() == 0) {
      left(
          object,
          schema.isEmpty()
              ? "no table of its database is made here"
              : "its step follows the server's settings");
      return;
    }
    TableName name = new TableName(schema.get(), TargetNames.shorten(object.name().table()));
    names.take(name);
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
