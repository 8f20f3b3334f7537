package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.api.Reconciliation;
import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.api.VerifyRequest.Level;
import dev.landfall.pipelines.proof.SelfTestTask;
import dev.landfall.pipelines.run.DryRun;
import dev.landfall.pipelines.run.Task;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Masking;
import dev.landfall.runners.cli.Session;
import dev.landfall.runners.cli.Signals;
import dev.landfall.runners.display.SelfTestText;
import dev.landfall.runners.display.VerifyText;
import dev.landfall.runners.document.SelfTestDocument;
import dev.landfall.runners.document.VerificationDocument;
import dev.landfall.runners.notify.Alarms;
import dev.landfall.runners.notify.Webhook;
import dev.landfall.runners.schedule.Schedule;
import dev.landfall.runners.schedule.ScheduledRuns;
import dev.landfall.runners.schedule.ScheduledVerification;
import dev.landfall.runners.schedule.WaitForTime;
import dev.landfall.transforms.MigrationException;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    description =
        "Compares both sides, unless told otherwise every row and every mapped column; changes"
            + " nothing.",
    footer = {
      "",
      "Exit code 0: equal. 3: they differ; the keys and columns are listed.",
      "With --self-test 0: every fault was found and nothing else. 1: not so, or not proved."
    })
public final class VerifyCommand extends RunCommand {
  @Mixin private final CompareOptions compare = new CompareOptions();
  @Mixin private final SelfTestOptions selfTest = new SelfTestOptions();

  public VerifyCommand(Session session) {
    super(session);
  }

  @Option(
      names = "--no-schema",
      description = "Leaves out whether columns, keys, indexes and the like are as promised")
  private boolean noSchema;

  @Mixin private final ReconcileOptions reconcile = new ReconcileOptions();

  @Option(
      names = "--pushdown",
      description =
          "Let both databases compute digests of tables whose types allow it, for sides far apart;"
              + " only what disagrees is read")
  private boolean pushdown;

  @Override
  Task<?> task() {
    // Says what it does not go with.
    selfTest.given();
    return new VerifyTask(request());
  }

  private VerifyRequest request() {
    VerifyRequest.Builder request = compare.request().setSchema(!noSchema);
    reconcile.apply(request, compare.level());
    if (pushdown) {
      if (compare.level() == Level.COUNT || compare.level() == Level.SAMPLE) {
        throw new MigrationException(
            MigrationException.Kind.USAGE,
            "--pushdown computes digests of every row: leave --level out, or give full.");
      }
      request.setPushdown(true);
    }
    return request.build();
  }

  @Override
  void check(boolean detached) {
    reconcile.check(detached);
    request();
  }

  @Override
  int attached(Migration migration) {
    if (selfTest.given()) {
      return prove(migration);
    }
    Optional<Schedule> schedule = reconcile.schedule();
    alarms(migration).ifPresent(Alarms::tellLeft);
    return schedule.isPresent()
        ? scheduled(migration, schedule.get())
        : exitCode(compare(migration));
  }

  private int exitCode(VerificationReport report) {
    Reconciliation seen = report.reconciliation();
    if (report.holds()) {
      return ExitCodes.DONE;
    }
    return report.conditionsHold()
            && reconcile.alarmNew()
            && seen != null
            && seen.newDifferences() == 0
        ? ExitCodes.DONE
        : ExitCodes.DIFFERENCES;
  }

  /** Compares, shows what was found, and tells what is new. */
  private VerificationReport compare(Migration migration) {
    VerifyTask verify = new VerifyTask(request());
    Instant started = Instant.now();
    VerificationReport report = new LiveRun(session, migration, printer()).watch(verify);
    // One of many says which it is.
    Instant which = reconcile.schedule().isPresent() ? started : null;
    printer()
        .show(
            () -> VerificationDocument.of(report, which),
            terminal ->
                new VerifyText(terminal)
                    .lines(
                        report, session.again(), session.again("verify"), session.again("repair")));
    Reconciliation seen = report.reconciliation();
    if (seen != null) {
      alarms(migration).ifPresent(alarms -> alarms.tell(seen));
    }
    return report;
  }

  private Optional<Alarms> alarms(Migration migration) {
    return reconcile
        .webhook()
        .map(url -> new Webhook(url, Webhook.Pause.SYSTEM))
        .map(webhook -> new Alarms(migration.journal(), webhook, this::say));
  }

  private void say(String text) {
    session.console().err().println("landfall: " + text);
  }

  /** What a person must put right is said at once, not at the first time of the schedule. */
  private void checkNow(Migration migration) {
    try {
      migration.perform(new DryRun(new VerifyTask()));
    } catch (MigrationException e) {
      if (e.kind() != MigrationException.Kind.HELD
          && e.kind() != MigrationException.Kind.UNREACHABLE) {
        throw e;
      }
      say(Masking.mask(String.valueOf(e.getMessage())));
    }
  }

  private int scheduled(Migration migration, Schedule schedule) {
    WaitForTime time = new WaitForTime();
    ScheduledVerification verification =
        new ScheduledVerification(migration, printer(), reconcile.keep(), reconcile.exitOnNew());
    checkNow(migration);
    // A run has handlers of its own, and gives these back.
    try (Signals signals = new Signals()) {
      signals.onStop(time::end, () -> say("stopped at once"));
      return new ScheduledRuns(schedule, time, this::say)
          .run(() -> verification.once(() -> compare(migration)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCodes.STOPPED;
    }
  }

  private int prove(Migration migration) {
    SelfTestTask test = new SelfTestTask(selfTest.tables());
    SelfTestReport report = new LiveRun(session, migration, printer()).watch(test);
    printer()
        .show(
            () -> SelfTestDocument.of(report),
            terminal -> new SelfTestText(terminal).lines(report));
    return report.proved() ? ExitCodes.DONE : ExitCodes.FAILED;
  }
}
