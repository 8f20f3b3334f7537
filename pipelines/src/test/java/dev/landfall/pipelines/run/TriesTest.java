package dev.landfall.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.api.JobLostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When work is given up that is cut short again and again. */
class TriesTest {
  private static Throwable cause(String kind) {
    return switch (kind) {
      case "pool" -> new IllegalStateException(new SQLTransientConnectionException("timed out"));
      case "room" -> new SQLException("m", "53300");
      case "rpc" -> new JobLostException("lost", new TimeoutException("no answer"));
      case "lost" -> new JobLostException("lost");
      case "broken" -> new SQLException("m", "08006");
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
    "pool, 0 0 0 0 0, + + + + -",
    "room, 0 0 0 0 9 9 9 9 9 9, + + + + + + + + + -",
    "rpc, 1 2 3 3 4 4 5 6 7, + + + + + + + + +"
  })
  void slowOnes(String kind, String done, String goesOn) {
    assertThat(cuts(kind, done, Duration.ofSeconds(20))).isEqualTo(goesOn);
  }

  /** One comes at once: an error to be given up, trouble that a minute may mend to be borne. */
  @ParameterizedTest
  @CsvSource({
    "broken, 0 0 0 0 0, + + + + -",
    "lost, 0 0 0 0 0, + + + + -",
    "pool, 0 0 0 0 0 0 0 0, + + + + + + + +",
    "room, 0 0 0 0 0 0 0 0, + + + + + + + +",
    "rpc, 0 0 0 0 0 0 0 0, + + + + + + + +"
  })
  void quickOnes(String kind, String done, String goesOn) {
    assertThat(cuts(kind, done, Duration.ofSeconds(1))).isEqualTo(goesOn);
  }

  private static String cuts(String kind, String done, Duration each) {
    AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    Tries tries = new Tries(Duration.ofMinutes(1), () -> clock.addAndGet(each.toNanos()));
    return Arrays.stream(done.split(" "))
        .map(how -> tries.again(Long.parseLong(how), cause(kind)) ? "+" : "-")
        .collect(Collectors.joining(" "));
  }
}
