package dev.landfall.pipelines.repair;

import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.checksum.MendedRejects;
import dev.landfall.pipelines.repair.RepairLedger.KeyName;
import dev.landfall.pipelines.run.Jobs;
import dev.landfall.pipelines.run.Outage;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Retries;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.Step;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.StopSignal;
import dev.landfall.transforms.refresh.CopyRefresh;
import dev.landfall.transforms.refresh.HeldRows;
import dev.landfall.transforms.refresh.KeyBatch;
import dev.landfall.transforms.refresh.KeyRefresh;
import dev.landfall.transforms.refresh.RefreshAudit;
import dev.landfall.transforms.refresh.RefreshKeys;
import dev.landfall.transforms.refresh.RefreshedKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes keys: a few in this process, since a runner takes longer to begin than a thousand keys
 * take, and many by jobs.
 */
final class RefreshRuns {
  /** So many keys are refreshed without a job: one to three seconds of work. */
  private static final int FEW_KEYS = 2_000;

  /** So many keys at most travel with a job's graph. */
  private static final int JOB_KEYS = 20_000;

  private final ConnectionSettings source;
  private final MigrationKey migration;
  private final Mapping mapping;
  private final long verification;
  private final Jobs jobs;
  private final Outage outage;
  private final StopSignal stop;
  private final KeyRefresh refresh;

  RefreshRuns(
      ConnectionSettings source,
      MigrationKey migration,
      Mapping mapping,
      long verification,
      Jobs jobs,
      Outage outage,
      StopSignal stop) {
    this.source = source;
    this.migration = migration;
    this.mapping = mapping;
    this.verification = verification;
    this.jobs = jobs;
    this.outage = outage;
    this.stop = stop;
    this.refresh = new KeyRefresh(mapping, migration, verification);
  }

  /**
   * Refreshes the batches' keys; what became of them is in the ledger then.
   *
   * @throws MigrationException of kind STOPPED when that was asked for; FAILED
   */
  void run(List<KeyBatch> batches) {
    long keys = batches.stream().mapToLong(b -> b.keys().size()).sum();
    if (keys == 0) {
      return;
    }
    Step.begin(migration, Step.Kind.REPAIR, keys, 0);
    if (keys <= FEW_KEYS) {
      batches.forEach(this::here);
      return;
    }
    List<KeyBatch> job = new ArrayList<>();
    int size = 0;
    for (KeyBatch batch : batches) {
      job.add(batch);
      size += batch.keys().size();
      if (size >= JOB_KEYS) {
        byJob(job);
        job = new ArrayList<>();
        size = 0;
      }
    }
    if (!job.isEmpty()) {
      byJob(job);
    }
  }

  /** Finds the source's rows of some keys, as {@link RepairKeys#find} does. */
  void find(RepairKeys keys, Predicate<KeyName> among) {
    long rows = keys.scanned(among);
    if (rows > 0) {
      Step.begin(migration, Step.Kind.FIND, 0, rows);
    }
    Step step = Step.of(migration, Step.Kind.FIND);
    ride(
        /* held= */ false,
        (from, to) -> {
          keys.find(
              from,
              among,
              read -> {
                requireGoing();
                step.add(0, read, 0);
              });
          return keys;
        });
  }

  private <T> T ride(boolean held, Work<T> work) {
    return outage.ride(
        () -> {
          requireGoing();
          try (Connection from =
                  held
                      ? HeldRows.open(source)
                      : Pools.of(source, Pools.Use.GENERAL).getConnection();
              Connection to =
                  held
                      ? HeldRows.open(migration.target())
                      : Pools.of(migration.target(), Pools.Use.GENERAL).getConnection()) {
            return work.run(from, to);
          }
        },
        () -> 0,
        Repair::failed);
  }

  /** Sets how often rows of tables without a key are there, table by table. */
  void copies(Map<TargetPosition, List<List<@Nullable String>>> tables, boolean deletes) {
    tables.forEach(
        (position, rows) -> {
          CopyRefresh copies = new CopyRefresh(mapping, position, migration, verification);
          ride(/* held= */ false, (from, to) -> copies.run(from, to, rows, deletes));
        });
  }

  private void here(KeyBatch batch) {
    ride(/* held= */ false, (from, to) -> refresh.run(from, to, batch));
    Step.of(migration, Step.Kind.REPAIR).add(batch.keys().size(), 0, 0);
  }

  /**
   * Refreshes a key while its row of the source is held, so that both sides agree on what is done
   * at the moment when the target has it.
   *
   * @return what became of it and of others that belong to it, or why the row could not be had
   */
  Held held(KeyBatch batch) {
    return ride(
        /* held= */ true,
        (from, to) -> {
          try {
            return new Held(refresh.run(from, to, batch), "");
          } catch (SQLException e) {
            return new Held(List.of(), HeldRows.busy(e).orElseThrow(() -> e));
          }
        });
  }

  /** What became of keys while the source's rows were held; nothing, and why, if they were not. */
  record Held(List<RefreshedKey> keys, String busy) {}

  /** Marks the rejects that are mended by now. */
  void mended() {
    new MendedRejects(source, migration, mapping).mark();
  }

  /** Asked before each batch. */
  StopSignal stop() {
    return stop;
  }

  /** Work between both databases that may be done again. */
  private interface Work<T> {
    T run(Connection from, Connection to) throws SQLException;
  }

  private void byJob(List<KeyBatch> batches) {
    List<KeyBatch> all = List.copyOf(batches);
    Retries tries = outage.jobs();
    Optional<Jobs.Cut> cut;
    do {
      requireGoing();
      cut =
          jobs.run(
              PipelineLauncher.Work.LOAD,
              "repair",
              pipeline ->
                  pipeline
                      .apply("Keys", Create.of(all).withCoder(SerializableCoder.of(KeyBatch.class)))
                      .apply("Spread keys", Reshuffle.viaRandomKey())
                      .apply(
                          "Refresh keys",
                          RefreshKeys.of(source, migration, mapping)
                              .onBehalfOf(verification)
                              .withStopSignal(stop)));
      if (cut.isEmpty()) {
        requireGoing();
        return;
      }
    } while (tries.again(refreshed(), cut.get().cause()));
    throw new MigrationException(
        MigrationException.Kind.FAILED,
        "The repair was cut short "
            + tries.fruitless()
            + " times in a row, each time without having refreshed a key: "
            + cut.get().reason()
            + " What was repaired is committed: remove the cause and run the same command again.",
        cut.get().cause());
  }

  /** How far the run is, whatever the job that was cut short had told of. */
  private long refreshed() {
    return outage.ride(
        () -> {
          try (Connection target =
              Pools.of(migration.target(), Pools.Use.GENERAL).getConnection()) {
            return RefreshAudit.keys(target, migration.run());
          }
        },
        () -> 0,
        Repair::failed);
  }

  private void requireGoing() {
    if (stop.stopRequested()) {
      throw new MigrationException(
          MigrationException.Kind.STOPPED,
          "The repair was stopped; the keys that were refreshed are committed.");
    }
  }
}
