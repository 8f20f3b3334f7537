package dev.landfall.pipelines.verify;

import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.api.TableResult;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.validation.result.TableVerdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes what a verification found into what people and documents are given. */
final class Reports {
  private Reports() {}

  /**
   * The report as a migration gives it.
   *
   * @param rowsRead as {@link VerificationReport#rowsRead()}
   */
  static VerificationReport of(
      dev.landfall.validation.result.VerificationReport report,
      VerifyRequest request,
      Map<String, String> rowsRead,
      Map<String, VerificationReport.SourceRows> sources) {
    return new VerificationReport(
        report.equal(),
        report.tables().stream().map(Reports::result).toList(),
        report.differences().stream().map(Reports::difference).toList(),
        request,
        /* beside= */ List.of(),
        /* reconciliation= */ null,
        rowsRead,
        sources);
  }

  private static TableResult result(TableVerdict verdict) {
    return new TableResult(
        verdict.table().toString(),
        verdict.targetTable().toString(),
        verdict.rows().sourceRows(),
        verdict.rows().targetRows(),
        verdict.rows().matched(),
        verdict.rows().changed(),
        verdict.rows().missing(),
        verdict.rows().extra(),
        verdict.settled());
  }

  private static Map<String, Difference.Values> values(
      dev.landfall.validation.result.Difference found) {
    Map<String, Difference.Values> values = new LinkedHashMap<>();
    found
        .values()
        .forEach((column, v) -> values.put(column, new Difference.Values(v.source(), v.target())));
    return values;
  }

  private static Difference difference(dev.landfall.validation.result.Difference found) {
    return new Difference(
        found.targetTable().toString(),
        found.key(),
        switch (found.kind()) {
          case MISSING -> Difference.Kind.MISSING;
          case EXTRA -> Difference.Kind.EXTRA;
          case CHANGED -> Difference.Kind.CHANGED;
        },
        found.columns(),
        found.copies(),
        values(found),
        found.reject());
  }
}
