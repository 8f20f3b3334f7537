package dev.landfall.transforms.refresh;

import dev.landfall.transforms.jdbc.SqlStates;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Why PostgreSQL refused a row.
 *
 * @param kind which rule the row broke
 * @param schema of the table whose rule it is, null when it is no table's
 * @param table the table, perhaps a partition
 * @param constraint the rule's name
 * @param words PostgreSQL's message with its detail and SQLState
 */
record Conflict(
    Kind kind,
    @Nullable String schema,
    @Nullable String table,
    @Nullable String constraint,
    String words) {
  enum Kind {
    UNIQUE,
    FOREIGN_KEY,
    OTHER
  }

  /**
   * Whether the row is to blame. What a trigger or a rule of the user's says (class P0, and 44)
   * concerns a row as well.
   */
  static boolean blamesRow(SQLException e) {
    String state = e.getSQLState();
    return SqlStates.classify(e) == SqlStates.Failure.BAD_ROW
        || (state != null && (state.startsWith("P0") || state.startsWith("44")));
  }

  static Conflict of(SQLException refusal) {
    ServerErrorMessage message = message(refusal);
    if (message == null) {
      return new Conflict(Kind.OTHER, null, null, null, String.valueOf(refusal.getMessage()));
    }
    String words = message.getMessage() + " (SQLState " + message.getSQLState() + ")";
    if (message.getDetail() != null) {
      words += ": " + message.getDetail();
    }
    Kind kind =
        switch (String.valueOf(message.getSQLState())) {
          case "23505" -> Kind.UNIQUE;
          case "23503" -> Kind.FOREIGN_KEY;
          default -> Kind.OTHER;
        };
    return new Conflict(
        message.getSchema() == null || message.getConstraint() == null ? Kind.OTHER : kind,
        message.getSchema(),
        message.getTable(),
        message.getConstraint(),
        words);
  }

  private static @Nullable ServerErrorMessage message(Throwable refusal) {
    for (Throwable t = refusal; t != null; t = t.getCause()) {
      if (t instanceof PSQLException e && e.getServerErrorMessage() != null) {
        return e.getServerErrorMessage();
      }
    }
    return null;
  }
}
