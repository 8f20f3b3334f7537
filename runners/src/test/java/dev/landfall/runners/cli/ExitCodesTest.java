package dev.landfall.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.MigrationException.Kind;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExitCodesTest {
  @Test
  void everyKindHasItsCode() {
    Map<Kind, Integer> codes = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      codes.put(kind, ExitCodes.of(kind));
    }
    assertThat(codes)
        .containsExactly(
            Map.entry(Kind.FAILED, 1),
            Map.entry(Kind.USAGE, 2),
            Map.entry(Kind.THRESHOLD, 4),
            Map.entry(Kind.HELD, 5),
            Map.entry(Kind.UNREACHABLE, 6),
            Map.entry(Kind.STOPPED, 130));
  }
}
