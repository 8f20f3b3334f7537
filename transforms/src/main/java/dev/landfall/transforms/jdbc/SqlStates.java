package dev.landfall.transforms.jdbc;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

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
   * as well: a row too long for its page or for an index. Of class 25 the limits on transactions
   * that take long or stand still are transient, since they end the session and not the statement.
   */
  public static Failure classify(SQLException exception) {
    if (exception instanceof SQLTransientConnectionException
        || isBrokenStream(exception)
        || isBusy(exception)
        || ENDED.contains(exception.getErrorCode())) {
      return Failure.TRANSIENT;
    }
    String state = exception.getSQLState();
    if (state == null || state.length() < 2) {
      return Failure.FATAL;
    }
    return switch (state.substring(0, 2)) {
      case "08", "40", "53", "57" -> Failure.TRANSIENT;
      case "22", "23", "54" -> Failure.BAD_ROW;
      case "25" ->
          state.equals(IDLE_TRANSACTION) || state.equals(LONG_TRANSACTION)
              ? Failure.TRANSIENT
              : Failure.FATAL;
      default -> Failure.FATAL;
    };
  }

  private static final String IDLE_TRANSACTION = "25P03";
  private static final String LONG_TRANSACTION = "25P04";

  /**
   * MySQL's and MariaDB's numbers for a query or connection that somebody ended: 1317, 1927. They
   * have a class of their own (70). PostgreSQL's driver gives no numbers.
   */
  private static final Set<Integer> ENDED = Set.of(1317, 1927);

  /**
   * MySQL's and MariaDB's numbers for no room or no time, most of which have the state of a mistake
   * or none: connections (1040), threads (1135), a wait for a lock (1205), connections of the user
   * (1203, 1226).
   */
  private static final Set<Integer> BUSY = Set.of(1040, 1135, 1203, 1205, 1226);

  /**
   * Whether the failure is one of a server or a machine that is too busy: it has no connection, no
   * lock or no answer to give for now. That ends by waiting, and says nothing of the work.
   */
  public static boolean isBusy(SQLException exception) {
    if (BUSY.contains(exception.getErrorCode())) {
      return true;
    }
    String state = String.valueOf(exception.getSQLState());
    if (TOO_MANY_CONNECTIONS.equals(state) || LOCK_NOT_AVAILABLE.equals(state)) {
      return true;
    }
    Throwable cause = exception.getCause();
    if (exception instanceof SQLTransientConnectionException && cause == null) {
      // Of a pool: nobody refused, it just took too long.
      return true;
    }
    for (; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static final String TOO_MANY_CONNECTIONS = "53300";
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /** Drivers report a connection that broke while rows were streamed under various SQLStates. */
  private static boolean isBrokenStream(SQLException exception) {
    for (Throwable t = exception.getCause(); t != null; t = t.getCause()) {
      if (t instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  /** Where in its statement PostgreSQL sees the fault, from 0; 0 too where it does not say. */
  public static int position(SQLException exception) {
    ServerErrorMessage said =
        exception instanceof PSQLException refusal ? refusal.getServerErrorMessage() : null;
    return said == null ? 0 : Math.max(0, said.getPosition() - 1);
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
