package dev.landfall.transforms.load;

import dev.landfall.transforms.schema.ColumnMapping;
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

  static RefusedColumn of(SQLException refusal, TableMapping mapping) {
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
    return new RefusedColumn(name == null ? null : find(mapping, message.getTable(), name), reason);
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
