package dev.landfall.pipelines;

import dev.landfall.pipelines.api.Journal;
import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.api.SchemaText;
import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.define.ApplySchemaTask;
import dev.landfall.pipelines.define.PreviewSchema;
import dev.landfall.pipelines.load.BackfillTask;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.prepare.SameSource;
import dev.landfall.pipelines.repair.RepairTask;
import dev.landfall.pipelines.report.MakeReport;
import dev.landfall.pipelines.report.Report;
import dev.landfall.pipelines.run.CancelRun;
import dev.landfall.pipelines.run.DryRun;
import dev.landfall.pipelines.run.Errand;
import dev.landfall.pipelines.run.ExtendTask;
import dev.landfall.pipelines.run.LedgerJournal;
import dev.landfall.pipelines.run.NoteSourceMoved;
import dev.landfall.pipelines.run.ResetMigration;
import dev.landfall.pipelines.run.Standing;
import dev.landfall.pipelines.run.StopWish;
import dev.landfall.pipelines.run.TaskRunner;
import dev.landfall.pipelines.selftest.SelfTestTask;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.Snapshot;
import java.util.List;
import java.util.Optional;

/** A migration as its spec describes it. */
public final class SpecMigration implements Migration {
  private final Spec spec;
  private final PipelineLauncher launcher;
  private final Standing standing;
  private final SameSource source;
  private final StopWish wish = new StopWish();
  private final Pools.Lease lease = Pools.lease();
  private Runnable begun = () -> {};

  private SpecMigration(Spec spec, PipelineLauncher launcher) {
    this.spec = spec;
    this.launcher = launcher;
    this.standing = new Standing(spec.ofRuns().target().connection(), spec.name());
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

  private <R> R perform(Errand<R> errand) {
    return errand.perform(new TaskRunner(spec, launcher, standing, source, wish, begun));
  }

  @Override
  public SchemaText schema(boolean scan) {
    return perform(new PreviewSchema(scan));
  }

  @Override
  public void applySchema(boolean pre, boolean post) {
    perform(new ApplySchemaTask(pre, post));
  }

  @Override
  public void migrate(boolean verify) {
    perform(new MigrateTask(verify));
  }

  @Override
  public void onBegun(Runnable told) {
    begun = told;
  }

  @Override
  public void extend() {
    perform(new ExtendTask());
  }

  @Override
  public void backfill() {
    perform(new BackfillTask());
  }

  @Override
  public VerificationReport verify(VerifyRequest request) {
    return perform(new VerifyTask(request));
  }

  @Override
  public RepairReport repair(RepairRequest request) {
    return perform(new RepairTask(request));
  }

  @Override
  public SelfTestReport selfTest(List<String> tables) {
    return perform(new SelfTestTask(tables));
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
  public Report report() {
    return perform(new MakeReport());
  }

  @Override
  public void requestStop() {
    wish.ask();
  }

  @Override
  public void check(String command) {
    perform(
        new DryRun(
            switch (command) {
              case "migrate" -> new MigrateTask(true);
              case "extend" -> new ExtendTask();
              case "backfill" -> new BackfillTask();
              default -> new VerifyTask();
            }));
  }

  @Override
  public Optional<String> cancel(boolean now) {
    return perform(new CancelRun(now));
  }

  @Override
  public void sourceMoved() {
    perform(new NoteSourceMoved());
  }

  @Override
  public void checkAnew(String command) {
    perform(
        new DryRun(
            command.equals("migrate") ? new MigrateTask(true) : new BackfillTask(),
            /* anew= */ true));
  }

  @Override
  public void reset() {
    perform(new ResetMigration());
  }

  @Override
  public void close() {
    lease.close();
  }
}
