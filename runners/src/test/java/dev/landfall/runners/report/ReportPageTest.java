package dev.landfall.runners.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.report.Report;
import dev.landfall.pipelines.report.Report.Some;
import dev.landfall.pipelines.report.Report.TableVerdict;
import dev.landfall.pipelines.report.Verdict.Doubt;
import dev.landfall.pipelines.report.Verdict.Outcome;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.ledger.KeptCheck;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.model.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a report comes to, and that a page of many tables can be opened. */
class ReportPageTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  private static Snapshot.Table table(int number, long rejected, long chunksDone) {
    return new Snapshot.Table(
        "shop.t" + number,
        List.of("public.t" + number),
        true,
        10,
        1,
        chunksDone,
        10,
        10 - rejected,
        0,
        rejected,
        1000,
        List.of(new Snapshot.Work(1, AT, AT.plusSeconds(2))),
        Snapshot.Verdict.NOT_VERIFIED,
        0,
        null);
  }

  private static TableVerdict verdict(int number, String level, long changed, boolean since) {
    return new TableVerdict(
        7,
        number,
        "public.t" + number,
        AT,
        10,
        10,
        10 - changed,
        changed,
        0,
        0,
        level,
        0,
        1,
        null,
        since);
  }

  private static Report report(
      List<Snapshot.Table> tables,
      List<TableVerdict> verdicts,
      long laterParts,
      @Nullable KeptCheck schema,
      @Nullable List<KeptCheck> checks) {
    return new Report(
        new Snapshot("shop", Snapshot.Phase.DONE, AT, AT.plusSeconds(60), null, null, null, tables),
        AT,
        new Report.Server("me@db:3306/shop", "MySQL 8", null),
        new Report.Server("me@pg:5432/shop", "PostgreSQL 17", null),
        new Report.Load(new Some<>(List.of(), 0), List.of(), Map.of()),
        verdicts,
        List.of(),
        laterParts,
        new Report.Rejects(List.of(), List.of()),
        Stream.concat(Stream.ofNullable(schema), checks == null ? Stream.empty() : checks.stream())
            .toList(),
        null,
        null,
        new Some<>(List.of(), 0),
        new Some<>(List.of(), 0),
        List.of(),
        new Report.Objects(List.of(), null));
  }

  private static Document page(Report report) {
    ReportDocument document =
        new ReportDocument(
            report,
            new SpecText("name: shop\n"),
            new ReportDocument.Written("me@here", "1", "17", "2.70.0"));
    return Jsoup.parse(ReportHtml.of(document, ReportJson.of(document)));
  }

  private record Case(
      String what, Report report, Outcome outcome, String headline, List<Doubt> doubts) {
    static Case of(String what, Report report, Outcome outcome, String headline, Doubt... doubts) {
      return new Case(what, report, outcome, headline, List.of(doubts));
    }
  }

  @Test
  void saysWhatToDoNextAsVerifyDoes() {
    assertThat(page(Reports.full()).select("section:has(#next-steps) tbody tr").eachText())
        .containsExactly(
            "What now: don't rely on verdicts on these columns until this is understood; please"
                + " report it with the column's types on both sides.",
            "What now: look at these keys on both sides. If the source has changed since the load,"
                + " that is why. To see what it takes to make the target agree, and to do it:"
                + " landfall repair landfall repair --execute",
            "Once they are put right, compare again with landfall verify");
    assertThat(page(Reports.empty()).select("section:has(#next-steps) tbody tr").eachText())
        .containsExactly("To compare both sides as they are now: landfall verify");
    assertThat(
            page(report(
                    List.of(table(0, 0, 1)),
                    List.of(verdict(0, "CHECKSUM", 0, false)),
                    0,
                    null,
                    null))
                .select("#next-steps"))
        .isEmpty();
  }

  @Test
  void nothingThatIsInDoubtIsCalledEqual() {
    List<Snapshot.Table> one = List.of(table(0, 0, 1));
    List<TableVerdict> equal = List.of(verdict(0, "CHECKSUM", 0, false));
    KeptCheck other =
        Reports.kept(
            CheckResult.of(
                CheckResult.TARGET,
                "schema",
                List.of(Finding.of("KEY", new TableName("public", "t"), "t_pkey", "a key", null)),
                List.of()));
    KeptCheck failed =
        Reports.kept(
            new CheckResult(
                "SPEC", "c", CheckResult.Outcome.FAILED, "no", List.of(), 0, List.of()));
    for (Case test :
        List.of(
            Case.of("equal", report(one, equal, 0, null, null), Outcome.EQUAL, "Equal"),
            Case.of(
                "counted",
                report(one, List.of(verdict(0, "COUNT", 0, false)), 0, null, null),
                Outcome.EQUAL,
                "Equal in number"),
            Case.of(
                "sampled",
                report(one, List.of(verdict(0, "SAMPLE", 0, false)), 0, null, null),
                Outcome.EQUAL,
                "Equal in a sample"),
            Case.of(
                "a level of later days",
                report(one, List.of(verdict(0, "BETTER", 0, false)), 0, null, null),
                Outcome.EQUAL,
                "Equal in a sample"),
            Case.of(
                "never",
                report(one, List.of(), 0, null, null),
                Outcome.NOT_VERIFIED,
                "Not verified",
                Doubt.NOT_COMPARED),
            Case.of(
                "one of two",
                report(List.of(table(0, 0, 1), table(1, 0, 1)), equal, 0, null, null),
                Outcome.PARTLY,
                "Partly verified",
                Doubt.NOT_COMPARED),
            Case.of(
                "not loaded",
                report(List.of(table(0, 0, 0)), equal, 0, null, null),
                Outcome.PARTLY,
                "Partly verified",
                Doubt.NOT_LOADED),
            Case.of(
                "loaded since",
                report(one, List.of(verdict(0, "FULL", 0, true)), 0, null, null),
                Outcome.PARTLY,
                "Partly verified",
                Doubt.LOADED_SINCE),
            Case.of(
                "rows",
                report(one, List.of(verdict(0, "FULL", 1, false)), 0, null, null),
                Outcome.DIFFERENT,
                "Different"),
            Case.of(
                "a part",
                report(one, equal, 3, null, null),
                Outcome.DIFFERENT,
                "Different",
                Doubt.LATER_PARTS),
            Case.of(
                "schema",
                report(one, equal, 0, other, null),
                Outcome.DIFFERENT,
                "Different",
                Doubt.SCHEMA),
            Case.of(
                "a check that could not be asked",
                report(one, equal, 0, null, List.of(failed)),
                Outcome.DIFFERENT,
                "Different",
                Doubt.CHECKS),
            Case.of(
                "rejects beside a sample",
                report(
                    List.of(table(0, 2, 1)),
                    List.of(verdict(0, "SAMPLE", 0, false)),
                    0,
                    null,
                    null),
                Outcome.DIFFERENT,
                "Different",
                Doubt.REJECTS))) {
      assertThat(test.report().verdict().outcome()).as(test.what()).isEqualTo(test.outcome());
      assertThat(test.report().verdict().doubts()).as(test.what()).isEqualTo(test.doubts());
      Document page = page(test.report());
      assertThat(page.select(".headline").text()).as(test.what()).isEqualTo(test.headline());
      assertThat(page.select(".verdict").hasClass("good"))
          .as(test.what())
          .isEqualTo(test.outcome() == Outcome.EQUAL);
    }
  }

  @Test
  void ofManyTablesThoseThatSaySomethingComeFirst() {
    List<Snapshot.Table> tables = new ArrayList<>();
    IntStream.range(0, 5000).forEach(i -> tables.add(table(i, 0, 1)));
    List<TableVerdict> verdicts =
        IntStream.range(0, 5000)
            .mapToObj(i -> verdict(i, "CHECKSUM", i % 1000 == 999 ? 1 : 0, false))
            .toList();
    ReportDocument document =
        new ReportDocument(
            report(tables, verdicts, 0, null, null),
            new SpecText(""),
            new ReportDocument.Written("me@here", "1", "17", "2.70.0"));

    String html = ReportHtml.of(document, ReportJson.of(document));

    assertThat(html.length()).isLessThan(5_000_000);
    Document page = Jsoup.parse(html);
    assertThat(page.select("section:has(#tables) > .scroll tbody th[scope=row]").eachText())
        .containsExactly("shop.t999", "shop.t1999", "shop.t2999", "shop.t3999", "shop.t4999");
    assertThat(page.select("section:has(#tables) > details summary").text())
        .isEqualTo("4,995 more target tables");
    assertThat(page.select("section:has(#tables) > details tbody tr")).hasSize(4995);
    assertThat(page.select(".legend li").eachText())
        .containsExactly("4,995 equal", "5 different", "0 not compared");
  }
}
