package dev.landfall.pipelines.check;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.compute.KeyNumber;
import dev.landfall.transforms.compute.KeyUuid;
import dev.landfall.transforms.compute.NewKey;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceForeignKey;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.model.ValueSource.Computed;
import java.util.List;
import java.util.Optional;

/** A row that refers to another one finds it in the target. */
final class DanglingReferences implements Check<Mapped> {
  @Override
  public List<CheckResult> look(Mapped at) {
    return at.each(
        this,
        (table, target, found) -> {
          for (SourceForeignKey key : table.source().foreignKeys()) {
            List<ColumnMapping> columns =
                target.columns().stream().filter(c -> isOf(table, c, key)).toList();
            if (!columns.isEmpty()) {
              look(at, table, target, key, columns, found);
            }
          }
        });
  }

  private static boolean isOf(TableMapping table, ColumnMapping column, SourceForeignKey key) {
    return column.source().positions().stream()
        .map(position -> table.read().get(position).name())
        .anyMatch(name -> key.columns().stream().anyMatch(name::equalsIgnoreCase));
  }

  private static void look(
      Mapped at,
      TableMapping table,
      TargetTable target,
      SourceForeignKey key,
      List<ColumnMapping> columns,
      Mapped.Found found) {
    String refers = "it refers to " + key.referenced() + " by " + key.name() + ", ";
    String first = columns.get(0).name();
    Optional<TableMapping> parent =
        at.mapping().tables().stream()
            .filter(t -> t.source().name().equals(key.referenced()))
            .findFirst();
    if (parent.isEmpty()) {
      found.warning(
          "FOREIGN_KEY",
          target.name(),
          first,
          refers + "which does not move, so nothing says whether the row is there",
          "select that table too, or omit the column");
      return;
    }
    boolean filtered =
        parent.get().targets().stream().noneMatch(t -> t.filter().positions().isEmpty());
    if (filtered && target.filter().positions().isEmpty()) {
      found.error(
          "FOREIGN_KEY",
          target.name(),
          first,
          refers
              + "of which only some rows move, while all rows of "
              + table.source().name()
              + " do",
          "give this table a `where` that leaves out what refers to rows that stay behind");
    }
    made(parent.get(), key)
        .ifPresent(made -> follows(table, target, key, columns, parent.get(), made, found));
  }

  /** The column of the parent that is a key made anew of what the foreign key refers to. */
  private static Optional<ColumnMapping> made(TableMapping parent, SourceForeignKey key) {
    return parent.targets().stream()
        .flatMap(t -> t.columns().stream())
        .filter(c -> c.source() instanceof Computed made && made.formula() instanceof NewKey)
        .filter(c -> names(parent, c).equals(lower(key.referencedColumns())))
        .findFirst();
  }

  private static void follows(
      TableMapping table,
      TargetTable target,
      SourceForeignKey key,
      List<ColumnMapping> columns,
      TableMapping parent,
      ColumnMapping made,
      Mapped.Found found) {
    boolean plain =
        parent.targets().stream()
            .flatMap(t -> t.columns().stream())
            .anyMatch(
                c ->
                    c.source() instanceof ValueSource.Column
                        && names(parent, c).equals(lower(key.referencedColumns())));
    boolean follows =
        columns.stream()
            .anyMatch(c -> c.source() instanceof Computed own && own.formula() instanceof NewKey);
    String first = columns.get(0).name();
    if (!follows && !plain) {
      found.error(
          "FOREIGN_KEY",
          target.name(),
          first,
          "it refers to "
              + key.referenced()
              + " by "
              + key.name()
              + ", whose key is made anew as "
              + made.name()
              + " "
              + made.type()
              + ", and does not follow: the spec says its type or values",
          "leave `type`, `ifNull` and `nullable` out, so that it follows, or keep the old key there"
              + " too");
    }
    if (follows) {
      Computed how = (Computed) made.source();
      how.positions().stream()
          .map(position -> parent.read().get(position))
          .filter(column -> folds(column) && hashes(how))
          .findFirst()
          .ifPresent(column -> folded(table, target, key, first, column, found));
    }
  }

  private static void folded(
      TableMapping table,
      TargetTable target,
      SourceForeignKey key,
      String column,
      SourceColumn parent,
      Mapped.Found found) {
    found.warning(
        "FOREIGN_KEY",
        target.name(),
        column,
        "the key that it refers to is made of "
            + key.referenced()
            + "."
            + parent.name()
            + ", a text of which "
            + parent.collation()
            + " takes 'abc' and 'ABC' for one: a row of "
            + table.source().name()
            + " that writes it in another way refers to nothing then",
        "write both alike in the source before the move, or keep the old key");
  }

  private static boolean hashes(Computed how) {
    return how.formula() instanceof KeyUuid || how.formula() instanceof KeyNumber;
  }

  private static boolean folds(SourceColumn column) {
    String collation = column.collation();
    return collation != null && !collation.endsWith("_bin") && !collation.contains("_cs");
  }

  private static List<String> names(TableMapping table, ColumnMapping column) {
    return lower(
        column.source().positions().stream().map(p -> table.read().get(p).name()).toList());
  }

  private static List<String> lower(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(java.util.Locale.ROOT)).toList();
  }
}
