package dev.landfall.runners.flink;

import dev.landfall.transforms.MigrationException;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a cluster's REST endpoint is. */
record FlinkAddress(String host, int port) implements Serializable {
  private static final int DEFAULT_PORT = 8081;
  private static final Pattern FORM =
      Pattern.compile("(?:https?://)?(\\[[0-9A-Fa-f:.]+]|[^:/\\[\\]\\s]+)(?::([0-9]{1,5}))?/?");

  /** What a database's URL, with a password in it, does not look like. */
  private static final Pattern REPEATABLE =
      Pattern.compile("(?:https?://)?[\\w.:\\[\\] -]*(?:/\\w*)?");

  /**
   * Reads {@code [http://]host[:port]}.
   *
   * @throws MigrationException of kind USAGE
   */
  static FlinkAddress parse(String text) {
    Matcher matcher = FORM.matcher(text);
    int port =
        !matcher.matches()
            ? 0
            : matcher.group(2) == null ? DEFAULT_PORT : Integer.parseInt(matcher.group(2));
    if (port < 1 || port > 65_535) {
      throw new MigrationException(
          MigrationException.Kind.USAGE,
          "--flink-master "
              + (REPEATABLE.matcher(text).matches() ? text : "***")
              + ": expected HOST:PORT, the REST address of the cluster's JobManager, such as"
              + " jobmanager:8081.");
    }
    return new FlinkAddress(matcher.group(1), port);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
