package dev.landfall.transforms.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.transforms.model.StopSignal;
import dev.landfall.transforms.value.Rows;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadGateTest {
  private static final Duration NONE = Duration.ZERO;

  /** A clock that only sleeping moves. */
  private static final class FakeTime implements ReadGate.Time {
    long now = 1_000;
    Runnable whileAsleep = () -> {};

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void sleep(long nanos) {
      assertThat(nanos).isBetween(1L, Duration.ofMillis(100).toNanos());
      now += nanos;
      whileAsleep.run();
    }

    Duration passed() {
      return Duration.ofNanos(now - 1_000);
    }
  }

  /** Rows without values. */
  private static final class Numbered implements RowCursor {
    private int left;

    Numbered(int rows) {
      this.left = rows;
    }

    @Override
    public boolean next() {
      return left-- > 0;
    }

    @Override
    public void addTo(Rows.Builder rows) {}
  }

  private static int drain(RowCursor rows) throws SQLException {
    int count = 0;
    while (rows.next()) {
      count++;
    }
    return count;
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 10000, 10000",
    "1000, 1, 1",
    "1, 3, 3000",
    "7, 21, 3000",
    "100000, 250000, 2500"
  })
  void rowsTakeTheTimeThatTheRateGivesThem(long rate, int rows, long millis) throws SQLException {
    FakeTime time = new FakeTime();
    ReadGate gate = new ReadGate(ReadLimit.of(rate, 0, NONE), time);

    assertThat(drain(gate.paced(new Numbered(rows), StopSignal.NEVER))).isEqualTo(rows);

    assertThat(time.passed()).isBetween(Duration.ofMillis(millis), Duration.ofMillis(millis + 1));
  }

  @Test
  void readersShareTheRate() throws SQLException {
    FakeTime time = new FakeTime();
    ReadGate gate = new ReadGate(ReadLimit.of(1000, 0, NONE), time);
    RowCursor one = gate.paced(new Numbered(1500), StopSignal.NEVER);
    RowCursor two = gate.paced(new Numbered(1500), StopSignal.NEVER);

    for (int row = 0; row < 1500; row++) {
      assertThat(one.next()).isTrue();
      assertThat(two.next()).isTrue();
    }

    assertThat(time.passed()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void timeInWhichNobodyReadIsNotMadeUpFor() {
    Pace pace = new Pace(1000);

    assertThat(pace.take(1000, 0)).isEqualTo(1_000_000_000L);
    assertThat(pace.take(500, 10_000_000_000L)).isEqualTo(500_000_000L);
    assertThat(pace.take(500, 10_000_000_000L)).isEqualTo(1_000_000_000L);
  }

  @Test
  void aWishToStopEndsEveryWait() throws SQLException {
    FakeTime time = new FakeTime();
    AtomicInteger sleeps = new AtomicInteger();
    time.whileAsleep = sleeps::incrementAndGet;
    StopSignal afterTwo = () -> sleeps.get() >= 2;
    ReadGate gate = new ReadGate(ReadLimit.of(1, 0, Duration.ofHours(1)), time);

    gate.pause(afterTwo);
    assertThat(drain(gate.paced(new Numbered(1000), afterTwo))).isEqualTo(1000);

    assertThat(time.passed()).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void noMoreReadersThanThereMayBe() throws SQLException {
    ReadGate gate = new ReadGate(ReadLimit.of(0, 2, NONE), ReadGate.Time.SYSTEM);
    gate.enter();
    gate.enter();
    Thread.currentThread().interrupt();

    assertThatThrownBy(gate::enter).isInstanceOf(SQLException.class);
    assertThat(Thread.interrupted()).isTrue();

    gate.leave();
    gate.enter();
  }

  @Test
  void whatIsNotLimitedHasNoGate() {
    assertThat(ReadGate.of(ReadLimit.NONE)).isNull();
    assertThat(ReadLimit.NONE.among(4, true)).isEqualTo(ReadLimit.NONE);
    RowCursor rows = new Numbered(1);
    assertThat(new ReadGate(ReadLimit.of(0, 1, NONE), new FakeTime()).paced(rows, () -> false))
        .isSameAs(rows);
  }

  @Test
  void readersOfOneProcessMeetAndOthersHaveTheirShare() {
    ReadLimit asked = ReadLimit.of(1000, 3, NONE);

    ReadLimit here = asked.among(8, false);
    assertThat(ReadGate.of(here)).isNotNull().isSameAs(ReadGate.of(here));
    assertThat(here.rowsPerSecond()).isEqualTo(1000);
    assertThat(ReadGate.of(here)).isNotSameAs(ReadGate.of(asked.among(8, false)));

    ReadLimit elsewhere = asked.among(8, true);
    assertThat(elsewhere.rowsPerSecond()).isEqualTo(333);
    assertThat(elsewhere.readers()).isEqualTo(3);
    assertThat(ReadGate.of(elsewhere)).isNotSameAs(ReadGate.of(elsewhere));
    assertThat(ReadLimit.of(2, 0, NONE).among(8, true).rowsPerSecond()).isEqualTo(1);
  }
}
