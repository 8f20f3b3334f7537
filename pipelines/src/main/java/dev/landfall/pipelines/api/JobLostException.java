package dev.landfall.pipelines.api;

import org.jspecify.annotations.Nullable;

/**
 * A job was lost: the runner's workers or their master died, or it found no room for it, or another
 * attempt at the same job took chunks from it. It says nothing about the databases, and the job may
 * be run again.
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
