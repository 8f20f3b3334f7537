package dev.landfall.pipelines.random;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one table of the source writes into one of the target. */
final class Target {
  final Table table;
  final String name;
  final List<Cell> cells = new ArrayList<>();
  List<String> key = List.of();
  @Nullable Duplicates duplicates;

  Target(Table table, String name) {
    this.table = table;
    this.name = name;
  }

  /**
   * A column.
   *
   * @param yaml what the spec says of it; null for its name alone
   * @param sources the columns that the spec names
   * @param plain the column that is carried as it is; null for others
   * @param uuid what makes a UUID of the sources; null for others
   */
  record Cell(
      String name,
      @Nullable String yaml,
      List<Table.Column> sources,
      Table.@Nullable Column plain,
      @Nullable Uuid uuid,
      Row.Make make) {}

  /** Which of the rows that are one counts: first, last, highest or lowest. */
  record Duplicates(List<String> by, String keep, @Nullable String column) {}

  Cell cell(String column) {
    return cells.stream().filter(c -> c.name().equals(column)).findFirst().orElseThrow();
  }

  /** The key's values; they can always be made. */
  List<String> key(Row row) throws Unfit {
    return values(row, key);
  }

  List<String> values(Row row, List<String> columns) throws Unfit {
    List<String> values = new ArrayList<>();
    for (String column : columns) {
      values.add(String.valueOf(cell(column).make().of(row)));
    }
    return values;
  }
}
