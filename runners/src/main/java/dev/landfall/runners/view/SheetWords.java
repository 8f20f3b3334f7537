package dev.landfall.runners.view;

import static dev.landfall.runners.view.Numbers.count;

import dev.landfall.pipelines.mapping.Sheet;
import dev.landfall.pipelines.mapping.Sheet.Back;
import dev.landfall.pipelines.mapping.Sheet.Column;
import dev.landfall.pipelines.mapping.Sheet.Left;
import dev.landfall.pipelines.mapping.Sheet.Table;
import java.util.List;

/** What is said of a mapping's sheet, wherever it is shown. */
public final class SheetWords {
  private SheetWords() {}

  /** Of a table: whether it is new, and its key. */
  public static String of(Table table) {
    return (table.existing() ? "is there already" : "is made")
        + ", "
        + (table.key().isEmpty() ? "no key" : "key " + String.join(", ", table.key()));
  }

  /** A column's type with whether it takes NULL. */
  public static String type(Column column) {
    return column.type() + (column.nullable() ? "" : " NOT NULL");
  }

  /** What stays behind, in the source's words. */
  public static String name(Left left) {
    return left.column() == null
        ? left.table().toString()
        : left.table() + "." + left.column() + " " + left.type();
  }

  /** Whether it can go back, and why not. */
  public static String back(Column column) {
    return column.back().words() + (column.backNote().isEmpty() ? "" : ": " + column.backNote());
  }

  /** How much there is. */
  public static String sum(Sheet sheet) {
    List<Column> columns =
        sheet.tables().stream()
            .flatMap(t -> t.writers().stream())
            .flatMap(w -> w.columns().stream())
            .toList();
    long same = columns.stream().filter(Column::asItIs).count();
    long lost = columns.stream().filter(c -> c.back() == Back.NO).count();
    long left = sheet.left().stream().filter(l -> l.column() != null).count();
    long tables = sheet.left().size() - left;
    return count(sheet.tables().size(), "table")
        + ", "
        + count(columns.size(), "column")
        + ": "
        + count(same)
        + " as they are, "
        + count(columns.size() - same)
        + " by a rule, of which "
        + count(lost)
        + " can't go back. "
        + count(left, "column")
        + " and "
        + count(tables, "table")
        + " of the source stay behind.";
  }
}
