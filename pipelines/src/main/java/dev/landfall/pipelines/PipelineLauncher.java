package dev.landfall.pipelines;

import org.apache.beam.sdk.Pipeline;

/** Where pipelines run. */
public interface PipelineLauncher {
  /** A new, empty pipeline with the runner's options. */
  Pipeline create();

  /**
   * Runs the pipeline to its end.
   *
   * @throws RuntimeException when the pipeline fails, with the failure of its step among the causes
   */
  void run(Pipeline pipeline);

  /** How many chunks should be in work side by side, unless the spec says so. */
  int lanes();
}
