package dev.landfall.runners.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.runners.document.Documents;
import dev.landfall.runners.document.RepairDocument;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepairTextTest {
  private static final String TARGET = "public.orders";

  private static RepairReport report(List<RepairReport.Key> keys) {
    return new RepairReport(
        true,
        false,
        Instant.EPOCH,
        List.of(
            new RepairReport.Table(
                "shop.orders",
                TARGET,
                Map.of(Action.FAILED, (long) keys.size(), Action.UPDATED, 1_234_567L),
                1_000_000,
                Map.of())),
        keys,
        List.of());
  }

  private static List<RepairReport.Key> keys(int count, Action action, @Nullable String reason) {
    List<RepairReport.Key> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(new RepairReport.Key(TARGET, Map.of("id", String.valueOf(i)), action, reason));
    }
    return keys;
  }

  private static List<String> lines(RepairReport report, int columns) {
    return new RepairText(new Terminal(true, columns, 24, false, false))
        .lines(report, flags -> "landfall repair " + flags, "landfall verify");
  }

  @Test
  void saysAReasonOnce() {
    List<RepairReport.Key> keys = keys(40, Action.FAILED, "no parent");
    keys.addAll(keys(1, Action.LEFT, "only the target has it"));
    assertThat(lines(report(keys), 80))
        .containsSequence(
            "  failed  40 keys: no parent",
            "          public.orders  id = 0",
            "          public.orders  id = 1",
            "          public.orders  id = 2",
            "          public.orders  id = 3",
            "          public.orders  id = 4",
            "          and 35 more keys",
            "  left    public.orders  id = 0  only the target has it");
  }

  @Test
  void itsTableFitsTheTerminal() {
    List<String> lines = lines(report(keys(1, Action.FAILED, "x")), 60);
    assertThat(lines)
        .containsSequence(
            "  table            updated  deleted  failed  not named",
            "  public.orders  1,234,567        0       1  1,000,000");
  }

  @Test
  void aDocumentListsSomeKeysAndFirstThoseThatDifferStill() {
    List<RepairReport.Key> keys = keys(1_500, Action.UPDATED, null);
    keys.addAll(keys(2, Action.FAILED, "no parent"));
    assertThat(Documents.line(RepairDocument.of(report(keys))))
        .contains(
            "\"keys\":[{\"table\":\"public.orders\",\"sourceTable\":\"shop.orders\","
                + "\"targetTable\":\"public.orders\",\"key\":{\"id\":\"0\"},\"action\":\"failed\"",
            "\"keysLeftOut\":502");
  }
}
