package dev.landfall.pipelines.load;

import dev.landfall.pipelines.check.InRun;
import dev.landfall.pipelines.check.Purpose;
import dev.landfall.pipelines.run.Errand;
import dev.landfall.pipelines.run.RunChecks;
import dev.landfall.pipelines.run.Task;
import dev.landfall.pipelines.run.TaskContext;
import dev.landfall.pipelines.run.Waves;
import dev.landfall.pipelines.verify.RunLog;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Only the load, into tables that are there: exactly the chunks that are not committed yet. */
public record BackfillTask() implements Task<Errand.Done> {
  @Override
  public String command() {
    return "backfill";
  }

  @Override
  public Purpose purpose() {
    return Purpose.LOAD;
  }

  @Override
  public Done run(TaskContext context) {
    load(context, /* compared= */ false);
    return Done.DONE;
  }

  /**
   * The load as a part of a run.
   *
   * @param compared whether every row is compared afterwards, which is more than to count them
   */
  static void load(TaskContext context, boolean compared) {
    context.outage().ride(() -> context.session().phase(Snapshot.Phase.BACKFILL));
    MigrationKey key = context.key();
    try (RunChecks checks = RunChecks.begin(context, new InRun.Load(compared))) {
      Backfill backfill = new Backfill(context);
      for (List<Integer> wave : Waves.of(context.mapping(), context.prepared().target())) {
        backfill.run(wave);
      }
      RunLog.loaded(context.progress());
      checks.end(() -> loaded(key));
    }
  }

  private static Map<Integer, Long> loaded(MigrationKey key) throws SQLException {
    try (Connection connection = Pools.of(key.target(), Pools.Use.GENERAL).getConnection()) {
      return ChunkLedger.loadedBy(connection, key);
    }
  }
}
