package dev.landfall.pipelines.api;

import dev.landfall.transforms.promise.SchemaReport;
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
 * @param schema how the target's schema differs from the promised one; null when it was not asked
 *     for
 * @param checks what became of the spec's checks, in its order
 * @param reconciliation what it adds to the verifications before it; null where there is no ledger
 * @param rowsRead source tables whose rows were read although the databases were to compute
 *     digests, in the mapping's order, and why
 */
public record VerificationReport(
    boolean equal,
    List<TableResult> tables,
    List<Difference> differences,
    VerifyRequest request,
    @Nullable SchemaReport schema,
    List<CheckResult> checks,
    @Nullable Reconciliation reconciliation,
    Map<String, String> rowsRead) {
  public VerificationReport {
    tables = List.copyOf(tables);
    differences = List.copyOf(differences);
    checks = List.copyOf(checks);
    rowsRead = Collections.unmodifiableMap(new LinkedHashMap<>(rowsRead));
  }

  /** A report of rows alone. */
  public VerificationReport(
      boolean equal,
      List<TableResult> tables,
      List<Difference> differences,
      VerifyRequest request) {
    this(equal, tables, differences, request, null, List.of(), null, Map.of());
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
    return (schema == null || schema.asPromised())
        && checks.stream().allMatch(check -> check.outcome() == CheckResult.Outcome.HELD);
  }

  /** The same rows with what was found beside them. */
  public VerificationReport with(
      @Nullable SchemaReport foundSchema, List<CheckResult> foundChecks) {
    return new VerificationReport(
        equal, tables, differences, request, foundSchema, foundChecks, reconciliation, rowsRead);
  }

  /** The same, seen beside those before it. */
  public VerificationReport with(Reconciliation seen) {
    return new VerificationReport(
        equal, tables, differences, request, schema, checks, seen, rowsRead);
  }
}
