package dev.landfall.pipelines;

import dev.landfall.pipelines.api.JobLostException;
import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.api.Running;
import dev.landfall.pipelines.run.Jobs;
import java.util.Optional;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** The Direct runner with all its checks on. */
public final class DirectLauncher implements PipelineLauncher {
  @Override
  public Pipeline create(Work work, String name) {
    DirectOptions options = PipelineOptionsFactory.as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setBlockOnRun(false);
    options.setEnforceImmutability(true);
    options.setEnforceEncodability(true);
    options.setTargetParallelism(3);
    return Pipeline.create(options);
  }

  @Override
  public Running start(Pipeline pipeline, JobListener listener) {
    return Running.of(pipeline.run());
  }

  @Override
  public int lanes() {
    return 2;
  }

  @Override
  public boolean remote() {
    return false;
  }

  /** Jobs of no run in particular. */
  public Jobs jobs() {
    return (work, name, steps) -> {
      Pipeline pipeline = create(work, name);
      steps.accept(pipeline);
      try {
        start(pipeline, JobListener.NONE).await();
        return Optional.empty();
      } catch (RuntimeException e) {
        JobLostException lost = JobLostException.in(e);
        if (lost == null) {
          throw e;
        }
        return Optional.of(new Jobs.Cut(lost, String.valueOf(lost.getMessage())));
      }
    };
  }
}
