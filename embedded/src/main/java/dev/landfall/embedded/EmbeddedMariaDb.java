package dev.landfall.embedded;

/** MariaDB 11.4, for Linux on x86-64. Needs nothing installed. */
public final class EmbeddedMariaDb {
  private static final MariaDbDistribution DISTRIBUTION = new MariaDbDistribution();

  private EmbeddedMariaDb() {}

  /** Starts a server with temporary data. */
  public static EmbeddedServer start() {
    return start(ServerSettings.defaults());
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @throws EmbeddedServerException when it does not start
   */
  public static EmbeddedServer start(ServerSettings settings) {
    return Launcher.launch(DISTRIBUTION, settings);
  }
}
