package dev.landfall.transforms;

/**
 * A condition that ends the work and that a person can do something about. Its message is complete:
 * what, where, why, and what to do now; it is shown as it is, without a stack trace, and holds no
 * secret.
 */
public final class MigrationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What sort of end it is, which decides the exit code. */
  public enum Kind {
    /** The work failed; what was committed stays and the run can be resumed. */
    FAILED,
    /** The spec, the arguments or the databases do not fit together; nothing was touched. */
    USAGE,
    /** A threshold of the spec was exceeded. */
    THRESHOLD,
    /** Another run holds the migration. */
    HELD,
    /** A database, or the cluster that is to do the work, can't be reached. */
    UNREACHABLE,
    /** The user asked for the end; chunks in hand were finished. */
    STOPPED
  }

  /** An end of that kind, with its complete message. */
  public MigrationException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** An end of that kind, with its complete message and what brought it about. */
  public MigrationException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What sort of end it is. */
  public Kind kind() {
    return kind;
  }

  /** The first exception of this class among the causes, or null. */
  public static @org.jspecify.annotations.Nullable MigrationException in(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof MigrationException found) {
        return found;
      }
    }
    return null;
  }
}
