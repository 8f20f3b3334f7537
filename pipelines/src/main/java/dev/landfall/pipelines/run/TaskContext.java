package dev.landfall.pipelines.run;

import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunStop;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.model.Mapping;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What a task works with: its run, what was prepared for it, and where its jobs run. */
public final class TaskContext {
  private final Spec spec;
  private final Prepared prepared;
  private final RunSession session;
  private final PipelineLauncher launcher;
  private final Supplier<Snapshot> progress;
  private final StopWish wish;
  private final Outage outage;

  TaskContext(
      Spec spec,
      Prepared prepared,
      RunSession session,
      PipelineLauncher launcher,
      Supplier<Snapshot> progress,
      StopWish wish) {
    this.spec = spec;
    this.prepared = prepared;
    this.session = session;
    this.launcher = launcher;
    this.progress = progress;
    this.wish = wish;
    this.outage = new Outage(spec, session, wish);
  }

  public Spec spec() {
    return spec;
  }

  public Prepared prepared() {
    return prepared;
  }

  public Mapping mapping() {
    return prepared.mapping();
  }

  public ConnectionSettings source() {
    return spec.source().connection();
  }

  public RunSession session() {
    return session;
  }

  public MigrationKey key() {
    return session.key();
  }

  public PipelineLauncher launcher() {
    return launcher;
  }

  /** Rides out the absence of a database, as long as the spec allows. */
  public Outage outage() {
    return outage;
  }

  /** Runs jobs; those of one piece of work, which are counted together. */
  public RunJobs jobs() {
    return new RunJobs(launcher, session, outage);
  }

  /** Where the migration stands, without what rules did. */
  public Snapshot progress() {
    return progress.get();
  }

  /** Whether somebody wants this run to end, in this process. */
  public BooleanSupplier wish() {
    return wish;
  }

  /** Whether somebody wants this run to end, here or elsewhere. */
  public BooleanSupplier stopped() {
    RunStop stop = new RunStop(key());
    return () -> wish.getAsBoolean() || stop.stopRequested();
  }
}
