package dev.landfall.runners.report;

import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.pipelines.report.Proof;
import dev.landfall.pipelines.report.Report;
import dev.landfall.pipelines.report.Report.Some;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.check.Finding.Severity;
import dev.landfall.transforms.ledger.KeptCheck;
import dev.landfall.transforms.ledger.NewestRun;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.model.SchemaObject;
import dev.landfall.transforms.model.TableName;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports for tests. */
final class Reports {
  static final Instant AT = Instant.parse("2026-03-01T10:00:00.5Z");

  private static final String ODD = "\u0000\u0007\u001b[31m\u007f\u2028 \"é\" \\ </script> 😀\n\t";

  private Reports() {}

  static Map<String, @Nullable String> key(@Nullable String... namesAndValues) {
    Map<String, @Nullable String> key = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      key.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return key;
  }

  private static Snapshot snapshot() {
    return new Snapshot(
        "shop",
        Snapshot.Phase.DONE,
        AT,
        AT.plusSeconds(60),
        "me@here",
        null,
        null,
        List.of(
            new Snapshot.Table(
                "shop.users",
                List.of("public.accounts", "public.profiles"),
                true,
                1100,
                3,
                3,
                1000,
                990,
                7,
                3,
                123_456,
                List.of(new Snapshot.Work(1, AT, AT.plusSeconds(2))),
                Snapshot.Verdict.DIFFERENT,
                4,
                new Snapshot.Compared(AT.plusSeconds(5), "SAMPLE", 4)),
            new Snapshot.Table(
                "shop.new",
                List.of("public.new"),
                false,
                10,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                List.of(),
                Snapshot.Verdict.NOT_VERIFIED,
                0,
                null)),
        List.of(
            new Snapshot.Disposition(
                "shop.users",
                "public.accounts",
                "born",
                "zero date → NULL",
                5,
                List.of("{\"id\": \"7\"}", "{\"id\": \"9\"}"))),
        List.of("foreign key fk was not made"),
        List.of("the schema"),
        null,
        new NewestRun(true, List.of()));
  }

  /** A check as the ledger keeps it, all of its findings shown. */
  static KeptCheck kept(CheckResult result) {
    Map<Severity, Long> counts = new EnumMap<>(Severity.class);
    result.findings().forEach(finding -> counts.merge(finding.severity(), 1L, Long::sum));
    return new KeptCheck(result, 7, AT, true, counts);
  }

  /** One that has something of everything. */
  static Report full() {
    Map<String, Difference.Values> values = new LinkedHashMap<>();
    values.put("name", new Difference.Values(ODD, null));
    values.put("age", new Difference.Values("1", "2"));
    return new Report(
        snapshot(),
        AT.minusSeconds(9),
        new Report.Server("me@db:3306/shop", "MySQL 8", null),
        new Report.Server("me@pg:5432/shop", null, "refused"),
        new Report.Load(
            new Some<>(
                List.of(
                    new Report.Run(
                        1,
                        "migrate",
                        "me@here",
                        AT,
                        AT.plusSeconds(9),
                        "DONE",
                        AT.plusSeconds(1),
                        AT.plusSeconds(3),
                        990,
                        123_456,
                        AT.plusSeconds(5)),
                    new Report.Run(2, "verify", "me@here", AT, null, null, null, null, 0, 0, null)),
                12),
            List.of(new Report.Part(1, 0, 500, 60_000), new Report.Part(1, 59, 490, 63_456)),
            Map.of(0, 2.25)),
        List.of(
            new Report.TableVerdict(
                7, 0, "public.accounts", AT, 997, 994, 990, 1, 3, 0, "SAMPLE", 2, 2, "42", false),
            new Report.TableVerdict(
                7,
                0,
                "public.profiles",
                AT.plusSeconds(1),
                997,
                997,
                997,
                0,
                0,
                0,
                "CHECKSUM",
                0,
                1,
                null,
                true)),
        List.of(
            new Difference(
                "public.accounts",
                key("id", "7", "part", null),
                Difference.Kind.CHANGED,
                List.of("name", "age"),
                1,
                values,
                null),
            new Difference(
                "public.elsewhere",
                key("id", "8"),
                Difference.Kind.MISSING,
                List.of(),
                3,
                Map.of(),
                "zero date in born, and more")),
        2,
        new Report.Rejects(
            List.of(
                new Report.Rejects.Reason("shop.users", "born", "zero date", 2),
                new Report.Rejects.Reason("shop.users", null, "no idea", 1)),
            List.of(
                new Report.Rejects.Row(
                    "shop.users", key("id", "8"), "born", "zero date", "0000-00-00"),
                new Report.Rejects.Row("shop.users", key("id", "9"), null, "no idea", null))),
        List.of(
            kept(
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
                            .as(Severity.DIFFERENT, "dropped"),
                        Finding.of(
                                "SOURCE_COLUMN",
                                new TableName("shop", "users"),
                                "later",
                                null,
                                "int")
                            .as(Severity.MORE, null)),
                    List.of("views were not looked at"))),
            kept(CheckResult.held("SPEC", "held")),
            kept(
                CheckResult.broken(
                    "SPEC",
                    "broken",
                    "2 rows",
                    2,
                    List.of(
                        Finding.ofRow("IN_SOURCE", key("id", "1"), null, null, null),
                        Finding.ofRow("CHANGED", key("id", "2"), "sum", "1.0", null))))),
        new Proof(
            7,
            List.of(new Proof.TestedTable("public.accounts", 4, 3, 7)),
            List.of(
                new SelfTestReport.Case(
                    "public.accounts", List.of("name"), "text", "bit", "changed", "nothing", false),
                new SelfTestReport.Case(
                    "public.accounts", List.of(), null, "row lost", "missing", "missing", true))),
        List.of(
            new Report.Repair("public.accounts", "UPDATED", 3, AT, true),
            new Report.Repair("public.profiles", "DELETED", 1, AT, false)),
        new Some<>(
            List.of(
                new Report.Verification(
                    7, "verify", AT, AT.plusSeconds(1), "SAMPLE", 2, 1994, 1991, 4, 2)),
            5),
        new Some<>(
            List.of(
                new Report.Event(AT, 1L, "OUTAGE", "the source was gone"),
                new Report.Event(AT, null, "NOTE", ODD)),
            8),
        List.of("shop.users → public.accounts"),
        new Report.Objects(
            List.of(
                new SchemaObject(
                    SchemaObject.Kind.TRIGGER,
                    "t",
                    SchemaObject.Outcome.LEFT,
                    "write it",
                    "BEGIN END"),
                new SchemaObject(
                    SchemaObject.Kind.TABLE, "users", SchemaObject.Outcome.SAME, "", null)),
            null));
  }

  /** One of a migration of which nothing is known but that it was begun. */
  static Report empty() {
    return new Report(
        new Snapshot("none", Snapshot.Phase.NEW, null, AT, null, null, null, List.of()),
        AT,
        new Report.Server("a", null, null),
        new Report.Server("b", null, null),
        new Report.Load(new Some<>(List.of(), 0), List.of(), Map.of()),
        List.of(),
        List.of(),
        0,
        new Report.Rejects(List.of(), List.of()),
        List.of(),
        null,
        null,
        new Some<>(List.of(), 0),
        new Some<>(List.of(), 0),
        List.of(),
        new Report.Objects(null, "no way"));
  }

  /** A report of that as it is written. */
  static ReportDocument document(Report report) {
    return new ReportDocument(
        report,
        new SpecText("name: shop\n"),
        new ReportDocument.Written("me@here", "1", "17", "2.70.0"));
  }
}
