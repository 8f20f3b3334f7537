package dev.landfall.embedded;

import java.util.Optional;

/**
 * The newest MySQL that could be had, for Linux on x86-64: another release as time goes by. What is
 * right on {@link EmbeddedMySql} is tried on it too.
 */
public final class EmbeddedNewestMySql {
  private EmbeddedNewestMySql() {}

  /** Starts a server with temporary data. */
  public static EmbeddedServer start() {
    return start(ServerSettings.defaults());
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @throws EmbeddedServerException when it does not start, or is not there
   */
  public static EmbeddedServer start(ServerSettings settings) {
    return Launcher.launch(
        NewestMySqlDistribution.named()
            .orElseThrow(() -> new EmbeddedServerException(NewestMySqlDistribution.ABSENT)),
        settings);
  }

  /**
   * Why it is not there, for tests to be skipped with; empty when a folder was named. Then it must
   * work, or tests fail.
   */
  public static Optional<String> missing() {
    return NewestMySqlDistribution.named().isPresent()
        ? Optional.empty()
        : Optional.of(NewestMySqlDistribution.ABSENT);
  }
}
