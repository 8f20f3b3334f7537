package dev.landfall.transforms.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.jdbc.Retries.Policy;
import dev.landfall.transforms.model.StopSignal;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When work is tried again, after which pause, and when it is given up. */
class RetriesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Throwable cause(String kind) {
    return switch (kind) {
      case "pool" -> new SQLTransientConnectionException("timed out");
      case "pool of a job" -> new IllegalStateException(cause("pool"));
      case "room" -> new SQLException("m", "53300");
      case "room of a pool" -> new SQLTransientConnectionException("m", cause("room"));
      case "password of a pool" ->
          new SQLTransientConnectionException("m", new SQLException("m", "28P01"));
      case "full" -> new SQLException("m", "53100");
      case "rpc" -> new IllegalStateException("lost", new TimeoutException("no answer"));
      case "lost" -> new IllegalStateException("lost");
      case "broken" -> new SQLException("m", "08006");
      case "silent" -> new SQLException("m", "08001", new SocketTimeoutException());
      case "password" -> new SQLException("m", "28P01");
      case "row" -> new SQLException("m", "22003");
      case "refused" -> new IOException("refused");
      case "unreachable" -> new MigrationException(Kind.UNREACHABLE, "m", cause("broken"));
      case "failed" -> new MigrationException(Kind.FAILED, "m", cause("broken"));
      default -> throw new IllegalArgumentException(kind);
    };
  }

  /** Of each cut: how far the work was by then. One comes each 20 s, and a minute is allowed. */
  @ParameterizedTest
  @CsvSource({
    "broken, 0 0 0 0 0, + + + + -",
    "lost, 7 7 7 7 7 7, + + + + + -",
    "broken, 0 0 0 0 1 1 1 1 1 2 2, + + + + + + + + + + +",
    "broken, 0 0 0 0 1 1 1 1 1 1, + + + + + + + + + -",
    "lost, 1 2 3 4 5 6 7 8 9 10, + + + + + + + + + +",
    "pool of a job, 0 0 0 0 0, + + + + -",
    "room, 0 0 0 0 9 9 9 9 9 9, + + + + + + + + + -",
    "rpc, 1 2 3 3 4 4 5 6 7, + + + + + + + + +"
  })
  void slowCutsOfJobs(String kind, String done, String goesOn) {
    assertThat(cuts(kind, done, Duration.ofSeconds(20))).isEqualTo(goesOn);
  }

  /** One comes at once: an error to be given up, trouble that a minute may mend to be borne. */
  @ParameterizedTest
  @CsvSource({
    "broken, 0 0 0 0 0, + + + + -",
    "lost, 0 0 0 0 0, + + + + -",
    "pool of a job, 0 0 0 0 0 0 0 0, + + + + + + + +",
    "room, 0 0 0 0 0 0 0 0, + + + + + + + +",
    "rpc, 0 0 0 0 0 0 0 0, + + + + + + + +"
  })
  void quickCutsOfJobs(String kind, String done, String goesOn) {
    assertThat(cuts(kind, done, Duration.ofSeconds(1))).isEqualTo(goesOn);
  }

  private static String cuts(String kind, String done, Duration each) {
    AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    Retries tries = new Retries(Policy.JOB, MINUTE, () -> clock.addAndGet(each.toNanos()));
    return Arrays.stream(done.split(" "))
        .map(how -> tries.again(Long.parseLong(how), cause(kind)) ? "+" : "-")
        .collect(Collectors.joining(" "));
  }

  /** What each policy tries again at all. */
  @ParameterizedTest
  @CsvSource({
    "CONNECTION, pool, room, room of a pool, silent",
    "CHUNK, broken, pool, room, full",
    "DATABASES, broken, silent, room of a pool, full",
    "STEP, broken, unreachable, full, room",
    "JOB, lost, broken, row, password",
    "CLUSTER, refused, refused, refused, refused",
    "WEBHOOK, refused, lost, refused, lost"
  })
  void tries(Policy policy, String first, String second, String third, String fourth) {
    for (String kind : new String[] {first, second, third, fourth}) {
      assertThat(Retries.of(policy, MINUTE).again(cause(kind))).as(kind).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTION, broken, password of a pool, full",
    "CHUNK, row, password, lost",
    "DATABASES, password, row, failed",
    "STEP, failed, row, lost",
    "CLUSTER, lost, broken, rpc"
  })
  void triesNot(Policy policy, String first, String second, String third) {
    for (String kind : new String[] {first, second, third}) {
      assertThat(Retries.of(policy, MINUTE).again(cause(kind))).as(kind).isFalse();
    }
  }

  /** The pauses, in ms, until it is given up; each try takes no time. */
  @ParameterizedTest
  @CsvSource({
    "CHUNK, broken, 1000, 100 200 400 300",
    "CHUNK, broken, 20000, 100 200 400 800 1600 3200 5000 5000 3700",
    "CHUNK, broken, 0, ''",
    "DATABASES, broken, 1200, 500 500 200",
    "CLUSTER, refused, 1200, 500 500 200",
    "CONNECTION, room, 20000, 0 0 0",
    "CONNECTION, room, 0, ''",
    "STEP, broken, 60000, 0 0 0 0",
    "WEBHOOK, lost, 0, 1000 3000 9000"
  })
  void pauses(Policy policy, String kind, long patience, String pauses) {
    AtomicLong clock = new AtomicLong();
    Retries tries = new Retries(policy, Duration.ofMillis(patience), clock::get);
    StringBuilder seen = new StringBuilder();
    while (tries.again(cause(kind))) {
      // A jittery one is anything from its half on.
      Duration longest =
          java.util.stream.Stream.generate(tries::pause)
              .limit(2_000)
              .max(Duration::compareTo)
              .orElseThrow();
      long millis = Math.round(longest.toNanos() / 1e8) * 100;
      seen.append(seen.isEmpty() ? "" : " ").append(millis);
      clock.addAndGet(Duration.ofMillis(millis).toNanos());
    }
    assertThat(seen.toString()).isEqualTo(pauses);
  }

  @Test
  void manyDoNotComeBackAtOnce() {
    Retries tries = Retries.of(Policy.CHUNK, MINUTE);
    tries.again(cause("broken"));
    assertThat(java.util.stream.Stream.generate(tries::pause).limit(100).distinct().count())
        .isGreaterThan(10);
  }

  @Test
  void aWishToStopAndAnInterruptionEndAPause() {
    Retries tries = Retries.of(Policy.WEBHOOK, MINUTE);
    tries.again(cause("lost"));
    assertThat(tries.await(() -> true)).isFalse();
    Thread.currentThread().interrupt();
    assertThat(tries.await(StopSignal.NEVER)).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }
}
