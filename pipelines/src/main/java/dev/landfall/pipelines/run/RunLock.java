package dev.landfall.pipelines.run;

import dev.landfall.pipelines.api.ClusterJob;
import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.ThisProcess;
import dev.landfall.transforms.ledger.Activity;
import dev.landfall.transforms.ledger.ActivityLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A run's right to be at work, on the run's own connection: had at once, or refused with who is in
 * the way, but where that is a session of the run itself which the target has not ended yet.
 */
final class RunLock {
  private static final Duration TAKE_OVER = Duration.ofSeconds(10);

  private final String name;
  private final ActivityLock lock;

  RunLock(Connection connection, String name, Activity activity) {
    this.name = name;
    this.lock = ActivityLock.of(connection, name, activity);
  }

  /**
   * Takes it for a run that begins. Where a cluster's job is the run, who began that job again
   * knows that its earlier attempts are gone, even where the target still waits for them.
   *
   * @throws MigrationException of kind HELD when another run has it
   */
  void take(PipelineLauncher launcher) throws SQLException {
    boolean begunAgain = launcher.host().isPresent();
    String same = holder(launcher) + ", since ";
    long deadline = System.nanoTime() + TAKE_OVER.toNanos();
    while (!lock.tryLock()) {
      String holder = lock.holder();
      if (!begunAgain || !holder.startsWith(same) || System.nanoTime() > deadline) {
        throw held(name, holder);
      }
      lock.endHolders();
      pause();
    }
  }

  /** Whether a run has ended. */
  interface End {
    boolean isEnded() throws SQLException;
  }

  /**
   * Takes it on a new connection. While the ledger knows of no other run, it is this run's former
   * session that has it, which a busy target or network takes its time to end.
   *
   * @param patience how long the target is known to take, beside that
   * @throws MigrationException of kind HELD when another run has it
   */
  void takeAgain(Duration patience, End end) throws SQLException {
    long deadline = System.nanoTime() + TAKE_OVER.plus(patience).toNanos();
    while (!lock.tryLock()) {
      if (end.isEnded() || System.nanoTime() > deadline) {
        throw held(name, lock.holder());
      }
      pause();
    }
  }

  /** Gives it back. */
  void giveBack() throws SQLException {
    lock.unlock();
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
  }

  /** What whoever comes second is told. */
  static MigrationException held(String name, String holder) {
    return new MigrationException(
        Kind.HELD,
        "Migration \""
            + name
            + "\" is held by another run: "
            + holder
            + ". Wait for its end, or stop it; look at it with \"landfall status\".");
  }

  /** How a run of that launcher is called, as the ledger has it. */
  static String holder(PipelineLauncher launcher) {
    return launcher
        .host()
        .map(RunLock::holder)
        .orElseGet(
            () ->
                System.getProperty("user.name")
                    + "@"
                    + ThisProcess.host()
                    + ", process "
                    + ProcessHandle.current().pid());
  }

  private static String holder(ClusterJob job) {
    return "job " + job.id() + " on " + job.cluster();
  }
}
