package dev.landfall.pipelines.load;

import dev.landfall.pipelines.check.Purpose;
import dev.landfall.pipelines.define.Definitions;
import dev.landfall.pipelines.define.Statements;
import dev.landfall.pipelines.run.Errand;
import dev.landfall.pipelines.run.Outage;
import dev.landfall.pipelines.run.RunSession;
import dev.landfall.pipelines.run.Task;
import dev.landfall.pipelines.run.TaskContext;
import dev.landfall.pipelines.spec.SpecStatement.Moment;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.transforms.ledger.Snapshot;

/**
 * The whole move: DDL, load, keys and indexes, the spec's statements between them, and the
 * comparison of both sides. Differences are no exception: the snapshot has them.
 *
 * @param verify whether to compare
 */
public record MigrateTask(boolean verify) implements Task<Errand.Done> {
  @Override
  public String command() {
    return "migrate";
  }

  @Override
  public Purpose purpose() {
    return Purpose.MIGRATE;
  }

  @Override
  public Done run(TaskContext context) {
    Definitions definitions = Definitions.of(context);
    Statements statements = Statements.of(context);
    RunSession session = context.session();
    Outage outage = context.outage();
    outage.ride(() -> session.phase(Snapshot.Phase.SCHEMA));
    outage.ride(() -> statements.run(Moment.BEFORE_TABLES));
    outage.ride(definitions::applyPre);
    BackfillTask.load(context, verify);
    outage.ride(() -> session.phase(Snapshot.Phase.INDEXES));
    outage.ride(definitions::applyPost);
    outage.ride(session::afterLoad);
    outage.ride(() -> statements.run(Moment.AFTER_KEYS));
    if (verify) {
      outage.ride(() -> session.phase(Snapshot.Phase.VERIFY));
      new VerifyTask().run(context);
    }
    return Done.DONE;
  }
}
