package dev.landfall.pipelines.run;

import dev.landfall.pipelines.api.PipelineLauncher;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;

/** Runs jobs. Whatever one leaves behind is committed exactly once, so that it may be run again. */
@FunctionalInterface
public interface Jobs {
  /** What cut a job short, and why in a few words. */
  record Cut(Throwable cause, String reason) {}

  /**
   * Runs one job.
   *
   * @param name what it does
   * @param steps adds the job's steps to an empty pipeline
   * @return what cut it short, when that is over; empty when it came to its end
   * @throws dev.landfall.transforms.MigrationException when it failed for good
   */
  Optional<Cut> run(PipelineLauncher.Work work, String name, Consumer<Pipeline> steps);
}
