package dev.landfall.pipelines.run;

import dev.landfall.pipelines.prepare.Reset;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Takes the target back to before the migration's first step, and forgets its ledger but for its
 * history.
 */
public record ResetMigration() implements Errand<Errand.Done> {
  @Override
  public Done perform(TaskRunner runner) {
    with(runner.spec(), Reset::run);
    return Done.DONE;
  }

  interface Work {
    void apply(Reset reset) throws SQLException;
  }

  static void with(Spec spec, Work work) {
    ConnectionSettings target = spec.target().connection();
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      work.apply(new Reset(connection, spec.name()));
    } catch (SQLException e) {
      throw new MigrationException(
          "42501".equals(e.getSQLState()) ? Kind.USAGE : Kind.FAILED,
          "Beginning anew failed, and nothing was changed: "
              + String.valueOf(e.getMessage()).strip(),
          e);
    }
  }
}
