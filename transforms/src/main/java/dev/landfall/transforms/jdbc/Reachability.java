package dev.landfall.transforms.jdbc;

import dev.landfall.transforms.MigrationException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

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

  /**
   * Says to a person why work in a database failed, where nothing better is known.
   *
   * @param doing what failed, as the beginning of a sentence
   */
  public static MigrationException failed(
      Side side, ConnectionSettings settings, String doing, SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    if (SqlStates.isBusy(failure)
        || (SqlStates.classify(failure) == SqlStates.Failure.TRANSIENT
            && !state.startsWith("53"))) {
      return explain(side, settings, failure);
    }
    boolean right = state.equals("42501");
    return new MigrationException(
        right ? MigrationException.Kind.USAGE : MigrationException.Kind.FAILED,
        doing
            + " in the "
            + side.word()
            + " database "
            + settings.display()
            + " failed: "
            + reason(failure)
            + (right
                ? " Let an administrator grant it, or use the account that began this migration."
                : " Remove the cause and run the same command again."),
        failure);
  }

  /**
   * The same for a database that did not come back, or did not find room, in the time that the spec
   * gives it.
   */
  public static MigrationException gone(
      Side side, ConnectionSettings settings, SQLException failure, Duration waited) {
    if (String.valueOf(failure.getSQLState()).startsWith("53")) {
      return new MigrationException(
          MigrationException.Kind.FAILED,
          "The "
              + side.word()
              + " database "
              + settings.display()
              + " has run out of space or another resource: "
              + reason(failure)
              + " Waited "
              + waited.toSeconds()
              + " s (load.outage). Committed chunks are safe: make room there and run the same"
              + " command again.",
          failure);
    }
    MigrationException explained = explain(side, settings, failure);
    return new MigrationException(
        explained.kind(),
        explained.getMessage()
            + " Waited "
            + waited.toSeconds()
            + " s (load.outage). Committed chunks are safe: run the same command again when it is"
            + " up.",
        failure);
  }

  /** Says to a person why a connection could not be opened, or broke. */
  public static MigrationException explain(
      Side side, ConnectionSettings settings, SQLException thrown) {
    SQLException failure = withoutPool(thrown);
    String state = String.valueOf(failure.getSQLState());
    // What does not answer at all is more likely somewhere else than busy.
    boolean silent = state.startsWith("08") && failure.getErrorCode() == 0;
    boolean busy = SqlStates.isBusy(failure) && !silent;
    String where =
        "The "
            + side.word()
            + " database "
            + settings.display()
            + (busy ? " has no connection to give, or no answer: " : " can't be reached: ");
    if (busy) {
      return new MigrationException(
          MigrationException.Kind.UNREACHABLE,
          where + reason(failure) + " Try again when it, or this machine, has less to do.",
          failure);
    }
    String given = "(\"" + side.word() + "\" of the spec, or --" + side.word() + ")";
    String advice =
        TlsTrouble.reason(failure).isPresent()
            ? TlsTrouble.advice(settings, given)
            : switch (state) {
              case "28000", "28P01" -> "Check user and password " + given + ".";
              case "3D000", "42000" ->
                  failure.getErrorCode() == DATABASE_ACCESS_DENIED
                      ? "Check the user's rights on this database, and the database's name "
                          + given
                          + "."
                      : "Check the database's name " + given + ", or create the database first.";
              default ->
                  state.startsWith("08")
                      ? "Check that the server is up, and host and port " + given + "."
                      : "Check what was given " + given + ".";
            };
    return new MigrationException(
        MigrationException.Kind.UNREACHABLE, where + reason(failure) + " " + advice, failure);
  }

  /** ER_DBACCESS_DENIED_ERROR: MySQL says it for a database that the user may not know of. */
  private static final int DATABASE_ACCESS_DENIED = 1044;

  /** A pool says only that it waited in vain, and why in its cause. */
  private static SQLException withoutPool(SQLException thrown) {
    return thrown instanceof SQLTransientConnectionException
            && thrown.getCause() instanceof SQLException cause
        ? cause
        : thrown;
  }

  /**
   * Why, in a few words. Where the network is to blame the innermost message says more than the
   * drivers' advice about postmasters and last packets.
   */
  public static String reason(SQLException thrown) {
    SQLException failure = withoutPool(thrown);
    Optional<String> tls = TlsTrouble.reason(failure);
    if (tls.isPresent()) {
      String message = tls.get().lines().findFirst().orElse("").strip();
      return message.endsWith(".") ? message : message + ".";
    }
    String message = String.valueOf(failure.getMessage());
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    if (cause instanceof UnknownHostException) {
      message = "unknown host " + cause.getMessage();
    } else if (failure instanceof SQLTransientConnectionException && cause == failure) {
      message = "all connections of this process were in use, or it did not answer in time";
    } else if (cause instanceof ConnectException) {
      message = "Connection refused";
    } else if (message.startsWith("Communications link failure")) {
      message =
          cause == failure ? "communications link failure" : String.valueOf(cause.getMessage());
    } else if (message.startsWith("An error occurred while setting up the SSL connection")) {
      message = "what answers there is no PostgreSQL server";
    }
    message = message.lines().findFirst().orElse(message).strip();
    return message.endsWith(".") ? message : message + ".";
  }
}
