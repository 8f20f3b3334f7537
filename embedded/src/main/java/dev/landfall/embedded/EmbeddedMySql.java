package dev.landfall.embedded;

import java.util.Optional;

/** MySQL 8.0.15, for Linux on x86-64. Needs the system libraries libaio and libnuma. */
public final class EmbeddedMySql {
  /** Property and environment variable that make {@link #missing} never an excuse. */
  public static final String REQUIRE = "LANDFALL_REQUIRE_MYSQL";

  private static final MySqlDistribution DISTRIBUTION = new MySqlDistribution();

  private EmbeddedMySql() {}

  /** Starts a server with temporary data. */
  public static EmbeddedServer start() {
    return start(ServerSettings.defaults());
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @throws EmbeddedServerException when it does not start; names the package to install when a
   *     system library is missing
   */
  public static EmbeddedServer start(ServerSettings settings) {
    DISTRIBUTION
        .missing()
        .ifPresent(
            message -> {
              throw new EmbeddedServerException(message);
            });
    return Launcher.launch(DISTRIBUTION, settings);
  }

  /**
   * Why MySQL can't run on this machine, for tests to be skipped with; empty when it can.
   *
   * <p>Also empty when the system property or environment variable {@link #REQUIRE} is {@code
   * true}: the tests then run, and fail with the same message.
   */
  public static Optional<String> missing() {
    boolean required =
        Boolean.getBoolean(REQUIRE) || Boolean.parseBoolean(System.getenv().get(REQUIRE));
    return required ? Optional.empty() : DISTRIBUTION.missing();
  }
}
