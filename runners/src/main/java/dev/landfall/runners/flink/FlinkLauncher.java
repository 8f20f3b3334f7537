package dev.landfall.runners.flink;

import dev.landfall.pipelines.api.ClusterJob;
import dev.landfall.pipelines.api.JobLostException;
import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.api.Room;
import dev.landfall.pipelines.api.Running;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobSubmissionException;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs pipelines as jobs of a Flink cluster, each of which waits for a JobManager that is away for
 * a while, is submitted, and can be followed.
 */
final class FlinkLauncher implements PipelineLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkLauncher.class);

  /**
   * Lanes are dealt out to slots by chance, and one is enough to keep a slot busy to the end: with
   * so many none stays without one (64 slots: once in ten thousand jobs).
   */
  static final int LANES_PER_SLOT = 14;

  private final FlinkCluster cluster;
  private final List<String> beamOptions;
  private final List<String> jars;
  private final Slots slots;
  private final Duration outage;
  private final @Nullable ClusterJob host;
  private final Set<JobID> submitted = ConcurrentHashMap.newKeySet();

  /**
   * @param jars what the workers get, with everything that Flink does not have
   * @param slots how many slots a job takes
   * @param outage how long a cluster that does not answer is waited for
   * @param host the job that this process is the work of, null when it is none's
   */
  FlinkLauncher(
      FlinkCluster cluster,
      List<String> beamOptions,
      List<String> jars,
      Slots slots,
      Duration outage,
      @Nullable ClusterJob host) {
    this.cluster = cluster;
    this.beamOptions = List.copyOf(beamOptions);
    this.jars = List.copyOf(jars);
    this.slots = slots;
    this.outage = outage;
    this.host = host;
  }

  @Override
  public Pipeline create(Work work, String name) {
    FlinkPipelineOptions options = FlinkOptions.of(beamOptions);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster(cluster.address().toString());
    options.setFilesToStage(jars);
    options.setAttachedMode(false);
    options.setJobName(name);
    options.setParallelism(slots.count());
    return Pipeline.create(options);
  }

  @Override
  public void fit(Room room) {
    slots.fit(room);
  }

  @Override
  public Running start(Pipeline pipeline, JobListener listener) {
    String name = pipeline.getOptions().getJobName();
    return new FlinkJob(
        cluster,
        () -> {
          JobID job = submit(pipeline, name);
          submitted.add(job);
          listener.submitted(new ClusterJob(cluster.address().toString(), job.toHexString(), name));
          return job;
        },
        slots.count(),
        outage,
        listener);
  }

  private JobID submit(Pipeline pipeline, String name) {
    try {
      pipeline.run();
      return cluster
          .find(name, submitted)
          .orElseThrow(() -> new JobLostException("the JobManager lost a job that it had taken"));
    } catch (IOException e) {
      throw new JobLostException("the JobManager is away: " + FlinkCluster.reason(e), e);
    } catch (JobLostException e) {
      throw e;
    } catch (RuntimeException e) {
      Optional<JobSubmissionException> refused =
          ExceptionUtils.findThrowable(e, JobSubmissionException.class);
      if (refused.isPresent()) {
        throw new JobLostException(
            "the job could not be submitted: " + refused.get().getMessage(), e);
      }
      throw e;
    }
  }

  @Override
  public int lanes() {
    return slots.count() * LANES_PER_SLOT;
  }

  @Override
  public boolean remote() {
    return true;
  }

  @Override
  public Optional<ClusterJob> host() {
    return Optional.ofNullable(host);
  }

  @Override
  public boolean abandon(ClusterJob job) {
    try {
      JobID id = JobID.fromHexString(job.id());
      boolean running = cluster.status(id).filter(status -> !status.isTerminalState()).isPresent();
      if (running) {
        cluster.cancel(id);
      }
      return running;
    } catch (IOException e) {
      LOG.info("job {} could not be cancelled: {}", job.id(), e.getMessage());
      return false;
    }
  }
}
