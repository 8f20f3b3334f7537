package dev.landfall.runners.flink;

import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.api.Room;
import dev.landfall.pipelines.api.Running;
import dev.landfall.pipelines.load.WarmUp;
import dev.landfall.transforms.MigrationException;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;

/**
 * Runs pipelines on Flink in this process: on a cluster that is made for each job, or, where the
 * command itself runs as a Flink application, on that one.
 */
final class LocalFlinkLauncher implements PipelineLauncher {
  private final String master;
  private final List<String> beamOptions;
  private final Slots slots;

  /**
   * @param master Beam's word for where, {@code [local]} or {@code [auto]}
   */
  LocalFlinkLauncher(String master, List<String> beamOptions, Slots slots) {
    this.master = master;
    this.beamOptions = List.copyOf(beamOptions);
    this.slots = slots;
  }

  @Override
  public Pipeline create(Work work, String name) {
    FlinkPipelineOptions options = FlinkOptions.of(beamOptions);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster(master);
    options.setFilesToStage(List.of());
    options.setJobName(name);
    options.setParallelism(slots.count());
    return Pipeline.create(options);
  }

  @Override
  public Running start(Pipeline pipeline, JobListener listener) {
    return new BesideCaller(() -> run(pipeline), "landfall-job");
  }

  private static void run(Pipeline pipeline) {
    try {
      pipeline.run().waitUntilFinish();
    } catch (RuntimeException e) {
      for (Throwable t = e; t != null; t = t.getCause()) {
        if (String.valueOf(t.getMessage()).contains("detached mode")) {
          throw new MigrationException(
              MigrationException.Kind.USAGE,
              "Flink was told not to wait for this application's jobs, and Landfall has to: set"
                  + " execution.attached: true in Flink's configuration, or"
                  + " -Dexecution.attached=true.",
              e);
        }
      }
      throw e;
    }
  }

  @Override
  public void warmUp() {
    WarmUp.start(this);
  }

  @Override
  public void fit(Room room) {
    slots.fit(room);
  }

  @Override
  public int lanes() {
    return slots.count() * FlinkLauncher.LANES_PER_SLOT;
  }

  @Override
  public boolean remote() {
    return !master.equals("[local]");
  }
}
