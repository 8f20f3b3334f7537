package dev.landfall.runners.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.transforms.MigrationException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduledRunsTest {
  private final List<String> said = new ArrayList<>();
  private final List<Instant> runs = new ArrayList<>();

  /** A clock that only waiting and working move. */
  private static final class FakeTime implements ScheduledRuns.Time {
    Instant now;
    private final Instant end;

    FakeTime(String now, String end) {
      this.now = Instant.parse(now);
      this.end = Instant.parse(end);
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public boolean awaitUntil(Instant then) {
      if (then.isAfter(end)) {
        now = end;
        return false;
      }
      now = then.isAfter(now) ? then : now;
      return true;
    }
  }

  private static Schedule every(String cron) {
    return Schedule.parse(cron, ZoneOffset.UTC);
  }

  @Test
  void worksAtEachTimeUntilItIsAskedToEnd() throws InterruptedException {
    FakeTime time = new FakeTime("2026-03-01T10:17:30Z", "2026-03-01T12:30:00Z");

    int code =
        new ScheduledRuns(every("0 * * * *"), time, said::add)
            .run(
                () -> {
                  runs.add(time.now);
                  time.now = time.now.plusSeconds(90);
                  return OptionalInt.empty();
                });

    assertThat(code).isZero();
    assertThat(runs)
        .containsExactly(
            Instant.parse("2026-03-01T11:00:00Z"), Instant.parse("2026-03-01T12:00:00Z"));
    assertThat(said)
        .containsExactly(
            "next comparison: 2026-03-01 11:00 Z",
            "next comparison: 2026-03-01 12:00 Z",
            "next comparison: 2026-03-01 13:00 Z",
            "the schedule has ended");
  }

  @Test
  void timesThatComeMeanwhileAreLeftOutAndSaidOnce() throws InterruptedException {
    FakeTime time = new FakeTime("2026-03-01T10:00:30Z", "2026-03-01T10:59:00Z");
    List<Duration> lengths =
        new ArrayList<>(List.of(Duration.ofMinutes(25), Duration.ofMinutes(10), Duration.ZERO));

    new ScheduledRuns(every("*/10 * * * *"), time, said::add)
        .run(
            () -> {
              runs.add(time.now);
              time.now = time.now.plus(lengths.remove(0));
              return OptionalInt.empty();
            });

    assertThat(runs)
        .containsExactly(
            Instant.parse("2026-03-01T10:10:00Z"), Instant.parse("2026-03-01T10:40:00Z"));
    assertThat(said)
        .containsExactly(
            "next comparison: 2026-03-01 10:10 Z",
            "the comparison of 2026-03-01 10:10 Z took until 2026-03-01 10:35 Z; 2 times were left"
                + " out",
            "next comparison: 2026-03-01 10:40 Z",
            "the comparison of 2026-03-01 10:40 Z took until 2026-03-01 10:50 Z; 1 time was left"
                + " out",
            "next comparison: 2026-03-01 11:00 Z",
            "the schedule has ended");
  }

  @Test
  void theWorkMayEndIt() throws InterruptedException {
    FakeTime time = new FakeTime("2026-03-01T10:00:30Z", "2026-03-01T11:00:00Z");

    assertThat(
            new ScheduledRuns(every("* * * * *"), time, said::add)
                .run(() -> OptionalInt.of(ExitCodes.DIFFERENCES)))
        .isEqualTo(3);
  }

  @Test
  void aClockThatIsPutBackGivesNoTimeTwice() throws InterruptedException {
    FakeTime time = new FakeTime("2026-03-01T10:00:30Z", "2026-03-01T10:02:30Z");

    new ScheduledRuns(every("* * * * *"), time, said::add)
        .run(
            () -> {
              runs.add(time.now);
              time.now = time.now.minusSeconds(30);
              return OptionalInt.empty();
            });

    assertThat(runs)
        .containsExactly(
            Instant.parse("2026-03-01T10:01:00Z"), Instant.parse("2026-03-01T10:02:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "0 * * * *, Asia/Kathmandu, 2026-03-01T10:20:00Z, 2026-03-01T11:15:00Z",
    "17 2 * * 1-5, Europe/Berlin, 2026-03-06T12:00:00Z, 2026-03-09T01:17:00Z",
    "17 2 * * 1-5, Europe/Berlin, 2026-07-03T12:00:00Z, 2026-07-06T00:17:00Z",
    "0 0 29 2 *, UTC, 2026-03-01T00:00:00Z, 2028-02-29T00:00:00Z",
    "0 0 * * 0, UTC, 2026-03-02T00:00:00Z, 2026-03-08T00:00:00Z",
    "0 0 * * 7, UTC, 2026-03-02T00:00:00Z, 2026-03-08T00:00:00Z"
  })
  void goesByTheZonesClock(String cron, String zone, Instant after, Instant next) {
    assertThat(Schedule.parse(cron, ZoneId.of(zone)).next(after)).contains(next);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hourly", "* * * *", "60 * * * *", "0 24 * * *", "0 0 30 2 *", "0 * * * * *"})
  void refusesWhatIsNoLineOfCron(String text) {
    MigrationException refusal = catchThrowableOfType(MigrationException.class, () -> every(text));

    assertThat(refusal.kind()).isEqualTo(MigrationException.Kind.USAGE);
    assertThat(refusal)
        .hasMessageStartingWith("--schedule \"" + text + "\" is no line of cron: ")
        .hasMessageContaining("\"0 * * * *\" every hour");
  }

  @Test
  void refusesZonesThatAreNone() {
    assertThat(catchThrowableOfType(MigrationException.class, () -> Schedule.zone("Mars/Base")))
        .hasMessage(
            "--time-zone Mars/Base: there is no such time zone. Example: Europe/Berlin, or UTC.");
  }
}
