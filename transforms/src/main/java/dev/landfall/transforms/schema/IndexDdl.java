package dev.landfall.transforms.schema;

import dev.landfall.transforms.schema.SourceIndex.Part;
import dev.landfall.transforms.schema.TargetType.Kind;
import dev.landfall.transforms.sql.DdlSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys and indexes of the tables that one source table becomes. An index goes to each target that
 * holds all its columns.
 */
final class IndexDdl {
  private final TableMapping mapping;
  private final TargetNames names;
  private final List<SchemaNote> notes;
  private final EqualityDdl equality;
  private final List<DdlStatement> statements = new ArrayList<>();

  IndexDdl(
      TableMapping mapping,
      TargetNames names,
      TargetCollations collations,
      List<SchemaNote> notes) {
    this.mapping = mapping;
    this.names = names;
    this.notes = notes;
    this.equality = new EqualityDdl(mapping, names, collations, notes);
  }

  List<DdlStatement> statements() {
    for (TargetTable target : mapping.targets()) {
      if (!target.existing()) {
        primaryKey(target);
        for (SourceIndex index : mapping.source().indexes()) {
          if (!isThePrimaryKey(index)) {
            index(target, index);
          }
        }
      }
    }
    noteIndexesOfNoTarget();
    return statements;
  }

  /** A primary key on prefixes can't be one in PostgreSQL; it becomes a unique index. */
  private static boolean isThePrimaryKey(SourceIndex index) {
    return index.primary() && index.wholeColumns();
  }

  private void primaryKey(TargetTable target) {
    Optional<SourceIndex> key = mapping.source().primaryKey().filter(IndexDdl::isThePrimaryKey);
    if (key.isEmpty()) {
      return;
    }
    if (target.key().isEmpty()) {
      note(target, "primary key", "has none, since the columns of the source's are not mapped");
      return;
    }
    String name = names.index(target.name(), "pkey");
    statements.add(
        new DdlStatement(
            target.name(),
            name,
            DdlSql.addPrimaryKey(target.name(), name, target.key()),
            DdlStatement.Kind.PRIMARY_KEY));
    equality.index(target, key.get(), name, "primary key").ifPresent(statements::add);
  }

  private void index(TargetTable target, SourceIndex index) {
    String object = "index " + index.name();
    if (isFunctional(index)) {
      return;
    }
    Optional<List<ColumnMapping>> mapped =
        new MappedColumns(mapping, target)
            .of(index.parts().stream().map(p -> Objects.requireNonNull(p.column())).toList());
    if (mapped.isEmpty()) {
      return;
    }
    List<ColumnMapping> columns = mapped.get();
    if (index.kind().equals("SPATIAL")) {
      note(target, object, "is left out: it is a spatial index, and the column became bytea");
      return;
    }
    if (index.kind().equals("FULLTEXT")) {
      textSearch(target, index, columns);
      return;
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String part = part(index.parts().get(i), columns.get(i));
      if (part == null) {
        note(target, object, "is left out: " + columns.get(i).type() + " can't be indexed like it");
        return;
      }
      parts.add(part);
    }
    String name = create(target, index, columns, parts);
    if (index.unique()) {
      equality.index(target, index, name, object).ifPresent(statements::add);
    }
  }

  private String create(
      TargetTable target, SourceIndex index, List<ColumnMapping> columns, List<String> parts) {
    String name = names.index(target.name(), index.primary() ? "pkey" : index.name());
    boolean plain = index.wholeColumns() && index.parts().stream().noneMatch(Part::descending);
    if (index.unique() && plain) {
      List<String> columnNames = columns.stream().map(ColumnMapping::name).toList();
      statements.add(
          new DdlStatement(
              target.name(),
              name,
              DdlSql.addUnique(target.name(), name, columnNames),
              DdlStatement.Kind.UNIQUE));
    } else {
      statements.add(
          new DdlStatement(
              target.name(),
              name,
              DdlSql.createIndex(target.name(), name, index.unique(), parts),
              DdlStatement.Kind.INDEX));
    }
    if (index.kind().equals("HASH") && index.unique()) {
      note(
          target,
          "index " + index.name(),
          "is a tree, not a hash; PostgreSQL can't index a value of more than 2,704 bytes there");
    }
    if (index.primary()) {
      note(
          target,
          "primary key",
          "is a unique index: PostgreSQL has no primary key on the beginning of a column");
    }
    return name;
  }

  private static @Nullable String part(Part part, ColumnMapping column) {
    Kind kind = column.type().kind();
    if (kind == Kind.JSON) {
      return null;
    }
    Integer prefix = part.prefix();
    if (prefix == null) {
      return DdlSql.part(column.name(), part.descending());
    }
    // Prefixes count characters of texts and bytes of binary values, on both sides.
    if (kind == Kind.TEXT && column.conversion() == Conversion.TEXT) {
      return DdlSql.textPrefix(column.name(), prefix, part.descending());
    }
    if (kind == Kind.BYTEA && column.conversion() == Conversion.BYTEA) {
      return DdlSql.bytePrefix(column.name(), prefix, part.descending());
    }
    return null;
  }

  private void textSearch(TargetTable target, SourceIndex index, List<ColumnMapping> columns) {
    String object = "index " + index.name();
    if (columns.stream().anyMatch(c -> c.type().kind() != Kind.TEXT)) {
      note(target, object, "is left out: it is a full text index, and not all columns are text");
      return;
    }
    String name = names.index(target.name(), index.name());
    List<String> columnNames = columns.stream().map(ColumnMapping::name).toList();
    statements.add(
        new DdlStatement(
            target.name(),
            name,
            DdlSql.createTextSearch(target.name(), name, columnNames),
            DdlStatement.Kind.INDEX));
    note(
        target,
        object,
        "is a GIN index on to_tsvector('simple', …); MATCH … AGAINST has to be written anew");
  }

  private void noteIndexesOfNoTarget() {
    Optional<TargetTable> first = mapping.targets().stream().filter(t -> !t.existing()).findFirst();
    if (first.isEmpty()) {
      return;
    }
    for (SourceIndex index : mapping.source().indexes()) {
      if (isFunctional(index)) {
        note(
            first.get(),
            "index " + index.name(),
            "is left out: it is on an expression, " + expression(index));
        continue;
      }
      List<String> columns = index.columns();
      boolean held =
          mapping.targets().stream()
              .anyMatch(t -> new MappedColumns(mapping, t).of(columns).isPresent());
      if (!held && !isThePrimaryKey(index)) {
        note(
            first.get(),
            "index " + index.name(),
            "is left out: no target table has all of its columns, " + String.join(", ", columns));
      }
    }
  }

  private static boolean isFunctional(SourceIndex index) {
    return index.parts().stream().anyMatch(p -> p.expression() != null);
  }

  private static String expression(SourceIndex index) {
    return index.parts().stream()
        .map(Part::expression)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  private void note(TargetTable target, String object, String text) {
    notes.add(new SchemaNote(target.name(), object, text));
  }
}
