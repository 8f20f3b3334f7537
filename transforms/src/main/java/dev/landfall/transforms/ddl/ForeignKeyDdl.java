package dev.landfall.transforms.ddl;

import dev.landfall.transforms.compute.Formula;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SchemaObject;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceForeignKey;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.TextEquality;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.sql.BrokenSql;
import dev.landfall.transforms.sql.ConstraintSql;
import dev.landfall.transforms.types.PgText;
import dev.landfall.transforms.types.PgType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Foreign keys of the tables that one source table becomes. A key goes to each target that holds
 * all its columns, and refers to the target that holds the referenced columns as a key.
 */
final class ForeignKeyDdl {
  private final Mapping mapping;
  private final TableMapping table;
  private final TargetNames names;
  private final MergedTables merged;
  private final ObjectTable objects;
  private final List<DdlStatement> statements = new ArrayList<>();

  ForeignKeyDdl(
      Mapping mapping,
      TableMapping table,
      TargetNames names,
      MergedTables merged,
      ObjectTable objects) {
    this.mapping = mapping;
    this.table = table;
    this.names = names;
    this.merged = merged;
    this.objects = objects;
  }

  List<DdlStatement> statements() {
    if (table.targets().stream().allMatch(TargetTable::existing)) {
      table.source().foreignKeys().forEach(key -> left(key, ObjectTable.EXISTING));
      return List.of();
    }
    for (SourceForeignKey key : table.source().foreignKeys()) {
      mapping.tables().stream()
          .filter(m -> m.source().name().equals(key.referenced()))
          .findFirst()
          .ifPresentOrElse(
              referenced -> refer(key, referenced),
              () -> left(key, key.referenced() + " is not migrated"));
    }
    return statements;
  }

  private void refer(SourceForeignKey key, TableMapping referenced) {
    if (!isKey(referenced.source(), key.referencedColumns())) {
      left(
          key,
          "it refers to columns of "
              + key.referenced()
              + " that are not unique, which PostgreSQL can't");
      return;
    }
    if (referByMade(key, referenced)) {
      return;
    }
    Optional<TargetTable> to =
        referenced.targets().stream()
            .filter(t -> new MappedColumns(referenced, t).of(key.referencedColumns()).isPresent())
            .findFirst();
    List<TargetTable> from =
        table.targets().stream()
            .filter(t -> new MappedColumns(table, t).replacing(key.columns()).isPresent())
            .toList();
    if (to.isEmpty() || from.isEmpty()) {
      left(key, "no target table has all of its columns");
      return;
    }
    if (merged.isMerged(to.get())) {
      left(key, MergedTables.why(to.get()));
      return;
    }
    List<ColumnMapping> toColumns =
        new MappedColumns(referenced, to.get()).of(key.referencedColumns()).orElseThrow();
    for (TargetTable target : from) {
      if (!target.existing()) {
        List<ColumnMapping> columns =
            new MappedColumns(table, target).replacing(key.columns()).orElseThrow();
        add(key, target, columns, to.get(), toColumns);
      }
    }
  }

  /** Whether columns that a formula makes of the key's refer to what the same makes over there. */
  private boolean referByMade(SourceForeignKey key, TableMapping referenced) {
    boolean found = false;
    for (TargetTable from : table.targets()) {
      for (ColumnMapping child : new MappedColumns(table, from).madeOf(key.columns())) {
        for (TargetTable to : referenced.targets()) {
          Optional<ColumnMapping> parent =
              new MappedColumns(referenced, to)
                  .madeOf(key.referencedColumns()).stream()
                      .filter(column -> formula(column).equals(formula(child)))
                      .findFirst();
          if (parent.isPresent() && !found) {
            found = true;
            if (merged.isMerged(to)) {
              left(key, MergedTables.why(to));
            } else if (!from.existing()) {
              add(key, from, List.of(child), to, List.of(parent.get()));
            }
          }
        }
      }
    }
    return found;
  }

  private static Formula formula(ColumnMapping column) {
    return ((ValueSource.Computed) column.source()).formula();
  }

  private void add(
      SourceForeignKey key,
      TargetTable from,
      List<ColumnMapping> columns,
      TargetTable to,
      List<ColumnMapping> toColumns) {
    boolean folds = false;
    for (int i = 0; i < columns.size(); i++) {
      Optional<SourceColumn> source = table.sourceOf(columns.get(i));
      folds |= source.isPresent() && foldsInSourceOnly(columns.get(i), source.get());
      if (source.isPresent() && !equalAlike(columns.get(i), toColumns.get(i), source.get())) {
        left(
            key,
            "texts of "
                + columns.get(i).name()
                + " and "
                + to.name()
                + "."
                + toColumns.get(i).name()
                + " are compared in different ways; give both the same `collation:`");
        return;
      }
      PgType type = columns.get(i).type();
      PgType toType = toColumns.get(i).type();
      if (!type.comparable(toType)) {
        left(
            key,
            columns.get(i).name()
                + " is "
                + type
                + ", but "
                + to.name()
                + "."
                + toColumns.get(i).name()
                + " is "
                + toType);
        return;
      }
    }
    if (folds) {
      objects.converted(
          SchemaObject.Kind.FOREIGN_KEY,
          table.source().name(),
          key.name(),
          "refers to texts of the same characters; the source's collation also lets 'abc' refer to"
              + " 'ABC'");
    }
    String name = names.constraint(from.name(), key.name());
    List<String> fromNames = columns.stream().map(ColumnMapping::name).toList();
    List<String> toNames = toColumns.stream().map(ColumnMapping::name).toList();
    String sql =
        ConstraintSql.addForeignKey(from.name(), name, fromNames, to.name(), toNames, actions(key));
    statements.add(
        new DdlStatement(
            from.name(),
            name,
            sql,
            DdlStatement.Kind.FOREIGN_KEY,
            List.of(
                new DdlStatement.Claim(
                    name,
                    ConstraintSql.unproved(sql),
                    BrokenSql.dangling(from.name(), fromNames, to.name(), toNames),
                    BrokenSql.danglingAtSource(
                        table.source().name(),
                        key.columns(),
                        key.referenced(),
                        key.referencedColumns()),
                    key.referenced()))));
  }

  /** Whether texts that are equal in the source may not be so in the target. */
  private static boolean foldsInSourceOnly(ColumnMapping column, SourceColumn source) {
    boolean kept =
        column.equality() == TextEquality.ICU || column.equality() == TextEquality.CITEXT;
    return column.type() instanceof PgText && !kept && TextEquality.folds(source);
  }

  /**
   * PostgreSQL refers from citext to citext only, and since version 18 from an ICU collation to the
   * same only (CREATE TABLE).
   */
  private static boolean equalAlike(ColumnMapping from, ColumnMapping to, SourceColumn source) {
    if (!(from.type() instanceof PgText) || !(to.type() instanceof PgText)) {
      return true;
    }
    boolean icu = from.equality() == TextEquality.ICU;
    boolean toIcu = to.equality() == TextEquality.ICU;
    return TargetCollations.isCitext(from) == TargetCollations.isCitext(to)
        && (icu == toIcu || !TextEquality.folds(source));
  }

  /** Whether the referenced columns are the primary key or have a unique index. */
  private static boolean isKey(SourceTable referenced, List<String> columns) {
    return referenced.indexes().stream()
        .filter(i -> i.unique() && i.wholeColumns() && i.columns().size() == columns.size())
        .anyMatch(i -> folded(i.columns()).equals(folded(columns)));
  }

  /** MySQL's column names do not mind their case (manual 9.2.3). */
  private static Set<String> folded(List<String> columns) {
    return columns.stream().map(c -> c.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /**
   * MySQL does the same for RESTRICT, NO ACTION and nothing (manual 13.1.20.5); nothing is what
   * PostgreSQL's default comes closest to.
   */
  private static List<String> actions(SourceForeignKey key) {
    List<String> actions = new ArrayList<>();
    if (acts(key.onUpdate())) {
      actions.add("ON UPDATE " + key.onUpdate());
    }
    if (acts(key.onDelete())) {
      actions.add("ON DELETE " + key.onDelete());
    }
    return actions;
  }

  private static boolean acts(String rule) {
    return switch (rule) {
      case "CASCADE", "SET NULL", "SET DEFAULT" -> true;
      default -> false;
    };
  }

  private void left(SourceForeignKey key, String note) {
    objects.left(SchemaObject.Kind.FOREIGN_KEY, table.source().name(), key.name(), note, text(key));
  }

  static String text(SourceForeignKey key) {
    return "CONSTRAINT "
        + Identifiers.mysql(key.name())
        + " FOREIGN KEY ("
        + Identifiers.mysql(key.columns())
        + ") REFERENCES "
        + Identifiers.mysql(key.referenced())
        + " ("
        + Identifiers.mysql(key.referencedColumns())
        + ") ON UPDATE "
        + key.onUpdate()
        + " ON DELETE "
        + key.onDelete();
  }
}
