package dev.landfall.embedded;

/** PostgreSQL 17, for Linux on x86-64. Needs nothing installed. */
public final class EmbeddedPostgres {
  private static final PostgresDistribution DISTRIBUTION = new PostgresDistribution();

  private EmbeddedPostgres() {}

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
