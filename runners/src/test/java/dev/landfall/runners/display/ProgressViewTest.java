package dev.landfall.runners.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Phase;
import dev.landfall.transforms.ledger.Snapshot.Table;
import dev.landfall.transforms.ledger.Snapshot.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  @Test
  void aPlainLineSaysTheSame() {
    Snapshot now =
        Snapshots.at(
            2,
            Phase.VERIFY,
            List.of(
                Snapshots.done("users", 10, 1, Verdict.EQUAL),
                Snapshots.done("orders", 10, 1, Verdict.DIFFERENT),
                Snapshots.done("items", 10, 1, Verdict.NOT_VERIFIED)));
    assertThat(new ProgressView(EIGHTY).plain(now, new Rates()))
        .isEqualTo("verifying: 1 of 3 tables equal, 1 different");
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
