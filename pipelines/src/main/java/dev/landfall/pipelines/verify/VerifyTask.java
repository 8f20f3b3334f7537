package dev.landfall.pipelines.verify;

import dev.landfall.pipelines.api.CheckResult;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.preflight.Scope;
import dev.landfall.pipelines.run.RunJobs;
import dev.landfall.pipelines.run.SourceWatch;
import dev.landfall.pipelines.run.Task;
import dev.landfall.pipelines.run.TaskContext;
import dev.landfall.pipelines.spec.LoadSettings;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.ledger.RunStop;
import dev.landfall.transforms.partition.ChunkSize;
import java.util.Optional;

/** Compares both sides as asked for; changes nothing but the ledger. */
public record VerifyTask(VerifyRequest request) implements Task<VerificationReport> {
  /** Compares every row by digests. */
  public VerifyTask() {
    this(VerifyRequest.defaults());
  }

  @Override
  public String command() {
    return "verify";
  }

  @Override
  public Scope scope() {
    return Scope.COMPARE;
  }

  @Override
  public VerificationReport run(TaskContext context) {
    Conditions conditions =
        new Conditions(
            context.spec(), context.key(), context.prepared(), request, context.stopped());
    SourceWatch watch = new SourceWatch(context.spec(), context.prepared());
    context.outage().ride(watch::begin);
    context.outage().ride(conditions::run);
    VerificationReport compared = compare(context, conditions);
    RunLog.compared(compared);
    context.outage().ride(() -> watch.look(context.key()));
    return watch.addTo(compared);
  }

  private VerificationReport compare(TaskContext context, Conditions conditions) {
    if (!request.everyRow()) {
      return conditions.addTo(rows(context), Optional.empty());
    }
    try (CountedApart counted = CountedApart.of(context)) {
      // Whoever limits what is read wants nothing beside it.
      context.outage().ride(() -> counted.begin(!request.readLimit().limits()));
      VerificationReport rows = rows(context);
      Optional<CheckResult> broken = context.outage().answer(() -> counted.look(rows));
      return conditions.addTo(rows, broken);
    }
  }

  private VerificationReport rows(TaskContext context) {
    LoadSettings load = context.spec().load();
    RunJobs jobs = context.jobs();
    ChecksumPipeline.Settings settings =
        new ChecksumPipeline.Settings(
            context.source(),
            context.key(),
            context.mapping(),
            new ChunkSize(load.chunkRows(), load.chunkBytes()),
            context.launcher().lanes(),
            new RunStop(context.key()),
            request.maxDifferences(),
            request.readLimit(),
            context.launcher().remote(),
            request.slice(),
            request.pushdown());
    // It goes on behind the last round that is recorded.
    return context
        .outage()
        .ride(
            () -> Verification.run(jobs, settings, request),
            jobs::done,
            e ->
                new MigrationException(
                    Kind.FAILED,
                    "The comparison failed: "
                        + e.getMessage()
                        + " (SQLState "
                        + e.getSQLState()
                        + "). Nothing was changed; run it again.",
                    e));
  }
}
