package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.run.Task;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Printer;
import dev.landfall.runners.cli.Session;
import dev.landfall.runners.cli.Signals;
import dev.landfall.runners.display.Console;
import dev.landfall.runners.display.Outcome;
import dev.landfall.runners.display.Progress;
import dev.landfall.runners.document.StatusDocument;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ledger.Snapshot;

/**
 * One run as a person lives through it: progress while it goes on, Ctrl-C, and what came of it. The
 * first Ctrl-C (or SIGTERM) lets the chunks in hand finish; the second ends the process.
 */
public final class LiveRun {
  private final Session session;
  private final Console console;
  private final Migration migration;
  private final Printer printer;

  LiveRun(Session session, Migration migration, Printer printer) {
    this.session = session;
    this.console = session.console();
    this.migration = migration;
    this.printer = printer;
  }

  /** Runs a load to its end, shows the results, and returns the exit code. */
  int load(Task<?> task) {
    Snapshot before = migration.snapshot();
    long begun = System.nanoTime();
    watch(task, Outcome.resuming(before));
    double seconds = (System.nanoTime() - begun) / 1e9;
    Snapshot after = migration.snapshot();
    printer.show(
        () -> StatusDocument.of(after),
        terminal -> new Outcome(terminal).lines(before, after, seconds, session.again("verify")));
    return ExitCodes.of(after);
  }

  /**
   * Runs a task while its progress is shown.
   *
   * @throws MigrationException as the task throws it; of kind STOPPED it says how to go on
   */
  <T> T watch(Task<T> task) {
    return watch(task, "");
  }

  /**
   * The same, with something to say once the run has begun.
   *
   * @param first empty for nothing
   */
  private <T> T watch(Task<T> task, String first) {
    Progress progress = Progress.start(migration::progress, console.err(), console.errTerminal());
    try (progress;
        Signals signals = new Signals()) {
      signals.onStop(() -> stop(progress), () -> progress.message(stoppedAtOnce(session.again())));
      signals.on("WINCH", progress::resized);
      return first.isEmpty()
          ? migration.perform(task)
          : migration.perform(task, () -> progress.message("landfall: " + first));
    } catch (RuntimeException e) {
      MigrationException known = MigrationException.in(e);
      if (known != null && known.kind() == MigrationException.Kind.STOPPED) {
        throw new MigrationException(
            MigrationException.Kind.STOPPED,
            known.getMessage() + "\nTo go on from here:\n  " + session.again(),
            known);
      }
      throw e;
    }
  }

  private void stop(Progress progress) {
    // First what matters: whoever reads the message may be who hangs.
    migration.requestStop();
    progress.message("landfall: finishing the chunks in hand; press Ctrl-C again to stop at once");
  }

  /** What is said when a run ends without an end of its own. */
  public static String stoppedAtOnce(String again) {
    return "landfall: stopped at once. Nothing is lost: what was committed stays, the rest was"
        + " rolled back.\nTo go on from here:\n  "
        + again;
  }
}
