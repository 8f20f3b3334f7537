package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.TableName;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Counts rows that break a constraint, in the target and, with the same meaning, in the source. */
public final class BrokenSql {
  private BrokenSql() {}

  /** How many rows of the target break a check. */
  public static String check(TableName table, String condition) {
    return check(Identifiers.postgres(table), condition);
  }

  /** How many rows of the source break a check of its own. */
  public static String checkAtSource(TableName table, String clause) {
    return check(Identifiers.mysql(table), clause);
  }

  private static String check(String table, String condition) {
    return "SELECT count(*) FROM " + table + " WHERE NOT (" + condition + ")";
  }

  /** How many rows of the target refer to nothing. */
  public static String dangling(
      TableName table, List<String> columns, TableName referenced, List<String> referencedColumns) {
    return dangling(
        Identifiers.postgres(table),
        columns,
        Identifiers.postgres(referenced),
        referencedColumns,
        Identifiers::postgres);
  }

  /** The same of the source. */
  public static String danglingAtSource(
      TableName table, List<String> columns, TableName referenced, List<String> referencedColumns) {
    return dangling(
        Identifiers.mysql(table),
        columns,
        Identifiers.mysql(referenced),
        referencedColumns,
        Identifiers::mysql);
  }

  private static String dangling(
      String table,
      List<String> columns,
      String referenced,
      List<String> referencedColumns,
      Function<String, String> quoted) {
    return "SELECT count(*) FROM "
        + table
        + " AS a WHERE "
        + columns.stream()
            .map(c -> "a." + quoted.apply(c) + " IS NOT NULL AND ")
            .collect(Collectors.joining())
        + "NOT EXISTS (SELECT 1 FROM "
        + referenced
        + " AS b WHERE "
        + IntStream.range(0, columns.size())
            .mapToObj(
                i ->
                    "b."
                        + quoted.apply(referencedColumns.get(i))
                        + " = a."
                        + quoted.apply(columns.get(i)))
            .collect(Collectors.joining(" AND "))
        + ")";
  }
}
