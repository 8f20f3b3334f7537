package dev.landfall.runners.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.pipelines.report.Proof;
import dev.landfall.pipelines.report.Report;
import dev.landfall.pipelines.report.Report.Rejects;
import dev.landfall.pipelines.report.Report.TableVerdict;
import dev.landfall.pipelines.report.Verdict;
import dev.landfall.runners.document.CheckDocument;
import dev.landfall.runners.document.Documents;
import dev.landfall.runners.document.StatusDocument;
import dev.landfall.runners.document.TableNames;
import dev.landfall.runners.document.TableNames.Named;
import dev.landfall.runners.document.TableRows;
import dev.landfall.runners.view.RejectedRows;
import dev.landfall.runners.view.WholeVerdict;
import dev.landfall.transforms.check.Finding.Severity;
import dev.landfall.transforms.ledger.KeptCheck;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.model.SchemaObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A report as a document. What was never looked at is null. */
public record ReportJson(
    String migration,
    Instant taken,
    Conclusion verdict,
    Snapshot.Phase phase,
    @Nullable String holder,
    Instant begun,
    Report.Server source,
    Report.Server target,
    List<Table> tables,
    long runCount,
    List<Report.Run> runs,
    List<Report.Part> loadedOverTime,
    List<Named> differences,
    long laterParts,
    Rejected rejects,
    List<Named> dispositions,
    @Nullable Schema schema,
    @Nullable List<CheckDocument> checks,
    @Nullable SelfTest selfTest,
    @Nullable List<Report.Repair> repairs,
    long verifications,
    List<Report.Verification> history,
    List<String> warnings,
    List<String> broken,
    long eventCount,
    List<Report.Event> events,
    @Nullable List<SchemaObject> objects,
    @Nullable String objectsUnknown,
    List<String> mapping,
    Spec spec,
    ReportDocument.Written written) {
  /** The document, with the end of its line. */
  public static String of(ReportDocument document) {
    Report report = document.report();
    Snapshot snapshot = report.snapshot();
    TableNames names = TableNames.of(snapshot);
    return Documents.line(
            new ReportJson(
                snapshot.migration(),
                snapshot.taken(),
                Conclusion.of(report),
                snapshot.phase(),
                snapshot.holder(),
                report.created(),
                report.source(),
                report.target(),
                tables(report),
                report.load().runs().all(),
                report.load().runs().shown(),
                report.load().parts(),
                report.differences().stream()
                    .map(d -> new Named(names.ofTarget(d.table()), RowDifference.of(d)))
                    .toList(),
                report.laterParts(),
                Rejected.of(report, names),
                StatusDocument.dispositions(snapshot),
                Schema.of(report.schema(), names),
                report.checks().isEmpty()
                    ? null
                    : report.checks().stream().map(CheckDocument::of).toList(),
                SelfTest.of(report.selfTest()),
                report.repairs(),
                report.history().all(),
                report.history().shown(),
                snapshot.warnings(),
                snapshot.broken(),
                report.events().all(),
                report.events().shown(),
                report.objects().known(),
                report.objects().unknown(),
                report.mapping(),
                new Spec(document.spec().fingerprint(), document.spec().text()),
                document.written()))
        + "\n";
  }

  /** What it all comes to. */
  record Conclusion(
      Verdict.Outcome outcome,
      String sentence,
      List<String> leftOut,
      List<Verdict.Level> levels,
      long tables,
      long rows,
      long differences,
      @Nullable Instant oldest,
      @Nullable Instant newest,
      List<Verdict.Doubt> doubts) {
    static Conclusion of(Report report) {
      Verdict verdict = report.verdict();
      return new Conclusion(
          verdict.outcome(),
          WholeVerdict.of(report).rest(),
          WholeVerdict.leftOut(report),
          verdict.levels(),
          verdict.tables(),
          verdict.rows(),
          verdict.differences(),
          verdict.oldest().orElse(null),
          verdict.newest().orElse(null),
          verdict.doubts());
    }
  }

  /** A source table with the verdicts on its target tables. */
  record Table(@JsonUnwrapped TableRows rows, List<TableVerdict> verdicts) {}

  private static List<Table> tables(Report report) {
    Map<Integer, List<TableVerdict>> verdicts = report.verdictsByTable();
    return IntStream.range(0, report.snapshot().tables().size())
        .mapToObj(
            i -> {
              List<TableVerdict> found = verdicts.getOrDefault(i, List.of());
              return new Table(
                  TableRows.of(
                      report.snapshot().tables().get(i),
                      report.load().seconds().getOrDefault(i, 0.0),
                      Documents.words(Report.verified(found).name()),
                      found.stream().mapToLong(TableVerdict::differences).sum()),
                  found);
            })
        .toList();
  }

  /** Rows that could not be loaded. */
  record Rejected(long rows, List<Named> reasons, List<Named> first) {
    static Rejected of(Report report, TableNames names) {
      return new Rejected(
          RejectedRows.in(report.snapshot()),
          names.ofSource(report.rejects().reasons(), Rejects.Reason::table),
          names.ofSource(report.rejects().rows(), Rejects.Row::table));
    }
  }

  /** The schema's comparison, with the numbers of its findings by what they mean. */
  record Schema(
      boolean asPromised,
      long run,
      Instant finished,
      long different,
      long known,
      long more,
      List<CheckDocument.Definition> findings,
      List<String> notes) {
    static @Nullable Schema of(@Nullable KeptCheck schema, TableNames names) {
      return schema == null
          ? null
          : new Schema(
              schema.result().holds(),
              schema.run(),
              schema.finished(),
              schema.count(Severity.DIFFERENT),
              schema.count(Severity.KNOWN),
              schema.count(Severity.MORE),
              CheckDocument.Definition.of(schema.result(), names),
              schema.result().notes());
    }
  }

  /** A row that differs. */
  record RowDifference(
      Map<String, @Nullable String> key,
      Difference.Kind kind,
      List<String> columns,
      long copies,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Difference.Values> values,
      @Nullable String reject) {
    static RowDifference of(Difference d) {
      return new RowDifference(d.key(), d.kind(), d.columns(), d.copies(), d.values(), d.reject());
    }
  }

  /** The newest sensitivity proof. */
  record SelfTest(boolean passed, long run, List<Proof.TestedTable> tables, List<Case> cases) {
    /** One fault, or one change that is none. */
    record Case(
        String target,
        List<String> columns,
        @Nullable String type,
        String fault,
        String wanted,
        String found,
        boolean passed) {
      static Case of(SelfTestReport.Case c) {
        return new Case(
            c.table(), c.columns(), c.type(), c.fault(), c.expected(), c.found(), c.passed());
      }
    }

    static @Nullable SelfTest of(@Nullable Proof proof) {
      return proof == null
          ? null
          : new SelfTest(
              proof.passed(),
              proof.run(),
              proof.tables(),
              proof.cases().stream().map(Case::of).toList());
    }
  }

  /** The spec without its secrets. */
  record Spec(String sha256, String text) {}
}
