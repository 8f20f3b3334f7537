package dev.landfall.runners;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.api.Journal;
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
import dev.landfall.pipelines.proof.SelfTestTask;
import dev.landfall.pipelines.repair.RepairTask;
import dev.landfall.pipelines.run.CancelRun;
import dev.landfall.pipelines.run.DryRun;
import dev.landfall.pipelines.run.Errand;
import dev.landfall.pipelines.run.ExtendTask;
import dev.landfall.pipelines.run.NoteSourceMoved;
import dev.landfall.pipelines.run.ResetMigration;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.runners.display.Snapshots;
import dev.landfall.transforms.ledger.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A migration that does what a test tells it, and remembers what it was asked. */
public class FakeMigration implements Migration {
  final List<String> calls = new ArrayList<>();
  Snapshot before = Snapshots.at(0, Snapshot.Phase.NEW, List.of());
  Snapshot after = before;
  VerificationReport report = new VerificationReport(true, List.of(), List.of());
  SelfTestReport selfTest = new SelfTestReport(List.of(), List.of(), List.of(), List.of());
  SchemaText schema = new SchemaText("CREATE TABLE t ();", "ANALYZE;", List.of());
  @Nullable VerifyRequest request;
  RepairReport repair =
      new RepairReport(false, true, Instant.EPOCH, List.of(), List.of(), List.of());
  Runnable work = () -> {};
  Runnable inTheWay = () -> {};
  @Nullable String running;
  public final FakeJournal journal = new FakeJournal();
  private volatile boolean ran;

  @Override
  public String name() {
    return "shop";
  }

  @Override
  @SuppressWarnings("unchecked")
  public <R> R perform(Errand<R> errand, Runnable begun) {
    return (R) answer(errand, begun);
  }

  private Object answer(Errand<?> errand, Runnable begun) {
    if (errand instanceof PreviewSchema preview) {
      calls.add(preview.scan() ? "schema scan" : "schema");
      return schema;
    }
    if (errand instanceof ApplySchemaTask task) {
      calls.add("applySchema " + task.pre() + " " + task.post());
    } else if (errand instanceof MigrateTask task) {
      migrate(task.verify(), begun);
    } else if (errand instanceof ExtendTask) {
      calls.add("extend");
    } else if (errand instanceof BackfillTask) {
      calls.add("backfill");
      load(begun);
    } else if (errand instanceof SelfTestTask task) {
      calls.add("selfTest " + task.tables());
      load(begun);
      return selfTest;
    } else if (errand instanceof VerifyTask task) {
      calls.add("verify");
      request = task.request();
      work.run();
      return report;
    } else if (errand instanceof RepairTask task) {
      RepairRequest asked = task.request();
      calls.add("repair " + asked.execute() + " " + asked.deleteExtra() + " " + asked.tables());
      work.run();
      return repair;
    } else if (errand instanceof DryRun dry) {
      calls.add((dry.anew() ? "checkAnew " : "check ") + dry.task().command());
      if (dry.anew()) {
        inTheWay.run();
      }
    } else if (errand instanceof CancelRun cancel) {
      calls.add("cancel " + cancel.now());
      return Optional.ofNullable(running);
    } else if (errand instanceof NoteSourceMoved) {
      calls.add("sourceMoved");
    } else if (errand instanceof ResetMigration) {
      calls.add("reset");
    } else {
      work.run();
      throw new UnsupportedOperationException("a report is made of a ledger");
    }
    return Errand.Done.DONE;
  }

  void migrate(boolean verify, Runnable begun) {
    calls.add("migrate " + verify);
    load(begun);
  }

  private void load(Runnable begun) {
    begun.run();
    work.run();
    ran = true;
  }

  @Override
  public Snapshot snapshot() {
    return ran ? after : before;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public void requestStop() {
    calls.add("requestStop");
  }

  @Override
  public void close() {
    calls.add("close");
  }
}
