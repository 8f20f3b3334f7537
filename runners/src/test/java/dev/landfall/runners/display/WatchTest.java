package dev.landfall.runners.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Phase;
import dev.landfall.transforms.ledger.Snapshot.Table;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchTest {
  @ParameterizedTest
  @CsvSource({"80, 24", "60, 24", "40, 12", "100, 50", "80, 5"})
  void whatGoesOnAndWhatIsLeftStayInSight(int columns, int rows) {
    List<Table> tables = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      tables.add(Snapshots.active("a_table_with_a_name_" + i, 1_000_000, 10, 5, 500_000));
    }
    Rates rates = new Rates();
    rates.add(Snapshots.going(0, Phase.BACKFILL, null, List.of()));
    Snapshot now = Snapshots.going(30, Phase.BACKFILL, null, tables);
    rates.add(now);

    List<String> lines = Watch.lines(now, rates, new Terminal(true, columns, rows, false, false));

    assertThat(lines).hasSizeLessThan(rows);
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
    assertThat(lines.get(lines.size() - 1))
        .startsWith("  loading")
        .contains("50%")
        .endsWith("30s left");
    if (rows >= 24) {
      assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("  60 tables "));
    }
  }
}
