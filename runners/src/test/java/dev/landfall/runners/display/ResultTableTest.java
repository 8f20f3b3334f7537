package dev.landfall.runners.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Phase;
import dev.landfall.transforms.ledger.Snapshot.Table;
import dev.landfall.transforms.ledger.Snapshot.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  @Test
  void alignsNumbersAndSumsUp() {
    assertThat(
            lines(
                80,
                List.of(
                    Snapshots.done("users", 500_000, 2.5, Verdict.EQUAL),
                    Snapshots.done("a_table_with_quite_a_long_name", 7, 0, Verdict.DIFFERENT),
                    Snapshots.rejecting("orders", 1_234_567, 3, 4),
                    Snapshots.active("items", 1000, 10, 4, 400))))
        .containsExactly(
            "  table                       rows  seconds   rows/s  MB/s  rejects  verified",
            "  shop.users               500,000      2.5  200,000  20.0        0  equal",
            "  shop.a_table_with_...          7      0.0                       0  3 differ",
            "  shop.orders            1,234,564      4.0  309,000  30.9        3  no",
            "  shop.items                   400      0.0                       0  4/10 chunks",
            "  ------------------------------------------------------------------------------",
            "  4 tables               1,734,971      4.0  434,000  43.4        3  3 differ");
  }

  @Test
  void namesTheTargetsWhereThereIsRoom() {
    assertThat(lines(120, List.of(Snapshots.done("users", 10, 1, Verdict.EQUAL))))
        .containsExactly(
            "  table       target          rows  seconds  rows/s  MB/s  rejects  verified",
            "  shop.users  > public.users    10      1.0      10   0.0        0  equal",
            "  --------------------------------------------------------------------------",
            "  1 table                       10      1.0      10   0.0        0  equal");
  }

  /** Whoever reads a file may look for a name. */
  @Test
  void cutsNothingInAFile() {
    String name = "a_table_with_quite_a_long_name_".repeat(3);
    Snapshot snapshot =
        Snapshots.at(9, Phase.DONE, List.of(Snapshots.done(name, 1_234_567_890, 1, Verdict.EQUAL)));
    assertThat(new ResultTable(Terminal.file(Map.of())).lines(snapshot).get(1))
        .isEqualTo(
            "  shop."
                + name
                + "  > public."
                + name
                + "  1,234,567,890      1.0  1,230,000,000  123,456.8        0  equal");
  }

  @Test
  void aThousandTablesAreSummedUpButForThoseThatNeedALook() {
    List<Table> tables = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      tables.add(Snapshots.done("t" + i, 1000 + i, 1, Verdict.EQUAL));
    }
    tables.set(3, Snapshots.done("odd", 1, 1, Verdict.DIFFERENT));
    tables.set(5, Snapshots.rejecting("bad", 10, 2, 1));

    List<String> lines = lines(80, tables);

    assertThat(lines).hasSize(1 + 22 + 1 + 2);
    assertThat(lines.get(1)).startsWith("  shop.odd ");
    assertThat(lines.get(2)).startsWith("  shop.bad ");
    assertThat(lines.get(3)).startsWith("  shop.t980 ");
    assertThat(lines.get(22)).startsWith("  shop.t999 ");
    assertThat(lines.get(23)).isEqualTo("  ... 978 more tables, all loaded");
  }

  @Test
  void leavesOutWhatMattersLeastWhereThereIsNoRoom() {
    List<Table> tables =
        List.of(
            Snapshots.done("users", 500_000, 2.5, Verdict.EQUAL),
            Snapshots.active("a_table_with_quite_a_long_name", 1_234_567_890, 10, 4, 400_000_000));
    assertThat(lines(60, tables))
        .containsExactly(
            "  table                              rows  seconds  verified",
            "  shop.users                      500,000      2.5  equal",
            "  shop.a_table_with_quite...  400,000,000      0.0  40%",
            "  ----------------------------------------------------------",
            "  2 tables                    400,500,000      2.5");
    assertThat(lines(40, tables))
        .containsExactly(
            "  table                   rows  verified",
            "  shop.users           500,000  equal",
            "  shop.a_table...  400,000,000  40%",
            "  --------------------------------------",
            "  2 tables         400,500,000");
  }

  /** As many lines as a terminal has left; the sum stays. */
  @Test
  void fitsIntoSoManyLines() {
    List<Table> tables = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      tables.add(Snapshots.done("t" + i, 1000 + i, 1, Verdict.EQUAL));
    }
    tables.set(3, Snapshots.done("odd", 1, 1, Verdict.DIFFERENT));
    for (int most : new int[] {3, 4, 5, 12, 24, 30}) {
      List<String> lines =
          new ResultTable(new Terminal(true, 80, 24, false, false))
              .lines(Snapshots.at(9, Phase.DONE, tables), most);
      assertThat(lines).hasSizeLessThanOrEqualTo(most);
      assertThat(lines.get(lines.size() - 1)).startsWith("  60 tables ");
      if (most > 4) {
        assertThat(lines.get(1)).startsWith("  shop.odd ");
      }
    }
  }

  private static List<String> lines(int columns, List<Table> tables) {
    Snapshot snapshot = Snapshots.at(9, Phase.DONE, tables);
    return new ResultTable(new Terminal(false, columns, 0, false, false)).lines(snapshot);
  }
}
