package dev.landfall.transforms.jdbc;

import dev.landfall.transforms.MigrationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** Opens connections for a person: what goes wrong is explained, with what to do about it. */
public final class Reachability {
  private Reachability() {}

  /** The two ends of a migration. */
  public enum Side {
    SOURCE,
    TARGET;

    /** The word for messages, which is also the spec's key and the option's name. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Opens a connection.
   *
   * @throws MigrationException of kind UNREACHABLE, saying why and what to do
   */
  public static Connection open(Side side, ConnectionSettings settings) {
    try {
      return Connections.open(settings);
    } catch (SQLException e) {
      throw explain(side, settings, e);
    }
  }

  /** Says to a person why a connection could not be opened, or broke. */
  public static MigrationException explain(
      Side side, ConnectionSettings settings, SQLException failure) {
    String where = "The " + side.word() + " database " + settings.display() + " can't be reached: ";
    String given = "\"" + side.word() + "\" of the spec, or --" + side.word();
    String state = String.valueOf(failure.getSQLState());
    String advice =
        switch (state) {
          case "28000", "28P01" -> "Check user and password in " + given + ".";
          case "3D000", "42000" ->
              failure.getErrorCode() == DATABASE_ACCESS_DENIED
                  ? "Check the user's rights on this database, and the database's name in "
                      + given
                      + "."
                  : "Check the database's name in " + given + ", or create the database first.";
          default ->
              state.startsWith("08")
                  ? "Check that the server is up and that host and port in " + given + " are right."
                  : "Check " + given + ".";
        };
    return new MigrationException(
        MigrationException.Kind.UNREACHABLE, where + reason(failure) + " " + advice, failure);
  }

  /** ER_DBACCESS_DENIED_ERROR: MySQL says it for a database that the user may not know of. */
  private static final int DATABASE_ACCESS_DENIED = 1044;

  /** The innermost message says more than the driver's three lines about the last packet. */
  private static String reason(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.startsWith("Communications link failure")) {
      Throwable cause = failure;
      while (cause.getCause() != null && cause.getCause() != cause) {
        cause = cause.getCause();
      }
      message =
          cause == failure ? "communications link failure" : String.valueOf(cause.getMessage());
      if (cause instanceof java.net.UnknownHostException) {
        message = "unknown host " + cause.getMessage();
      }
    }
    message = message.lines().findFirst().orElse(message).strip();
    return message.endsWith(".") ? message : message + ".";
  }
}
