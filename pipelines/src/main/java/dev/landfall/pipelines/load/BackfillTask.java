package dev.landfall.pipelines.load;

import dev.landfall.pipelines.preflight.Scope;
import dev.landfall.pipelines.run.Errand;
import dev.landfall.pipelines.run.Outage;
import dev.landfall.pipelines.run.SourceWatch;
import dev.landfall.pipelines.run.Task;
import dev.landfall.pipelines.run.TaskContext;
import dev.landfall.pipelines.run.Waves;
import dev.landfall.pipelines.verify.CountedApart;
import dev.landfall.pipelines.verify.RunLog;
import dev.landfall.transforms.ledger.Snapshot;
import java.util.List;

/** Only the load, into tables that are there: exactly the chunks that are not committed yet. */
public record BackfillTask() implements Task<Errand.Done> {
  @Override
  public String command() {
    return "backfill";
  }

  @Override
  public Scope scope() {
    return Scope.LOAD;
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
    Outage outage = context.outage();
    outage.ride(() -> context.session().phase(Snapshot.Phase.BACKFILL));
    SourceWatch watch = new SourceWatch(context.spec(), context.prepared());
    outage.ride(watch::begin);
    CountedApart counted = CountedApart.of(context);
    outage.ride(() -> counted.begin(/* beside= */ false));
    Backfill backfill = new Backfill(context);
    for (List<Integer> wave : Waves.of(context.mapping(), context.prepared().target())) {
      backfill.run(wave);
    }
    RunLog.loaded(context.progress());
    if (!compared) {
      outage.ride(counted::lookAtLoad);
    }
    outage.ride(() -> watch.look(context.key()));
  }
}
