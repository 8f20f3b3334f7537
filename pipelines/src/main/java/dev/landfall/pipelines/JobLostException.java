package dev.landfall.pipelines;

/**
 * A runner lost a job: its workers or their master died, or it found no room for it. It says
 * nothing about the databases, and the job may be run again.
 */
public final class JobLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A job lost for that reason, which a person gets to see. */
  public JobLostException(String reason, Throwable cause) {
    super(reason, cause);
  }

  /** A job lost for that reason, which a person gets to see. */
  public JobLostException(String reason) {
    super(reason);
  }

  /** The first exception of this class among the causes, or null. */
  public static @Nullable JobLostException in(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof JobLostException found) {
        return found;
      }
    }
    return null;
  }
}
