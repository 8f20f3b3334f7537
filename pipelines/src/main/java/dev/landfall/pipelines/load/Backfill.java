package dev.landfall.pipelines.load;

import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.run.Jobs;
import dev.landfall.pipelines.run.Outage;
import dev.landfall.pipelines.run.RunSession;
import dev.landfall.pipelines.run.TaskContext;
import dev.landfall.pipelines.spec.LoadSettings;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Retries;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.RejectedSoFar;
import dev.landfall.transforms.ledger.RunStop;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.partition.ChunkSize;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the load until nothing is pending. A job that fails because a database went away is run
 * again when it is back: what was committed is committed, and the next job begins with what is
 * pending.
 */
final class Backfill {
  private static final Logger LOG = LoggerFactory.getLogger(Backfill.class);

  private final Spec spec;
  private final Mapping mapping;
  private final RunSession session;
  private final Jobs jobs;
  private final int lanes;
  private final BooleanSupplier wish;
  private final Outage outage;

  Backfill(TaskContext context) {
    this.spec = context.spec();
    this.mapping = context.mapping();
    this.session = context.session();
    this.jobs = context.jobs();
    this.lanes = context.launcher().lanes();
    this.wish = context.wish();
    this.outage = context.outage();
  }

  /**
   * Loads one wave of tables.
   *
   * @throws MigrationException STOPPED, THRESHOLD, HELD, UNREACHABLE or FAILED; the run can be
   *     resumed
   */
  void run(List<Integer> tables) {
    ChunkLedger ledger = new ChunkLedger(session.key(), ChunkLedger.Plan.LOAD);
    LOG.info("loading {} tables, {} chunks side by side", tables.size(), lanes);
    Retries tries = outage.jobs();
    long before = -1;
    outage.ride(this::requireWithinLimit);
    while (true) {
      Optional<Jobs.Cut> cut = runOnce(tables);
      ChunkLedger.Counts now = outage.ride(() -> look(ledger, tables), () -> 0, this::failed);
      if (now.pending() == 0 && cut.isEmpty()) {
        return;
      }
      if (cut.isEmpty() && now.done() == before) {
        throw new MigrationException(
            Kind.FAILED,
            now.pending()
                + " chunks stay pending though the load ended without an error. Run the same"
                + " command again; if that does not help, this is a fault of Landfall's.");
      }
      if (cut.isPresent() && !tries.again(now.done(), cut.get().cause())) {
        throw new MigrationException(
            Kind.FAILED,
            "The load was cut short "
                + tries.fruitless()
                + " times in a row, each time without having loaded a chunk: "
                + cut.get().reason()
                + " Committed chunks are safe: remove the cause and run the same command again.",
            cut.get().cause());
      }
      before = now.done();
    }
  }

  private Optional<Jobs.Cut> runOnce(List<Integer> tables) {
    LoadSettings load = spec.load();
    return jobs.run(
        PipelineLauncher.Work.LOAD,
        "load",
        pipeline ->
            BackfillPipeline.expand(
                pipeline,
                new BackfillPipeline.Settings(
                    spec.source().connection(),
                    session.key(),
                    mapping,
                    tables,
                    new ChunkSize(load.chunkRows(), load.chunkBytes()),
                    lanes,
                    load.outage(),
                    load.rejects())));
  }

  private ChunkLedger.Counts look(ChunkLedger ledger, List<Integer> tables) throws SQLException {
    requireGoOn();
    return ledger.count(tables);
  }

  private MigrationException failed(SQLException e) {
    return Reachability.failed(
        Reachability.Side.TARGET, spec.target().connection(), "Reading the ledger", e);
  }

  private void requireGoOn() throws SQLException {
    String reason = wish.getAsBoolean() ? RunStop.USER : session.stopReason().orElse("");
    switch (reason) {
      case RunStop.ENDED -> throw session.takenOver();
      case RunStop.REJECTS -> throw tooMany(session.rejects());
      case RunStop.USER ->
          throw new MigrationException(
              Kind.STOPPED, "Stopped; the chunks in hand are finished and safe.");
      default -> {}
    }
  }

  /** A run that goes on finds the rejects of those before it. */
  private void requireWithinLimit() {
    RejectedSoFar rejects = session.rejects();
    if (spec.load().rejects().exceeded(rejects.rows(), rejects.of())) {
      throw tooMany(rejects);
    }
  }

  private MigrationException tooMany(RejectedSoFar rejects) {
    return new MigrationException(
        Kind.THRESHOLD,
        TooManyRejects.message(
            rejects, spec.load().rejects().toString(), spec.databases().size() > 1));
  }
}
