package dev.landfall.pipelines;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a comparison of both sides found.
 *
 * @param equal whether every table is equal
 * @param tables one result for each target table, in the mapping's order
 * @param differences the differing keys; a bounded sample when there are very many, the counts of
 *     {@link TableResult} are always whole
 * @param rowsRead source tables whose rows were read although the databases were to compute
 *     digests, in the mapping's order, and why
 */
public record VerificationReport(
    boolean equal,
    List<TableResult> tables,
    List<Difference> differences,
    Map<String, String> rowsRead) {
  public VerificationReport {
    tables = List.copyOf(tables);
    differences = List.copyOf(differences);
    rowsRead = Collections.unmodifiableMap(new LinkedHashMap<>(rowsRead));
  }

  /** A report of a comparison that had nothing to say of what was read. */
  public VerificationReport(boolean equal, List<TableResult> tables, List<Difference> differences) {
    this(equal, tables, differences, Map.of());
  }
}
