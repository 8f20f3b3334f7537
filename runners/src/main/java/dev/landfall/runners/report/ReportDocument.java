package dev.landfall.runners.report;

import dev.landfall.pipelines.report.Report;

/**
 * What a report's document and page are made of.
 *
 * @param report what the ledger and the servers say
 * @param spec the spec as it is now
 * @param written by what the report was written
 */
public record ReportDocument(Report report, SpecText spec, Written written) {
  /**
   * What wrote the report.
   *
   * @param by user and machine
   * @param landfall Landfall's version
   * @param java the version of Java that it ran on
   * @param beam the version of Beam in it
   */
  public record Written(String by, String landfall, String java, String beam) {}
}
