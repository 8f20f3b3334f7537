package dev.landfall.runners.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.api.Reconciliation;
import dev.landfall.pipelines.api.Slice;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.runners.document.TableNames.Named;
import dev.landfall.runners.document.TableNames.Names;
import dev.landfall.runners.document.TableNames.SourceNames;
import dev.landfall.transforms.check.CheckResult;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code verify} says.
 *
 * @param started when it began, null where whoever asked for it knows
 * @param schema null where it was not looked at
 */
public record VerificationDocument(
    @JsonInclude(Include.NON_NULL) @Nullable Instant started,
    boolean equal,
    @JsonInclude(Include.NON_NULL) @Nullable Long run,
    @JsonInclude(Include.NON_NULL) @Nullable Long newDifferences,
    @JsonInclude(Include.NON_NULL) @Nullable Pass pass,
    List<Named> tables,
    @JsonInclude(Include.NON_EMPTY) List<Named> rowsRead,
    @JsonInclude(Include.NON_EMPTY) List<Named> rowsFiltered,
    List<Named> differences,
    VerifyRequest.Level level,
    int looks,
    @JsonInclude(Include.NON_NULL) @Nullable Long sampleRows,
    @JsonInclude(Include.NON_NULL) @Nullable Long seed,
    @Nullable Schema schema,
    List<CheckDocument> checks) {
  /** A slice and the pass that it is of. */
  public record Pass(
      Slice slice,
      Instant began,
      double share,
      boolean finished,
      List<Range> compared,
      List<String> notCompared) {
    static @Nullable Pass of(@Nullable Reconciliation seen) {
      Reconciliation.Pass pass = seen == null ? null : seen.pass();
      return pass == null
          ? null
          : new Pass(
              pass.slice(),
              pass.began(),
              pass.share(),
              pass.finished(),
              pass.ranges().stream()
                  .map(r -> new Range(SourceNames.of(r.table()), r.key(), r.start(), r.end()))
                  .toList(),
              pass.notCompared());
    }
  }

  /** Part of a table; an end that is open is null. */
  public record Range(
      @JsonUnwrapped SourceNames names,
      List<String> key,
      @Nullable List<String> from,
      @Nullable List<String> below) {}

  /** What the schema's comparison found. */
  public record Schema(
      boolean asPromised, List<CheckDocument.Definition> findings, List<String> notes) {
    static @Nullable Schema of(@Nullable CheckResult schema, TableNames names) {
      return schema == null
          ? null
          : new Schema(schema.holds(), CheckDocument.Definition.of(schema, names), schema.notes());
    }
  }

  record Reason(String reason) {}

  /** Rows of a source table of which some go to no table of the target. */
  record Filtered(long rows, long filtered) {}

  /**
   * Of a report.
   *
   * @param started when it began, null where whoever asked for it knows
   */
  public static VerificationDocument of(VerificationReport report, @Nullable Instant started) {
    TableNames names = TableNames.of(report);
    Reconciliation seen = report.reconciliation();
    VerifyRequest request = report.request();
    boolean sample = request.level() == VerifyRequest.Level.SAMPLE;
    return new VerificationDocument(
        started,
        report.equal(),
        seen == null ? null : seen.run(),
        seen == null ? null : seen.newDifferences(),
        Pass.of(seen),
        TableNames.named(report.tables(), t -> Names.of(t.table(), t.target())),
        report.rowsRead().entrySet().stream()
            .map(read -> new Named(SourceNames.of(read.getKey()), new Reason(read.getValue())))
            .toList(),
        report.sources().entrySet().stream()
            .filter(table -> table.getValue().filtered() > 0)
            .map(
                table ->
                    new Named(
                        SourceNames.of(table.getKey()),
                        new Filtered(table.getValue().read(), table.getValue().filtered())))
            .toList(),
        names.ofTarget(report.differences(), Difference::table),
        request.level(),
        request.looks(),
        sample ? request.sampleRows() : null,
        sample ? request.seed() : null,
        Schema.of(report.schema(), names),
        report.checks().stream().map(CheckDocument::of).toList());
  }
}
