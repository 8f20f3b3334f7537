package dev.landfall.runners.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Phase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {
  /** The first look may come before the run has begun: what it finds is the end of another. */
  @Test
  void howAnEarlierRunEndedIsNotShown() throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CountDownLatch looks = new CountDownLatch(2);
    Snapshot ended = Snapshots.at(2, Phase.FAILED, List.of());
    try (Progress shown =
        Progress.start(
            () -> {
              looks.countDown();
              return ended;
            },
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new Terminal(true, 80, 24, false, false))) {
      assertThat(shown).isNotNull();
      assertThat(looks.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("  preparing")
        .doesNotContain("failed", "after");
  }
}
