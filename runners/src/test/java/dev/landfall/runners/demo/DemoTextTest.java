package dev.landfall.runners.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.runners.display.Snapshots;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Phase;
import dev.landfall.transforms.ledger.Snapshot.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoTextTest {
  @Test
  void saysHowMuchHowFastAndThatBothSidesAreEqual() {
    Snapshot killed =
        Snapshots.at(
            3, Phase.BACKFILL, List.of(Snapshots.active("users", 500_000, 10, 4, 200_000)));
    Snapshot end =
        Snapshots.at(
            9,
            Phase.DONE,
            List.of(
                Snapshots.done("users", 500_000, 4, Verdict.EQUAL),
                Snapshots.done("orders", 300_000, 8, Verdict.EQUAL)));

    assertThat(
            new DemoText("MySQL 8.0", "/demo.yaml", "./landfall")
                .lastScreen(end, Optional.of(killed)))
        .containsExactly(
            "",
            "800,000 rows in 2 tables moved from MySQL 8.0 to PostgreSQL in 8.0 s, 100,000 rows/s.",
            "That includes a kill -9: 4 chunks were kept, 16 were loaded afterwards.",
            "Both sides are equal: every row was compared.",
            "",
            "Both servers still run. Change a value by hand, and have it found:",
            "  ./landfall demo --sql \"update users set country = 'XX' where id = 31337\"",
            "  ./landfall verify -c /demo.yaml",
            "Look around:",
            "  ./landfall status -c /demo.yaml",
            "  ./landfall schema -c /demo.yaml",
            "When you are done:",
            "  ./landfall demo --stop");
  }
}
