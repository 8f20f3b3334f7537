package dev.landfall.embedded;

/**
 * A server could not be prepared, started or stopped. The message says why, with the last lines of
 * the server's log where there is one.
 */
public final class EmbeddedServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmbeddedServerException(String message) {
    super(message);
  }

  EmbeddedServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
