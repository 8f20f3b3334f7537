package dev.landfall.pipelines;

import org.apache.beam.sdk.Pipeline;

/** Where pipelines run. */
public interface PipelineLauncher {
  /** What a pipeline does: a runner may give each another number of threads. */
  enum Work {
    /** Reads one side and commits to the other. */
    LOAD,
    /** Reads both sides and waits for nothing else. */
    COMPARE
  }

  /** A new, empty pipeline with the runner's options. */
  Pipeline create(Work work);

  /**
   * Runs the pipeline to its end.
   *
   * @throws RuntimeException when the pipeline fails, with the failure of its step among the causes
   */
  void run(Pipeline pipeline);

  /** How many chunks should be in work side by side, unless the spec says so. */
  int lanes();
}
