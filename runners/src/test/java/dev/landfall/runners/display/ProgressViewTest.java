package dev.landfall.runners.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Phase;
import dev.landfall.transforms.ledger.Snapshot.Table;
import dev.landfall.transforms.ledger.Snapshot.Verdict;
import dev.landfall.transforms.ledger.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressViewTest {
  private static final Terminal EIGHTY = new Terminal(true, 80, 24, false, true);

  @Test
  void showsActiveTablesAndSumsUpTheOthers() {
    Rates rates = new Rates();
    rates.add(Snapshots.at(0, Phase.BACKFILL, List.of(Snapshots.active("users", 1000, 10, 0, 0))));
    Snapshot now =
        Snapshots.at(
            2,
            Phase.BACKFILL,
            "the source does not answer",
            List.of(
                Snapshots.done("products", 500, 1, Verdict.NOT_VERIFIED),
                Snapshots.active("users", 1000, 10, 4, 400),
                Snapshots.active("orders", 100, 1, 0, 0),
                Snapshots.waiting("items", 100)));
    rates.add(now);

    assertThat(new ProgressView(EIGHTY).lines(now, rates))
        .containsExactly(
            "  ✓ 1 table loaded, 500 rows",
            "  shop.users   ━━━━━━━━━━────────────────  40%         400      200/s   3s left",
            "  shop.orders  ──────────────────────────   0%           0                     ",
            "  and 1 more table",
            "  loading   52%  900 of 1,700 rows  450/s  after 2s, 2s left",
            "  ! the source does not answer");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 99, 100, 140, 200})
  void noLineIsWiderThanTheTerminal(int columns) {
    List<Table> tables = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      tables.add(
          Snapshots.active("a_table_with_a_long_name_" + i, 9_999_999_999L, 10, 4, 4_000_000_000L));
    }
    Snapshot now = Snapshots.at(2, Phase.BACKFILL, "n".repeat(300), tables);
    Rates rates = new Rates();
    rates.add(Snapshots.at(0, Phase.BACKFILL, List.of()));
    rates.add(now);

    List<String> lines =
        new ProgressView(new Terminal(true, columns, 24, false, false)).lines(now, rates);

    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
    assertThat(lines).hasSize(8 + 1 + 1 + 1);
    assertThat(lines.get(8)).isEqualTo("  and 22 more tables");
  }

  @Test
  void aHundredPercentMeansDone() {
    Snapshot now =
        Snapshots.at(
            2, Phase.BACKFILL, List.of(Snapshots.active("users", 100_000, 10_000, 9_999, 99_999)));
    assertThat(new ProgressView(EIGHTY).lines(now, new Rates()).get(0)).contains(" 99% ");
  }

  /** The last run's verdicts are in the snapshot; what goes on now is not what they say. */
  @Test
  void showsTheStepThatGoesOnAndNothingOfAnEarlierRun() {
    assertShown(Phase.VERIFY, null, "verifying", "  verifying  after 6s");
    assertShown(
        Phase.VERIFY,
        step(Step.Kind.ROWS, 2, 3, 0, 900),
        "planning the comparison: 2 of 3 tables",
        "  planning the comparison  2 of 3 tables  after 6s");
    assertShown(
        Phase.VERIFY,
        step(Step.Kind.ROWS, 3, 3, 600_000, 2_400_000),
        "verifying: 25%, 600,000 of 2,400,000 rows, 100,000 rows/s, 18s left",
        "  verifying   25%  600,000 of 2,400,000 rows  100,000/s  after 6s, 18s left");
    assertShown(
        Phase.VERIFY,
        step(Step.Kind.AGAIN, 30, 120, 0, 0),
        "looking again at what differs: 30 of 120 keys, 7.5 keys/s, 12s left",
        "  looking again at what differs  30 of 120 keys  7.5/s  after 6s, 12s left");
    assertShown(
        Phase.INDEXES,
        step(Step.Kind.KEYS, 1, 17, 800_000, 1_000_000),
        "building indexes and keys: 80%, 1 of 17 definitions, 1s left",
        "  building indexes and keys   80%  1 of 17 definitions  after 6s, 1s left");
    // A self-test has no phase of its own, and the ends are those of the run before.
    assertShown(
        Phase.FAILED,
        step(Step.Kind.SELF_TEST, 0, 3, 0, 0),
        "self-test: 0 of 3 tables",
        "  self-test  0 of 3 tables  after 6s");
    assertShown(Phase.FAILED, null, "preparing", "  preparing  after 6s");
  }

  private static Step.State step(
      Step.Kind kind, long done, long things, long rows, long rowsExpected) {
    return new Step.State(kind, Snapshots.START.plusSeconds(2), done, things, rows, rowsExpected);
  }

  private static void assertShown(
      Phase phase, Step.@Nullable State step, String plain, String line) {
    List<Table> tables =
        List.of(
            Snapshots.done("users", 10, 1, Verdict.EQUAL),
            Snapshots.done("orders", 10, 1, Verdict.DIFFERENT));
    Rates rates = new Rates();
    if (step != null) {
      rates.add(
          Snapshots.going(
              0,
              phase,
              new Step.State(step.kind(), step.began(), 0, step.things(), 0, step.rowsExpected()),
              tables));
    }
    Snapshot now = Snapshots.going(6, phase, step, tables);
    rates.add(now);
    assertThat(new ProgressView(EIGHTY).plain(now, rates)).isEqualTo(plain);
    assertThat(new ProgressView(EIGHTY).lines(now, rates)).containsExactly(line);
  }

  /** The time left is what a person looks for: in a narrow terminal the rest gives way. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "60 | '  verifying   25%  600,000 of 2,400,000 rows  18s left'",
        "40 | '  verifying  25%  18s left'"
      })
  void theTimeLeftStays(int columns, String line) {
    Step.State step = step(Step.Kind.ROWS, 3, 3, 600_000, 2_400_000);
    Rates rates = new Rates();
    rates.add(
        Snapshots.going(0, Phase.VERIFY, step(Step.Kind.ROWS, 3, 3, 0, 2_400_000), List.of()));
    Snapshot now = Snapshots.going(6, Phase.VERIFY, step, List.of());
    rates.add(now);
    assertThat(new ProgressView(new Terminal(true, columns, 24, false, false)).lines(now, rates))
        .containsExactly(line);
  }

  @Test
  void rowsPerSecondAreThoseOfTheLastTenSeconds() {
    Rates rates = new Rates();
    for (int second = 0; second <= 30; second++) {
      long rows = second <= 20 ? second * 100 : 2000;
      rates.add(
          Snapshots.at(
              second, Phase.BACKFILL, List.of(Snapshots.active("users", 9000, 10, 1, rows))));
      if (second == 1 || second == 20) {
        assertThat(rates.of("shop.users")).isEqualTo(100);
      }
      if (second == 25) {
        assertThat(rates.total()).isEqualTo(50);
      }
    }
    assertThat(rates.total()).isZero();
    assertThat(rates.of("shop.other")).isZero();
  }
}
