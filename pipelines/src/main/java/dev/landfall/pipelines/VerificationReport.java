package dev.landfall.pipelines;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison of both sides found.
 *
 * @param equal whether every table that was compared is equal
 * @param tables one result for each target table that was compared, in the mapping's order
 * @param differences the differing keys; a bounded sample when there are very many, the counts of
 *     {@link TableResult} are always whole
 * @param reconciliation what it adds to the verifications before it; null where there is no ledger
 */
public record VerificationReport(
    boolean equal,
    List<TableResult> tables,
    List<Difference> differences,
    @Nullable Reconciliation reconciliation) {
  public VerificationReport {
    tables = List.copyOf(tables);
    differences = List.copyOf(differences);
  }

  /** What a comparison found, by itself. */
  public VerificationReport(boolean equal, List<TableResult> tables, List<Difference> differences) {
    this(equal, tables, differences, null);
  }

  /** The same, seen beside those before it. */
  VerificationReport with(Reconciliation seen) {
    return new VerificationReport(equal, tables, differences, seen);
  }
}
