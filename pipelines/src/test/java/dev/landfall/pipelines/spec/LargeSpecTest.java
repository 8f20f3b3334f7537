package dev.landfall.pipelines.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Specs that a program wrote: a hundred thousand lines for five thousand tables. */
class LargeSpecTest {
  private static final int TABLES = 5_000;
  private static final int LINES = 20;

  /** What the limit is for; it takes some three seconds of one processor. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static String spec() {
    StringBuilder text =
        new StringBuilder("source: mysql://db/shop\ntarget: postgres://pg/x\nmappings:\n");
    for (int t = 0; t < TABLES; t++) {
      text.append("  - table: t").append(t).append('\n');
      text.append("    to: target_").append(t).append('\n');
      text.append("    rules: {zeroDate: null}\n");
      text.append("    columns:\n");
      for (int c = 4; c < LINES; c++) {
        text.append("      column_").append(c).append(": {from: c").append(c);
        text.append(", type: text, nullable: true}\n");
      }
    }
    return text.toString();
  }

  private static Spec read(String text) {
    return SpecReader.read(text, Path.of("shop.yaml"), null, null, name -> Optional.empty());
  }

  @Test
  void aHundredThousandLinesAreReadInSeconds() {
    String text = spec();
    assertThat(text.lines().count()).isGreaterThan(100_000);

    Spec spec = assertTimeout(LONGEST, () -> read(text));

    assertThat(spec.mappings()).hasSize(TABLES);
    assertThat(spec.mappings().get(TABLES - 1).targets().get(0).columns()).hasSize(LINES - 4);
  }

  @Test
  void moreThanThereIsRoomForIsRefused() {
    String text = "name: [" + "a,".repeat(1_000_001) + "a]";

    assertThatThrownBy(() -> assertTimeout(LONGEST, () -> read(text)))
        .hasMessageEndingWith(
            "the spec has more than 1000000 keys and values. Make several of it.");
  }
}
