package dev.landfall.pipelines.run;

import dev.landfall.pipelines.prepare.Changes.Extent;
import dev.landfall.pipelines.prepare.Reset;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.ActivityLock;
import dev.landfall.transforms.ledger.MigrationLedger;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Looks for whatever stands in the way of a task, as the task itself would, and changes nothing.
 *
 * @param anew whether the migration is to be reset before
 */
public record DryRun(Task<?> task, boolean anew) implements Errand<Errand.Done> {
  /** Of a task that goes on with the migration as it stands. */
  public DryRun(Task<?> task) {
    this(task, /* anew= */ false);
  }

  @Override
  public Done perform(TaskRunner runner) {
    if (anew) {
      ResetMigration.with(runner.spec(), Reset::check);
    }
    runner.preflight().requireSecretsThatTravel();
    runner.preflight().prepare(task.purpose(), anew ? Extent.ANEW : task.extent());
    if (!anew) {
      requireFree(runner);
    }
    return Done.DONE;
  }

  private void requireFree(TaskRunner runner) {
    String name = runner.spec().name();
    ConnectionSettings target = runner.spec().target().connection();
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      ActivityLock lock = ActivityLock.of(connection, name, task.activity());
      if (new MigrationLedger(connection, name).isInstalled() && lock.isTaken()) {
        throw RunLock.held(name, lock.holder());
      }
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, target, "Reading the ledger", e);
    }
  }
}
