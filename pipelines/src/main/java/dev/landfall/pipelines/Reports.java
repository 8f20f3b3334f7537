package dev.landfall.pipelines;

import dev.landfall.validation.report.TableVerdict;
import java.util.Map;

/** Makes what a verification found into what people and documents are given. */
final class Reports {
  private Reports() {}

  /**
   * The report in the words of {@link Migration}.
   *
   * @param rowsRead as {@link VerificationReport#rowsRead()}
   */
  static VerificationReport of(
      dev.landfall.validation.report.VerificationReport report, Map<String, String> rowsRead) {
    return new VerificationReport(
        report.equal(),
        report.tables().stream().map(Reports::result).toList(),
        report.differences().stream().map(Reports::difference).toList(),
        rowsRead);
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
        verdict.rows().extra());
  }

  private static Difference difference(dev.landfall.validation.difference.Difference found) {
    return new Difference(
        found.targetTable().toString(),
        found.key(),
        switch (found.kind()) {
          case MISSING -> Difference.Kind.MISSING;
          case EXTRA -> Difference.Kind.EXTRA;
          case CHANGED -> Difference.Kind.CHANGED;
        },
        found.columns());
  }
}
