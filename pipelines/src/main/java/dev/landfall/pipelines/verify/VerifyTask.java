package dev.landfall.pipelines.verify;

import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.check.InRun;
import dev.landfall.pipelines.check.Purpose;
import dev.landfall.pipelines.run.RunChecks;
import dev.landfall.pipelines.run.RunJobs;
import dev.landfall.pipelines.run.Task;
import dev.landfall.pipelines.run.TaskContext;
import dev.landfall.pipelines.spec.LoadSettings;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.ledger.RunStop;
import dev.landfall.transforms.partition.ChunkSize;

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
  public Purpose purpose() {
    return Purpose.COMPARE;
  }

  @Override
  public VerificationReport run(TaskContext context) {
    try (RunChecks checks = RunChecks.begin(context, new InRun.Compare(request))) {
      VerificationReport rows = rows(context);
      RunLog.compared(rows);
      return rows.with(checks.end(() -> ReadRows.of(context.mapping(), rows)));
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
