package dev.landfall.pipelines.verify;

import dev.landfall.pipelines.api.CheckResult;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.ConditionLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunTransaction;
import dev.landfall.transforms.ledger.Step;
import dev.landfall.transforms.promise.ExistingKeys;
import dev.landfall.transforms.promise.SchemaComparison;
import dev.landfall.transforms.promise.SchemaReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is verified beside rows: that the target's schema is the promised one, and that the spec's
 * checks hold. Both read only; what they find is written into the ledger. May be run again.
 */
public final class Conditions {
  private final Spec spec;
  private final MigrationKey migration;
  private final Prepared prepared;
  private final VerifyRequest request;
  private final BooleanSupplier stopped;
  private @Nullable SchemaReport schema;
  private List<CheckResult> checks = List.of();

  /**
   * Conditions of a run.
   *
   * @param stopped whether to go no further
   */
  public Conditions(
      Spec spec,
      MigrationKey migration,
      Prepared prepared,
      VerifyRequest request,
      BooleanSupplier stopped) {
    this.spec = spec;
    this.migration = migration;
    this.prepared = prepared;
    this.request = request;
    this.stopped = stopped;
  }

  /**
   * Looks at everything that was asked for.
   *
   * @throws dev.landfall.transforms.MigrationException when a database can't be reached
   */
  public void run() {
    if (request.schema()) {
      Step.begin(migration, Step.Kind.SCHEMA, 0, 0);
      compareSchema();
    }
    Step step = Step.begin(migration, Step.Kind.CHECKS, spec.checks().size(), 0);
    checks = new SpecChecks(spec, stopped, () -> step.add(1, 0, 0)).run();
    record();
  }

  /**
   * A report of rows with what was found beside them.
   *
   * @param counted what became of {@link CountedApart}'s look
   */
  public VerificationReport addTo(VerificationReport report, Optional<CheckResult> counted) {
    return report.with(schema, Stream.concat(checks.stream(), counted.stream()).toList());
  }

  private void add(ConditionLedger ledger, int position, CheckResult check) throws SQLException {
    ledger.addCheck(
        migration.run(),
        position,
        check.name(),
        check.outcome().name(),
        check.message(),
        check.differences());
    for (int i = 0; i < check.rows().size(); i++) {
      CheckResult.Row row = check.rows().get(i);
      ledger.addCheckRow(
          migration.run(),
          position,
          i,
          row.kind().name(),
          row.key(),
          row.column(),
          row.source(),
          row.target());
    }
  }

  private void compareSchema() {
    ConnectionSettings target = migration.target();
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      ConditionLedger ledger = new ConditionLedger(connection);
      schema =
          SchemaComparison.run(
                  connection,
                  prepared.promises(),
                  new SchemaComparison.Settings(
                      ledger.said(migration.name()),
                      ledger.isAfterLoad(migration.name()),
                      request.level() == VerifyRequest.Level.FULL,
                      stopped))
              .and(ExistingKeys.unguarded(prepared.mapping(), prepared.target()));
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, target, "Comparing the schema", e);
    }
  }

  private void record() {
    try {
      RunTransaction.require(
          migration,
          connection -> {
            ConditionLedger ledger = new ConditionLedger(connection);
            ledger.forget(migration.run());
            if (schema != null) {
              ledger.add(migration.run(), schema);
            }
            for (int i = 0; i < checks.size(); i++) {
              add(ledger, i, checks.get(i));
            }
            if (checks.size() == spec.checks().size()) {
              ledger.looked(migration.run(), ConditionLedger.Look.CHECKS);
            }
          });
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, migration.target(), "Keeping the ledger", e);
    }
  }
}
