package dev.landfall.runners.report;

import static dev.landfall.runners.report.Reports.AT;
import static dev.landfall.runners.report.Reports.key;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.api.ClusterJob;
import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.api.Reconciliation;
import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.pipelines.api.SchemaText;
import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.pipelines.api.Slice;
import dev.landfall.pipelines.api.TableResult;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.runners.display.Snapshots;
import dev.landfall.runners.document.CommandDocument;
import dev.landfall.runners.document.Documents;
import dev.landfall.runners.document.HistoryDocument;
import dev.landfall.runners.document.RejectsDocument;
import dev.landfall.runners.document.RepairDocument;
import dev.landfall.runners.document.SchemaDocument;
import dev.landfall.runners.document.SelfTestDocument;
import dev.landfall.runners.document.StatusDocument;
import dev.landfall.runners.document.VerificationDocument;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.catalog.OddCount;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.check.Finding.Severity;
import dev.landfall.transforms.ledger.Alarm;
import dev.landfall.transforms.ledger.HistoryEntry;
import dev.landfall.transforms.ledger.NewestRun;
import dev.landfall.transforms.ledger.RejectList;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Step;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.SchemaObject;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Each document as it was when somebody's program first read it: names, their order, numbers as
 * numbers, nulls where they are, each control character escaped as it was. Whoever adds a field
 * adds it to {@code documents.txt}.
 */
class DocumentsTest {
  private static final String ODD = "\u0000\u0007\u001b[31m\u007f\u2028 \"é\" \\ </script> 😀\n\t";

  private static final List<TableResult> TABLES =
      List.of(
          new TableResult("shop.users", "public.accounts", 10, 9, 8, 1, 1, 0, 2),
          new TableResult("shop.users", "public.profiles", 10, 11, 10, 0, 0, 1));

  private static final VerificationReport ROWS =
      new VerificationReport(
          false,
          TABLES,
          List.of(
              new Difference(
                  "public.accounts",
                  key("id", "7", "part", null),
                  Difference.Kind.CHANGED,
                  List.of("name"),
                  1,
                  Map.of("name", new Difference.Values(ODD, null)),
                  null),
              new Difference(
                  "public.accounts",
                  key("id", "8"),
                  Difference.Kind.MISSING,
                  List.of(),
                  1,
                  Map.of(),
                  "zero date in born"),
              new Difference("nowhere", key(), Difference.Kind.EXTRA, List.of())),
          VerifyRequest.builder().setLevel(VerifyRequest.Level.FULL).setLooks(3).build(),
          List.of(),
          null,
          Map.of("shop.users", "a float"),
          Map.of());

  private static Map<String, String> documents() {
    Map<String, String> documents = new LinkedHashMap<>();
    Snapshot snapshot = Reports.full().snapshot();
    documents.put("status", Documents.line(StatusDocument.of(snapshot)));
    documents.put(
        "status of a run",
        Documents.line(
            StatusDocument.of(
                new Snapshot(
                    ODD,
                    Snapshot.Phase.BACKFILL,
                    AT,
                    AT.plusSeconds(60),
                    "me@here",
                    "! waiting",
                    new Snapshot.Job("http://f:8081", "abc", "landfall-shop"),
                    List.of(Snapshots.active("users", 1_000_000_000_000L, 7, 3, 12)),
                    List.of(),
                    List.of(),
                    List.of(),
                    new Step.State(Step.Kind.SELF_TEST, AT, 1, 2, 3, 4),
                    new NewestRun(false, List.of())))));
    documents.put(
        "status of nothing", Documents.line(StatusDocument.of(Reports.empty().snapshot())));
    verifications(documents);
    documents.put(
        "schema",
        Documents.line(
            SchemaDocument.of(
                new SchemaText(
                    "CREATE TABLE a ();\n",
                    "",
                    List.of(
                        new SchemaObject(
                            SchemaObject.Kind.PRIMARY_KEY,
                            "p",
                            SchemaObject.Outcome.SAME,
                            "",
                            null),
                        new SchemaObject(
                            SchemaObject.Kind.VIEW,
                            "v",
                            SchemaObject.Outcome.LEFT,
                            "do",
                            "SELECT 1")),
                    List.of(
                        new OddCount(
                            new TableName("shop", "users"),
                            "born",
                            OddValue.ZERO_DATE,
                            3,
                            new Policy(Policy.Outcome.VALUE, "1970-01-01"))),
                    List.of("shop.users: a column")),
                "pre")));
    documents.put(
        "schema alone", Documents.line(SchemaDocument.of(new SchemaText("", "", List.of()), null)));
    documents.put(
        "job",
        Documents.line(
            new CommandDocument.Submitted(
                new ClusterJob("http://f:8081", "abc", "landfall-shop"))));
    documents.put("cancelled", Documents.line(new CommandDocument.Cancelled("me@here")));
    documents.put("nothing cancelled", Documents.line(new CommandDocument.Cancelled(null)));
    documents.put("demo", Documents.line(new CommandDocument.DemoStopped(true)));
    documents.put(
        "error",
        Documents.line(CommandDocument.Failed.of(MigrationException.Kind.UNREACHABLE, ODD, 5)));
    documents.put("unexpected error", Documents.line(CommandDocument.Failed.of(null, "what", 1)));
    documents.put(
        "history",
        Documents.line(
            new HistoryDocument(
                "shop",
                List.of(
                    new HistoryEntry(
                        9L, "verify", AT, AT, "DONE", "me", "FULL", "1/24", 5L, 3L, 1L, 2L,
                        "FAILED", "no"),
                    new HistoryEntry(
                        null, "migrate", AT, null, null, null, null, null, null, null, null, null,
                        null, null)))));
    documents.put("alarm", Documents.line(alarm("1/24")));
    documents.put("alarm of all", Documents.line(alarm(null)));
    repairs(documents);
    documents.put(
        "rejects",
        Documents.line(
            RejectsDocument.of(
                snapshot,
                new RejectList(
                    1,
                    1,
                    List.of(
                        new RejectList.Row(
                            "shop.users", key("id", "8"), "born", "zero date", "0000", AT, AT, 9L),
                        new RejectList.Row(
                            "shop.gone", key("id", null), null, "no", null, AT, null, null))))));
    documents.put("no rejects", Documents.line(RejectsDocument.of(snapshot, RejectList.NONE)));
    documents.put(
        "self-test",
        Documents.line(
            SelfTestDocument.of(
                new SelfTestReport(
                    List.of(new SelfTestReport.Table("public.users", 10, 2)),
                    List.of(
                        new SelfTestReport.Case(
                            "public.users",
                            List.of("a", "b"),
                            "int",
                            "bit",
                            "changed",
                            "nothing",
                            false),
                        new SelfTestReport.Case(
                            "public.users", List.of(), null, "row", "missing", "missing", true)),
                    List.of(new SelfTestReport.Unexpected("public.users", "extra")),
                    List.of(
                        new SelfTestReport.NotSeeded(
                            "public.users", List.of("c"), "bit", "none"))))));
    documents.put("report", ReportJson.of(Reports.document(Reports.full())).strip());
    documents.put("report of nothing", ReportJson.of(Reports.document(Reports.empty())).strip());
    return documents;
  }

  private static void verifications(Map<String, String> documents) {
    documents.put("verification", Documents.line(VerificationDocument.of(ROWS, AT)));
    documents.put(
        "verification with conditions",
        Documents.line(
            VerificationDocument.of(
                ROWS.with(
                    List.of(
                        CheckResult.of(
                            CheckResult.TARGET,
                            "schema",
                            List.of(
                                Finding.of(
                                        "FOREIGN_KEY",
                                        new TableName("public", "accounts"),
                                        "fk",
                                        "FOREIGN KEY (a)",
                                        null)
                                    .as(Severity.KNOWN, "rows"),
                                Finding.of(
                                        "SOURCE_TABLE",
                                        new TableName("shop", "users"),
                                        "users",
                                        null,
                                        "more")
                                    .as(Severity.MORE, null)),
                            List.of("a note")),
                        CheckResult.held("SPEC", "c"),
                        CheckResult.broken(
                            "SPEC",
                            "d",
                            "2 rows",
                            2,
                            List.of(
                                Finding.ofRow("IN_TARGET", key("id", "1"), "n", null, "2"),
                                Finding.ofRow("EXTRA", key(), null, null, null))))),
                null)));
    documents.put(
        "verification of a slice",
        Documents.line(
            VerificationDocument.of(
                new VerificationReport(true, List.of(), List.of())
                    .with(
                        new Reconciliation(
                            9,
                            0,
                            new Reconciliation.Pass(
                                Slice.parse("1/24"),
                                AT,
                                0.1,
                                false,
                                List.of(
                                    new Reconciliation.Range(
                                        "shop.a", List.of("id"), List.of("7"), null),
                                    new Reconciliation.Range(
                                        "shop.b", List.of(), null, List.of("1", "2"))),
                                List.of("public.d")))),
                null)));
    documents.put(
        "verification beside others",
        Documents.line(
            VerificationDocument.of(
                new VerificationReport(true, List.of(), List.of())
                    .with(new Reconciliation(9, 4, null)),
                null)));
    documents.put(
        "verification of a sample",
        Documents.line(
            VerificationDocument.of(
                new VerificationReport(
                    true,
                    List.of(),
                    List.of(),
                    VerifyRequest.builder()
                        .setLevel(VerifyRequest.Level.SAMPLE)
                        .setSampleRows(50)
                        .setSeed(-3)
                        .build()),
                null)));
  }

  private static Alarm alarm(@Nullable String slice) {
    return new Alarm(
        "shop",
        9,
        AT,
        AT.plusSeconds(2),
        slice,
        3,
        1000,
        4,
        2,
        List.of(new Alarm.Difference("shop.users", "public.users", "{\"id\": \"7\"}", "MISSING")));
  }

  private static void repairs(Map<String, String> documents) {
    RepairReport.Table table =
        new RepairReport.Table(
            "shop.users",
            "public.users",
            Map.of(Action.UPDATED, 2L, Action.LEFT, 1L),
            5,
            Map.of(Action.UPDATED, "UPDATE \"users\" SET a = ?"));
    documents.put(
        "repair",
        Documents.line(
            RepairDocument.of(
                new RepairReport(
                    true,
                    false,
                    AT,
                    List.of(table),
                    List.of(
                        new RepairReport.Key("public.users", key("id", "1"), Action.UPDATED, null),
                        new RepairReport.Key(
                            "public.other", key("id", null), Action.LEFT, "extra")),
                    List.of("slow")))));
    List<RepairReport.Key> many = new ArrayList<>();
    for (int i = 0; i < 1_003; i++) {
      many.add(
          new RepairReport.Key(
              "public.users", key("id", "" + i), i == 1_002 ? Action.FAILED : Action.UPDATED, "r"));
    }
    String text =
        Documents.line(
            RepairDocument.of(new RepairReport(false, true, AT, List.of(), many, List.of())));
    assertThat(text).contains("\"id\":\"998\"").doesNotContain("\"id\":\"999\"");
    documents.put(
        "repair of many keys",
        text.replaceAll(
            "\\{\"table\":\"public.users\"[^}]*\\{\"id\":\"\\d+\"\\}[^}]*updated[^}]*\\},?", "."));
  }

  @Test
  void areWhatTheyWere() throws IOException {
    StringBuilder text = new StringBuilder();
    documents().forEach((name, json) -> text.append(name).append(": ").append(json).append('\n'));
    try (InputStream known = DocumentsTest.class.getResourceAsStream("documents.txt")) {
      assertThat(known).isNotNull();
      assertThat(text.toString().split("\n", -1))
          .containsExactly(new String(known.readAllBytes(), UTF_8).split("\n", -1));
    }
  }
}
