package dev.landfall.pipelines.api;

import dev.landfall.transforms.check.CheckResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison of both sides found.
 *
 * @param equal whether every table that was compared is equal
 * @param tables one result for each target table that was compared, in the mapping's order
 * @param differences the differing keys; a bounded sample when there are very many, the counts of
 *     {@link TableResult} are always whole
 * @param request what was asked for
 * @param beside what checks found beside the rows, in the order in which they were asked
 * @param reconciliation what it adds to the verifications before it; null where there is no ledger
 * @param rowsRead source tables whose rows were read although the databases were to compute
 *     digests, in the mapping's order, and why
 * @param sources how many rows of each source table were read, row by row and whole; none of those
 *     whose rows were looked at otherwise
 */
public record VerificationReport(
    boolean equal,
    List<TableResult> tables,
    List<Difference> differences,
    VerifyRequest request,
    List<CheckResult> beside,
    @Nullable Reconciliation reconciliation,
    Map<String, String> rowsRead,
    Map<String, SourceRows> sources) {
  /**
   * Rows of a source table.
   *
   * @param read all of them
   * @param filtered those that go to no target, as the mapping says
   */
  public record SourceRows(long read, long filtered) {}

  public VerificationReport {
    tables = List.copyOf(tables);
    differences = List.copyOf(differences);
    beside = List.copyOf(beside);
    rowsRead = Collections.unmodifiableMap(new LinkedHashMap<>(rowsRead));
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
  }

  /** A report of rows alone. */
  public VerificationReport(
      boolean equal,
      List<TableResult> tables,
      List<Difference> differences,
      VerifyRequest request) {
    this(equal, tables, differences, request, List.of(), null, Map.of(), Map.of());
  }

  /** What a verification of every row by digests found. */
  public VerificationReport(boolean equal, List<TableResult> tables, List<Difference> differences) {
    this(equal, tables, differences, VerifyRequest.defaults());
  }

  /** Whether everything that was looked at is as it should be: rows, schema and checks. */
  public boolean holds() {
    return equal && conditionsHold();
  }

  /** Whether everything beside rows is as it should be: schema and checks. */
  public boolean conditionsHold() {
    return beside.stream().allMatch(CheckResult::holds);
  }

  /** What was found of the schema, as one; null where nobody looked. */
  public @Nullable CheckResult schema() {
    return CheckResult.schema(beside);
  }

  /** What became of the other checks, the spec's first. */
  public List<CheckResult> checks() {
    return beside.stream().filter(result -> !result.ofSchema()).toList();
  }

  /** The same rows with what was found beside them. */
  public VerificationReport with(List<CheckResult> foundBeside) {
    return new VerificationReport(
        equal, tables, differences, request, foundBeside, reconciliation, rowsRead, sources);
  }

  /** The same, seen beside those before it. */
  public VerificationReport with(Reconciliation seen) {
    return new VerificationReport(
        equal, tables, differences, request, beside, seen, rowsRead, sources);
  }
}
