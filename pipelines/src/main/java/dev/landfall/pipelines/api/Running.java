package dev.landfall.pipelines.api;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.beam.sdk.PipelineResult;

/** A pipeline that was started. Any thread may ask, wait and cancel. */
public interface Running {
  /** How it stands. */
  enum State {
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }

  /** How it stands at this moment. */
  State state();

  /**
   * Waits for its end.
   *
   * @throws JobLostException when the runner did not take it, or gave up, for a reason of its own,
   *     such as workers that died; the same pipeline made anew may be run again
   * @throws MigrationException of kind STOPPED when it was cancelled
   * @throws RuntimeException when the pipeline failed, with the failure of its step among the
   *     causes
   */
  void await();

  /** Ends it without waiting for what is in hand, which is rolled back. */
  void cancel();

  /** What is said when one was cancelled, in the words of its runner. */
  static MigrationException cancelled(String what) {
    return new MigrationException(Kind.STOPPED, what + ". Committed chunks are safe.");
  }

  /** A pipeline that a runner takes care of. */
  static Running of(PipelineResult result) {
    return new Running() {
      @Override
      public State state() {
        return switch (result.getState()) {
          case DONE -> State.DONE;
          case FAILED -> State.FAILED;
          case CANCELLED -> State.CANCELLED;
          case UNKNOWN, STOPPED, RUNNING, UPDATED, UNRECOGNIZED -> State.RUNNING;
        };
      }

      @Override
      public void await() {
        if (result.waitUntilFinish() == PipelineResult.State.CANCELLED) {
          throw cancelled("The job was cancelled");
        }
      }

      @Override
      public void cancel() {
        try {
          result.cancel();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}
