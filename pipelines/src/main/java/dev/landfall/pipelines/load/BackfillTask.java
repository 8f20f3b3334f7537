package dev.landfall.pipelines.load;

import dev.landfall.pipelines.check.InRun;
import dev.landfall.pipelines.check.Purpose;
import dev.landfall.pipelines.define.Statements;
import dev.landfall.pipelines.run.Errand;
import dev.landfall.pipelines.run.RunChecks;
import dev.landfall.pipelines.run.Task;
import dev.landfall.pipelines.run.TaskContext;
import dev.landfall.pipelines.run.Waves;
import dev.landfall.pipelines.spec.SpecStatement.Moment;
import dev.landfall.pipelines.verify.RunLog;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.Connections;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.ledger.CheckLedger;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.load.SettleDuplicates;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Only the load, into tables that are there: exactly the chunks that are not committed yet; and the
 * spec's statements around it.
 */
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
    if (context.outage().answer(() -> areKeysMade(context.key()))) {
      // Whoever made the keys before the load left these to it.
      context.outage().ride(() -> Statements.of(context).run(Moment.AFTER_KEYS));
    }
    return Done.DONE;
  }

  /**
   * The load as a part of a run.
   *
   * @param compared whether every row is compared afterwards, which is more than to count them
   */
  static void load(TaskContext context, boolean compared) {
    context.outage().ride(() -> context.session().phase(Snapshot.Phase.BACKFILL));
    Statements statements = Statements.of(context);
    context.outage().ride(() -> statements.run(Moment.BEFORE_LOAD));
    MigrationKey key = context.key();
    settleDuplicates(context);
    try (RunChecks checks = RunChecks.begin(context, new InRun.Load(compared))) {
      Backfill backfill = new Backfill(context);
      for (List<Integer> wave : Waves.of(context.mapping(), context.prepared().target())) {
        backfill.run(wave);
      }
      RunLog.loaded(context.progress());
      checks.end(() -> loaded(key));
    }
    context.outage().ride(() -> statements.run(Moment.AFTER_LOAD));
  }

  private static boolean areKeysMade(MigrationKey key) {
    try (Connection connection = Pools.of(key.target(), Pools.Use.GENERAL).getConnection()) {
      return new CheckLedger(connection).isAfterLoad(key.name());
    } catch (SQLException e) {
      throw Reachability.failed(Reachability.Side.TARGET, key.target(), "Reading the ledger", e);
    }
  }

  /**
   * Which rows count where several are one to a target; settled once, before the first is loaded.
   */
  private static void settleDuplicates(TaskContext context) {
    SettleDuplicates duplicates =
        new SettleDuplicates(context.key(), context.mapping(), context.stopped()::getAsBoolean);
    for (TargetPosition position : SettleDuplicates.targets(context.mapping())) {
      context
          .outage()
          .ride(
              () -> {
                try (Connection source = Connections.open(context.source());
                    Connection target =
                        Pools.of(context.key().target(), Pools.Use.GENERAL).getConnection()) {
                  return duplicates.settle(source, target, position);
                }
              },
              () -> 0,
              e ->
                  new MigrationException(
                      MigrationException.Kind.FAILED,
                      "Settling which rows of "
                          + context.mapping().target(position).name()
                          + " count failed: "
                          + e.getMessage()
                          + ". Nothing was loaded; run the same command again.",
                      e));
    }
  }

  private static Map<Integer, Long> loaded(MigrationKey key) throws SQLException {
    try (Connection connection = Pools.of(key.target(), Pools.Use.GENERAL).getConnection()) {
      return ChunkLedger.loadedBy(connection, key);
    }
  }
}
