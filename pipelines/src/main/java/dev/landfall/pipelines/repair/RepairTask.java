package dev.landfall.pipelines.repair;

import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.check.Purpose;
import dev.landfall.pipelines.define.Definitions;
import dev.landfall.pipelines.prepare.Preparation;
import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.repair.RepairLedger.Verified;
import dev.landfall.pipelines.run.Task;
import dev.landfall.pipelines.run.TaskContext;
import dev.landfall.pipelines.run.TaskRunner;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.Event;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunStop;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Brings the keys up to date that the newest verification found different, or says, without a run,
 * what it would do to them at this moment and changes nothing. A repair that was cut short goes on
 * where it was when it is asked for again. Keys that could not be refreshed are no exception: the
 * report has them. Refused with kind USAGE when nothing was verified yet, or a table is asked for
 * that there is not.
 */
public record RepairTask(RepairRequest request) implements Task<RepairReport> {
  @Override
  public String command() {
    return "repair";
  }

  @Override
  public Purpose purpose() {
    return Purpose.REPAIR;
  }

  @Override
  public RepairReport perform(TaskRunner runner) {
    Spec spec = runner.spec();
    Verified verified = verified(spec);
    if (verified.sliced()) {
      throw new MigrationException(
          Kind.USAGE,
          "The newest verification of migration \""
              + spec.name()
              + "\" looked at a slice of all rows, and a repair goes by all of them. Run \"landfall"
              + " verify\" without --slice first. Nothing was touched.");
    }
    boolean nothing = verified.differences().values().stream().allMatch(count -> count == 0);
    if (request.execute() && !nothing) {
      return runner.run(this);
    }
    Prepared prepared = Preparation.prepare(spec);
    runner.preflight().require(Purpose.LOOK, prepared, /* anew= */ false);
    try {
      RepairReport report = repair(spec, prepared, verified).look();
      return request.execute() ? report.asExecuted() : report;
    } catch (SQLException e) {
      throw Repair.failed(e);
    }
  }

  @Override
  public RepairReport run(TaskContext context) {
    RepairReport report;
    try {
      report = execute(context);
    } catch (SQLException e) {
      throw Repair.failed(e);
    }
    try {
      Definitions.of(context).prove();
    } catch (MigrationException e) {
      // The rows are repaired and reported; the next verification says what is unproved.
      context
          .session()
          .event(Event.constraint(null, "not proved by the repair: " + e.getMessage()));
    }
    return report;
  }

  private RepairReport execute(TaskContext context) throws SQLException {
    Spec spec = context.spec();
    // Behind the lock: who had it may have verified.
    Verified newest = verified(spec);
    RefreshRuns runs =
        new RefreshRuns(
            context.source(),
            context.key(),
            context.mapping(),
            newest.run(),
            context.jobs(),
            context.outage(),
            new RunStop(context.key()));
    return new RepairRun(
            repair(spec, context.prepared(), newest),
            new RepairLedger(spec.target().connection(), spec.name()),
            runs,
            context.key(),
            context.prepared().target())
        .run();
  }

  private static Verified verified(Spec spec) {
    ConnectionSettings target = spec.target().connection();
    // The first question is asked over a connection that explains its failure.
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      return new RepairLedger(target, spec.name())
          .newest(connection)
          .orElseThrow(
              () ->
                  new MigrationException(
                      Kind.USAGE,
                      "Migration \""
                          + spec.name()
                          + "\" has no verification that says what to repair. Run \"landfall"
                          + " verify\" first. Nothing was touched."));
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, target, "Reading the ledger", e);
    }
  }

  private Repair repair(Spec spec, Prepared prepared, Verified verified) throws SQLException {
    return new Repair(
        spec.source().connection(),
        new MigrationKey(spec.target().connection(), spec.name(), verified.run()),
        prepared.mapping(),
        verified,
        request);
  }
}
