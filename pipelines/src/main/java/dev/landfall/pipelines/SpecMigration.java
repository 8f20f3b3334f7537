package dev.landfall.pipelines;

import dev.landfall.pipelines.api.Journal;
import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.prepare.SameSource;
import dev.landfall.pipelines.run.Errand;
import dev.landfall.pipelines.run.LedgerJournal;
import dev.landfall.pipelines.run.Standing;
import dev.landfall.pipelines.run.StopWish;
import dev.landfall.pipelines.run.TaskRunner;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.Snapshot;

/** A migration as its spec describes it. */
public final class SpecMigration implements Migration {
  private final Spec spec;
  private final PipelineLauncher launcher;
  private final Standing standing;
  private final SameSource source;
  private final StopWish wish = new StopWish();
  private final Pools.Lease lease = Pools.lease();

  private SpecMigration(Spec spec, PipelineLauncher launcher) {
    this.spec = spec;
    this.launcher = launcher;
    this.standing = new Standing(spec.target().connection(), spec.name());
    this.source = new SameSource(spec);
  }

  /** The migration of that spec; nothing is connected to yet. */
  public static Migration of(Spec spec, PipelineLauncher launcher) {
    return new SpecMigration(spec, launcher);
  }

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public <R> R perform(Errand<R> errand, Runnable begun) {
    return errand.perform(new TaskRunner(spec, launcher, standing, source, wish, begun));
  }

  @Override
  public Snapshot snapshot() {
    return standing.now();
  }

  @Override
  public Snapshot progress() {
    return standing.progress();
  }

  @Override
  public Journal journal() {
    return new LedgerJournal(spec.target().connection(), spec.name());
  }

  @Override
  public void requestStop() {
    wish.ask();
  }

  @Override
  public void close() {
    lease.close();
  }
}
