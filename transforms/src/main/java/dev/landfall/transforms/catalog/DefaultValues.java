package dev.landfall.transforms.catalog;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.sql.SourceCatalogSql;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the defaults that the catalogue does not have as they are: bytes, which it cuts at the
 * first zero (MySQL 8.0) or shows with question marks (MariaDB), and MySQL's timestamps, which it
 * has in the time zone of whoever declared them. One or two questions for each table that has such
 * defaults.
 */
final class DefaultValues {
  /** Behind what may be the beginning of a default only. */
  private static final String CUT = "…";

  private final SourceQueries queries;

  DefaultValues(SourceQueries queries) {
    this.queries = queries;
  }

  /** The tables, with the defaults of these columns exact: bytes as {@code 0x…}. */
  List<SourceTable> of(List<SourceTable> tables) throws SQLException {
    List<SourceTable> exact = new ArrayList<>();
    for (SourceTable table : tables) {
      exact.add(exact(table));
    }
    return exact;
  }

  private SourceTable exact(SourceTable table) throws SQLException {
    List<SourceColumn> bytes = literals(table, "binary", "varbinary");
    List<SourceColumn> moments =
        queries.mariadb()
            ? List.of()
            : literals(table, "timestamp").stream()
                // The zero date is the same in every zone, and the most common of them.
                .filter(c -> !String.valueOf(c.defaultValue()).startsWith("0000-00-00"))
                .toList();
    Map<SourceColumn, SourceColumn> found = new HashMap<>();
    try {
      if (!bytes.isEmpty()) {
        bytes(table, bytes, found);
      }
      if (!moments.isEmpty()) {
        moments(table, moments, found);
      }
    } catch (SQLException e) {
      if (!SourceRights.isDenied(e)) {
        throw e;
      }
      // Who may not read the table is told so elsewhere.
      return table;
    }
    return found.isEmpty()
        ? table
        : table.withColumns(table.columns().stream().map(c -> found.getOrDefault(c, c)).toList());
  }

  private static List<SourceColumn> literals(SourceTable table, String... types) {
    return table.columns().stream()
        .filter(c -> c.defaultValue() != null && !c.defaultIsExpression())
        .filter(c -> List.of(types).contains(c.dataType()))
        .toList();
  }

  private void bytes(
      SourceTable table, List<SourceColumn> columns, Map<SourceColumn, SourceColumn> found)
      throws SQLException {
    queries.all(
        SourceCatalogSql.defaultBytes(table.name(), columns),
        row -> {
          for (int i = 0; i < columns.size(); i++) {
            SourceColumn column = columns.get(i);
            String digits = row.getString(i + 1);
            found.put(column, column.withDefault(digits == null ? printed(column) : "0x" + digits));
          }
        });
  }

  /**
   * A server does not say the default of a column that is NOT NULL without a row. What MariaDB
   * prints is certain where it is ASCII and has no question mark.
   */
  private @Nullable String printed(SourceColumn column) {
    String text = String.valueOf(column.defaultValue());
    boolean certain =
        queries.mariadb()
            && text.indexOf('?') < 0
            && StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    return certain
        ? "0x" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII))
        : text + CUT;
  }

  /** SHOW CREATE TABLE prints them in the session's zone. */
  private void moments(
      SourceTable table, List<SourceColumn> columns, Map<SourceColumn, SourceColumn> found)
      throws SQLException {
    queries.all(
        SourceCatalogSql.showCreate(table.name()),
        row -> {
          String declared = row.getString(2);
          for (SourceColumn column : columns) {
            Matcher line =
                Pattern.compile(
                        "^  "
                            + Pattern.quote(Identifiers.mysql(column.name()))
                            + " timestamp[^']* DEFAULT '([^']*)'",
                        Pattern.MULTILINE)
                    .matcher(declared);
            found.put(
                column,
                column.withDefault(line.find() ? line.group(1) : column.defaultValue() + CUT));
          }
        });
  }
}
