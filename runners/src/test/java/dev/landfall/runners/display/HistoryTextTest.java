package dev.landfall.runners.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.api.Reconciliation;
import dev.landfall.pipelines.api.Slice;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.runners.document.Documents;
import dev.landfall.runners.document.HistoryDocument;
import dev.landfall.runners.document.VerificationDocument;
import dev.landfall.transforms.ledger.HistoryEntry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTextTest {
  private static final Terminal PLAIN = new Terminal(false, 120, 0, false, false);
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private static final List<HistoryEntry> ENTRIES =
      List.of(
          new HistoryEntry(
              9L,
              "verify",
              START,
              START.plusSeconds(75),
              "DONE",
              "me@here",
              "CHECKSUM",
              "1/24",
              1_234_567L,
              3L,
              1L,
              null,
              "FAILED",
              "https://h/***: no connection, 4 times"),
          new HistoryEntry(
              null,
              "verify",
              START,
              START.plusSeconds(2),
              "UNREACHABLE",
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              "The source can't be reached.\nDetails"),
          new HistoryEntry(
              8L,
              "verify",
              START,
              START.plusSeconds(9),
              "DONE",
              "me@here",
              "CHECKSUM",
              null,
              10L,
              0L,
              0L,
              2L,
              null,
              null),
          new HistoryEntry(
              7L, "migrate", START, null, null, "me@here", null, null, null, null, null, null, null,
              null));

  @Test
  void hasALineForEachRun() {
    assertThat(new HistoryText(PLAIN).lines("shop", ENTRIES))
        .containsExactly(
            "  started (UTC)        took  command  of         rows  diff  new  settled  outcome",
            "  2026-03-01 10:00:00  1:15  verify   1/24  1,234,567     3    1           differ, alarm"
                + " not told",
            "    https://h/***: no connection, 4 times",
            "  2026-03-01 10:00:00    2s  verify                                        unreachable",
            "    The source can't be reached.",
            "  2026-03-01 10:00:00    9s  verify   all          10     0    0        2  equal",
            "  2026-03-01 10:00:00        migrate                                       not ended");
    assertThat(new HistoryText(new Terminal(true, 60, 24, false, false)).lines("shop", ENTRIES))
        .startsWith(
            "  started (UTC)        command  diff  outcome",
            "  2026-03-01 10:00:00  verify      3  differ, alarm not told");
  }

  @Test
  void saysThatThereIsNone() {
    assertThat(new HistoryText(PLAIN).lines("shop", List.of()))
        .containsExactly("Migration shop has had no run yet.");
  }

  @Test
  void hasADocument() {
    assertThat(Documents.line(new HistoryDocument("shop", ENTRIES.subList(0, 2))))
        .isEqualTo(
            "{\"migration\":\"shop\",\"runs\":["
                + "{\"run\":9,\"command\":\"verify\",\"started\":\"2026-03-01T10:00:00Z\","
                + "\"ended\":\"2026-03-01T10:01:15Z\",\"outcome\":\"done\",\"holder\":\"me@here\","
                + "\"level\":\"checksum\",\"slice\":\"1/24\",\"rowsCompared\":1234567,"
                + "\"differences\":3,\"newDifferences\":1,\"settledDifferences\":null,"
                + "\"alarm\":\"failed\",\"message\":\"https://h/***: no connection, 4 times\"},"
                + "{\"run\":null,\"command\":\"verify\",\"started\":\"2026-03-01T10:00:00Z\","
                + "\"ended\":\"2026-03-01T10:00:02Z\",\"outcome\":\"unreachable\",\"holder\":null,"
                + "\"level\":null,\"slice\":null,\"rowsCompared\":null,\"differences\":null,"
                + "\"newDifferences\":null,\"settledDifferences\":null,\"alarm\":null,"
                + "\"message\":\"The source can't be reached.\\nDetails\"}]}");
  }

  private static VerificationReport slice(boolean finished) {
    return new VerificationReport(true, List.of(), List.of())
        .with(
            new Reconciliation(
                9,
                0,
                new Reconciliation.Pass(
                    Slice.parse("1/24"),
                    START,
                    finished ? 1 : 0.25,
                    finished,
                    List.of(
                        new Reconciliation.Range("shop.a", List.of("id"), List.of("7"), null),
                        new Reconciliation.Range(
                            "shop.b", List.of("x", "y"), null, List.of("1", "2")),
                        new Reconciliation.Range("shop.c", List.of(), null, null)),
                    finished ? List.of() : List.of("public.d"))));
  }

  @Test
  void saysWhatASliceLookedAt() {
    assertThat(new PassText(new Style(PLAIN)).lines(slice(false)))
        .containsExactly(
            "This run looked at a slice of 1/24:",
            "  shop.a  id from 7 to the end",
            "  shop.b  x, y below 1, 2",
            "  shop.c  whole",
            "Not compared by this run: public.d.",
            "The pass that began at 2026-03-01 10:00 UTC has come through about 25 %.");
    assertThat(new PassText(new Style(PLAIN)).lines(slice(true)))
        .endsWith("The pass is finished: since 2026-03-01 10:00 UTC everything was compared.");
    assertThat(Documents.line(VerificationDocument.of(slice(false), null)))
        .isEqualTo(
            "{\"equal\":true,\"run\":9,\"newDifferences\":0,\"pass\":{\"slice\":\"1/24\","
                + "\"began\":\"2026-03-01T10:00:00Z\",\"share\":0.25,\"finished\":false,"
                + "\"compared\":[{\"table\":\"shop.a\",\"sourceTable\":\"shop.a\",\"key\":[\"id\"],\"from\":[\"7\"],"
                + "\"below\":null},{\"table\":\"shop.b\",\"sourceTable\":\"shop.b\",\"key\":[\"x\",\"y\"],\"from\":null,"
                + "\"below\":[\"1\",\"2\"]},{\"table\":\"shop.c\",\"sourceTable\":\"shop.c\",\"key\":[],\"from\":null,"
                + "\"below\":null}],\"notCompared\":[\"public.d\"]},\"tables\":[],"
                + "\"differences\":[],\"level\":\"checksum\",\"looks\":1,\"schema\":null,"
                + "\"checks\":[]}");
  }
}
