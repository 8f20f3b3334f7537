package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Expressions that the source evaluates for each row that it is asked for. */
public final class AskedSql {
  private static final String THERE = "landfall_there";

  private AskedSql() {}

  /** The text of an expression of the user's. */
  public static String text(String expression) {
    return "CAST((" + expression + ") AS CHAR CHARACTER SET utf8mb4)";
  }

  /**
   * A value of another table's row, as its column is read; NULL where there is none.
   *
   * @param here the table whose rows are read
   * @param there the other table
   * @param by its columns that tell the row, by those of {@code here} that have their values
   */
  public static String lookedUp(
      SourceTable here, SourceTable there, Map<String, String> by, SourceColumn value) {
    String column = THERE + "." + Identifiers.mysql(value.name());
    return select(value.type().read(column), here, there, by);
  }

  /** Whether there is such a row: 1, or NULL. */
  public static String isThere(SourceTable here, SourceTable there, Map<String, String> by) {
    return select("1", here, there, by);
  }

  private static String select(
      String what, SourceTable here, SourceTable there, Map<String, String> by) {
    StringJoiner same = new StringJoiner(" AND ");
    by.forEach(
        (own, other) ->
            same.add(
                THERE
                    + "."
                    + Identifiers.mysql(other)
                    + " = "
                    + Identifiers.mysql(here.name())
                    + "."
                    + Identifiers.mysql(own)));
    return "(SELECT "
        + what
        + " FROM "
        + Identifiers.mysql(there.name())
        + " AS "
        + THERE
        + " WHERE "
        + same
        + ")";
  }

  /** The columns of a mapping that the source is asked for by expressions, of no row. */
  public static String check(TableMapping mapping, List<SourceColumn> asked) {
    return asked.stream()
        .map(SourceSql::column)
        .collect(
            Collectors.joining(
                ", ",
                "SELECT ",
                " FROM " + Identifiers.mysql(mapping.source().name()) + " LIMIT 0"));
  }
}
