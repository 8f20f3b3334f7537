package dev.landfall.pipelines;

import java.util.List;

/**
 * What a comparison of both sides found.
 *
 * @param equal whether every table is equal
 * @param tables one result for each target table, in the mapping's order
 * @param differences the differing keys; a bounded sample when there are very many, the counts of
 *     {@link TableResult} are always whole
 * @param request what was asked for
 */
public record VerificationReport(
    boolean equal, List<TableResult> tables, List<Difference> differences, VerifyRequest request) {
  /** What a verification of every row by digests found. */
  public VerificationReport(boolean equal, List<TableResult> tables, List<Difference> differences) {
    this(equal, tables, differences, VerifyRequest.defaults());
  }

  public VerificationReport {
    tables = List.copyOf(tables);
    differences = List.copyOf(differences);
  }
}
