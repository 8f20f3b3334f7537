package dev.landfall.transforms.load;

import dev.landfall.transforms.read.Rows;
import dev.landfall.transforms.schema.ColumnMapping;
import dev.landfall.transforms.schema.Conversion;
import dev.landfall.transforms.schema.TableMapping;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Which column PostgreSQL's refusal of a row is about, and in what words.
 *
 * @param mapping null when PostgreSQL does not say
 * @param reason PostgreSQL's message with its detail and SQLState
 */
record RefusedColumn(@Nullable ColumnMapping mapping, String reason) {
  /**
   * The end of COPY's context line: {@code COPY t, line 3, column age: "abc"}. In another language
   * of the server's messages the column is not found, nothing worse.
   */
  private static final Pattern CONTEXT = Pattern.compile("COPY .*, line \\d+, column ([^:]+)");

  /** character_not_in_repertoire (PostgreSQL manual, appendix A). */
  private static final String BAD_ENCODING = "22021";

  /**
   * @param rows the rows as read, and {@code row} the one that was refused
   */
  static RefusedColumn of(SQLException refusal, TableMapping mapping, Rows rows, int row) {
    ServerErrorMessage message =
        refusal instanceof PSQLException e ? e.getServerErrorMessage() : null;
    if (message == null) {
      return new RefusedColumn(null, String.valueOf(refusal.getMessage()));
    }
    String reason = message.getMessage() + " (SQLState " + message.getSQLState() + ")";
    if (message.getDetail() != null) {
      reason += ": " + message.getDetail();
    }
    String name = message.getColumn();
    if (name == null && message.getWhere() != null) {
      Matcher matcher = CONTEXT.matcher(message.getWhere());
      name = matcher.find() ? matcher.group(1) : null;
    }
    ColumnMapping column = name == null ? null : find(mapping, message.getTable(), name);
    if (column == null && BAD_ENCODING.equals(message.getSQLState())) {
      column = withNul(mapping, rows, row);
    }
    return new RefusedColumn(column, reason);
  }

  /** The text column with a NUL byte: PostgreSQL names only the line for those. */
  private static @Nullable ColumnMapping withNul(TableMapping mapping, Rows rows, int row) {
    return mapping.targets().stream()
        .flatMap(t -> t.columns().stream())
        .filter(c -> c.conversion() == Conversion.TEXT && hasNul(rows, row, c.source()))
        .findFirst()
        .orElse(null);
  }

  private static boolean hasNul(Rows rows, int row, int column) {
    for (int i = rows.start(row, column); i < rows.end(row, column); i++) {
      if (rows.bytes()[i] == 0) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable ColumnMapping find(
      TableMapping mapping, @Nullable String table, String column) {
    return mapping.targets().stream()
        .filter(t -> table == null || t.name().table().equals(table))
        .flatMap(t -> t.columns().stream())
        .filter(c -> c.name().equals(column))
        .findFirst()
        .orElse(null);
  }
}
