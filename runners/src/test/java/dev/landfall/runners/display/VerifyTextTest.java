package dev.landfall.runners.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.api.TableResult;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerifyTextTest {
  @Test
  void listsTablesThenKeysThenWhatToDo() {
    Map<String, @Nullable String> key = new LinkedHashMap<>();
    key.put("order_id", "7");
    key.put("line", null);
    assertThat(
            lines(
                new VerificationReport(
                    false,
                    List.of(
                        new TableResult("shop.users", "public.users", 1000, 1000, 999, 1, 0, 0),
                        new TableResult("shop.items", "public.items", 50, 50, 49, 0, 1, 1),
                        new TableResult("shop.same", "public.same", 5, 5, 5, 0, 0, 0)),
                    List.of(
                        new Difference(
                            "public.users",
                            Map.of("id", "31337"),
                            Difference.Kind.CHANGED,
                            List.of("country", "name")),
                        new Difference("public.items", key, Difference.Kind.MISSING, List.of()),
                        new Difference(
                            "public.items",
                            Map.of("odd\u001b[31m", "x".repeat(100)),
                            Difference.Kind.EXTRA,
                            List.of())))))
        .containsExactly(
            "The sides differ. 3 differences in 2 of 3 tables; 1,055 source rows, 1,055 target"
                + " rows.",
            "",
            "  table       source  target  changed  missing  extra",
            "  shop.users   1,000   1,000        1        0      0",
            "  shop.items      50      50        0        1      1",
            "",
            "  changed public.users  id = 31337  in country, name",
            "  missing public.items  order_id = 7, line = NULL",
            "  extra   public.items  odd\\u001B[31m = " + "x".repeat(37) + "...",
            "",
            "What now: look at these keys on both sides. If the source has changed since the",
            "load, that is why. To see what it takes to make the target agree, and to do it:",
            "  landfall repair -c x.yaml",
            "  landfall repair -c x.yaml --execute",
            "Once they are put right, compare again with",
            "  landfall verify -c x.yaml");
  }

  @Test
  void showsTwentyAndCountsTheRest() {
    List<Difference> differences = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      differences.add(
          new Difference(
              "public.t", Map.of("id", String.valueOf(i)), Difference.Kind.EXTRA, List.of()));
    }
    List<String> lines =
        lines(
            new VerificationReport(
                false,
                List.of(new TableResult("shop.t", "public.t", 0, 5000, 0, 0, 0, 5000)),
                differences));
    assertThat(lines).filteredOn(l -> l.startsWith("  extra ")).hasSize(20);
    assertThat(lines).contains("  and 4,980 more differences; --json lists all that were recorded");
  }

  @Test
  void showsValuesAndWhatSettledAndWhyARowIsMissing() {
    Map<String, Difference.Values> changed = new LinkedHashMap<>();
    changed.put("country", new Difference.Values(null, ""));
    changed.put("nm", new Difference.Values("Ann\n", "Ann"));
    assertThat(
            lines(
                new VerificationReport(
                    false,
                    List.of(new TableResult("shop.u", "public.u", 3, 2, 1, 1, 1, 0, 5)),
                    List.of(
                        new Difference(
                            "public.u",
                            Map.of("id", "1"),
                            Difference.Kind.CHANGED,
                            List.of("country", "nm"),
                            1,
                            changed,
                            null),
                        new Difference(
                            "public.u",
                            Map.of("id", "2"),
                            Difference.Kind.MISSING,
                            List.of(),
                            1,
                            Map.of(),
                            "zero date in born")))))
        .containsSequence(
            "  changed public.u  id = 1  in country, nm",
            "            country  NULL | \"\"",
            "            nm       \"Ann\\n\" | \"Ann\"",
            "  missing public.u  id = 2",
            "            rejected: zero date in born",
            "5 differences were none any more when looked at again.");
  }

  /** A table that is moved to two is told apart by their names. */
  @Test
  void namesEachTargetOfATableThatIsSplit() {
    assertThat(
            lines(
                new VerificationReport(
                    false,
                    List.of(
                        new TableResult("shop.users", "public.accounts", 9, 9, 8, 1, 0, 0),
                        new TableResult("shop.users", "public.profiles", 9, 9, 8, 1, 0, 0)),
                    List.of())))
        .containsSequence(
            "  table            source  target  changed  missing  extra",
            "  public.accounts       9       9        1        0      0",
            "  public.profiles       9       9        1        0      0");
  }

  @Test
  void saysHowCloselyWasCompared() {
    List<TableResult> tables =
        List.of(new TableResult("shop.u", "public.u", 1200, 1200, 1200, 0, 0, 0, 1));
    assertThat(
            lines(
                new VerificationReport(
                    true,
                    tables,
                    List.of(),
                    VerifyRequest.builder().setLevel(VerifyRequest.Level.COUNT).build())))
        .containsExactly(
            "Both sides have as many rows. 1,200 rows in 1 table counted; no value was compared.",
            "1 difference was none any more when looked at again.");
    assertThat(
            lines(
                    new VerificationReport(
                        true,
                        tables,
                        List.of(),
                        VerifyRequest.builder()
                            .setLevel(VerifyRequest.Level.SAMPLE)
                            .setSampleRows(1000)
                            .setSeed(42)
                            .build()))
                .get(0))
        .isEqualTo(
            "What was looked at is equal. 1,200 rows of 1 table compared: of each side 1,000,"
                + " chosen by --seed 42; all where rows can't be found by key.");
  }

  @Test
  void aCountAdvisesNothingOfRowsThatItDoesNotKnow() {
    assertThat(
            lines(
                new VerificationReport(
                    false,
                    List.of(new TableResult("shop.u", "public.u", 12, 7, 7, 0, 5, 0, 0)),
                    List.of(),
                    VerifyRequest.builder().setLevel(VerifyRequest.Level.COUNT).build())))
        .endsWith(
            "",
            "What now: counting does not tell which rows differ. To name them, compare every row:",
            "  landfall verify --every -c x.yaml")
        .noneMatch(line -> line.contains("repair") || line.contains("keys"));
  }

  private static List<String> lines(VerificationReport report) {
    return new VerifyText(new Terminal(false, 80, 0, false, false))
        .lines(
            report,
            "landfall verify -c x.yaml",
            "landfall verify --every -c x.yaml",
            "landfall repair -c x.yaml");
  }
}
