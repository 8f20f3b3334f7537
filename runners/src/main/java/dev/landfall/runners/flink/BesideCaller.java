package dev.landfall.runners.flink;

import dev.landfall.pipelines.api.Running;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs what blocks in a thread of its own; cancelling interrupts it. */
final class BesideCaller implements Running {
  private final FutureTask<Boolean> work;

  BesideCaller(Runnable work, String name) {
    this.work = new FutureTask<>(work, true);
    Thread thread = new Thread(this.work, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
  }

  @Override
  public State state() {
    if (!work.isDone()) {
      return State.RUNNING;
    }
    try {
      await();
      return State.DONE;
    } catch (RuntimeException e) {
      return work.isCancelled() ? State.CANCELLED : State.FAILED;
    }
  }

  @Override
  public void await() {
    try {
      work.get();
    } catch (CancellationException e) {
      throw Running.cancelled("The job was cancelled");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationException(Kind.STOPPED, "Stopped while waiting for a job.", e);
    }
  }

  @Override
  public void cancel() {
    work.cancel(true);
  }
}
