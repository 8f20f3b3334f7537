package dev.landfall.runners.flink;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** A detached command ended for a reason that beginning it again at once would not mend. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class DriverFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DriverFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
