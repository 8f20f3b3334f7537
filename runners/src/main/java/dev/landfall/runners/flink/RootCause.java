package dev.landfall.runners.flink;

/** What is at the bottom of the exceptions that Flink wraps into one another. */
final class RootCause {
  private RootCause() {}

  static Throwable of(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  /** The first line of its message: the others are a stack trace of another process. */
  static String line(Throwable thrown) {
    return String.valueOf(of(thrown).getMessage()).lines().findFirst().orElse("");
  }
}
