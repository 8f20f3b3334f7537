package dev.landfall.transforms.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** What an SQLState means for the work: try again, blame the row, or give up. */
public final class SqlStates {
  private SqlStates() {}

  /** What to do about a failed statement. */
  public enum Failure {
    /** The connection or the server, not the statement: wait, connect again, repeat. */
    TRANSIENT,
    /** A value that the target refuses: find the row and reject it. */
    BAD_ROW,
    /** Repeating or isolating won't help. */
    FATAL
  }

  /**
   * Classifies by the SQLState's class (PostgreSQL manual, appendix A): 08 connection, 40
   * serialization and deadlock, 53 resources (disk full, too many connections), 57 operator
   * intervention are transient; 22 data and 23 integrity are the row's fault, and 54 program limit
   * as well: a row too long for its page or for an index.
   */
  public static Failure classify(SQLException exception) {
    if (exception instanceof SQLTransientConnectionException || isBrokenStream(exception)) {
      return Failure.TRANSIENT;
    }
    String state = exception.getSQLState();
    if (state == null || state.length() < 2) {
      return Failure.FATAL;
    }
    return switch (state.substring(0, 2)) {
      case "08", "40", "53", "57" -> Failure.TRANSIENT;
      case "22", "23", "54" -> Failure.BAD_ROW;
      default -> Failure.FATAL;
    };
  }

  /** Drivers report a connection that broke while rows were streamed under various SQLStates. */
  private static boolean isBrokenStream(SQLException exception) {
    for (Throwable t = exception.getCause(); t != null; t = t.getCause()) {
      if (t instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  /** The first SQLException among the causes, or null. */
  public static @Nullable SQLException in(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLException found) {
        return found;
      }
    }
    return null;
  }
}
