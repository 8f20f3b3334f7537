package dev.landfall.runners.flink;

import dev.landfall.pipelines.api.ClusterJob;
import dev.landfall.pipelines.api.JobLostException;
import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.api.Room;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.jdbc.SqlStates;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.client.JobSubmissionException;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs pipelines as jobs of a Flink cluster, one at a time. Submits each and follows it, so that
 * its id is known while it runs, and a JobManager that is away for a while is waited for.
 */
final class FlinkLauncher implements PipelineLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkLauncher.class);

  /**
   * Lanes are dealt out to slots by chance, and one is enough to keep a slot busy to the end: with
   * so many none stays without one (64 slots: once in ten thousand jobs).
   */
  static final int LANES_PER_SLOT = 14;

  private static final long FIRST_LOOK_MILLIS = 20;
  private static final long LONGEST_LOOK_MILLIS = 200;
  private static final Duration COUNT_SLOTS = Duration.ofSeconds(3);

  private final FlinkCluster cluster;
  private final List<String> beamOptions;
  private final String jar;
  private final Slots slots;
  private final Duration outage;
  private final @Nullable ClusterJob host;
  private final Set<JobID> submitted = new HashSet<>();

  /**
   * @param jar what the workers get, with everything that Flink does not have
   * @param slots how many slots a job takes
   * @param outage how long a cluster that does not answer is waited for
   * @param host the job that this process is the work of, null when it is none's
   */
  FlinkLauncher(
      FlinkCluster cluster,
      List<String> beamOptions,
      String jar,
      Slots slots,
      Duration outage,
      @Nullable ClusterJob host) {
    this.cluster = cluster;
    this.beamOptions = List.copyOf(beamOptions);
    this.jar = jar;
    this.slots = slots;
    this.outage = outage;
    this.host = host;
  }

  @Override
  public Pipeline create(Work work, String name) {
    FlinkPipelineOptions options = FlinkOptions.of(beamOptions);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster(cluster.address().toString());
    options.setFilesToStage(List.of(jar));
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
  public void run(Pipeline pipeline, JobListener listener) {
    cluster.awaitOverview(outage);
    String name = pipeline.getOptions().getJobName();
    JobID job = submit(pipeline, name);
    submitted.add(job);
    listener.submitted(new ClusterJob(cluster.address().toString(), job.toHexString(), name));
    await(job, listener);
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

  private void await(JobID job, JobListener listener) {
    long answered = System.nanoTime();
    long counted = answered;
    long pause = FIRST_LOOK_MILLIS;
    boolean told = false;
    while (true) {
      try {
        JobStatus status = cluster.status(job).orElseThrow(() -> forgotten(job));
        if (status.isTerminalState()) {
          end(job, status);
          return;
        }
        answered = System.nanoTime();
        if (!told && answered - counted > COUNT_SLOTS.toNanos()) {
          counted = answered;
          told = tellWhenShort(listener);
        }
      } catch (IOException e) {
        LOG.info("the JobManager does not answer: {}", e.getMessage());
        if (System.nanoTime() - answered >= outage.toNanos()) {
          throw cluster.unreachable(e, outage);
        }
      }
      FlinkCluster.pause(pause);
      pause = Math.min(pause * 2, LONGEST_LOOK_MILLIS);
    }
  }

  /** A job that lacks slots looks as if it ran: who waits for it should know. */
  private boolean tellWhenShort(JobListener listener) throws IOException {
    int there = cluster.overview().slots();
    if (there >= slots.count()) {
      return false;
    }
    listener.waiting(
        "the Flink cluster at "
            + cluster.address()
            + " has "
            + there
            + " slots and the job needs "
            + slots.count()
            + ": it waits for TaskManagers");
    return true;
  }

  private void end(JobID job, JobStatus status) throws IOException {
    switch (status) {
      case FINISHED -> {}
      case CANCELED ->
          throw new MigrationException(
              Kind.STOPPED,
              "Job "
                  + job.toHexString()
                  + " was cancelled on the Flink cluster. Committed chunks are safe.");
      default -> throw failure(cluster.result(job).orElseThrow(() -> forgotten(job)));
    }
  }

  private static JobLostException forgotten(JobID job) {
    return new JobLostException(
        "the JobManager knows nothing of job " + job.toHexString() + " any more: it was restarted");
  }

  /** What a step threw when it was a step; otherwise the cluster's own trouble. */
  static RuntimeException failure(JobResult result) {
    Throwable cause =
        result
            .getSerializedThrowable()
            .map(t -> t.deserializeError(FlinkLauncher.class.getClassLoader()))
            .orElseGet(() -> new IllegalStateException("Flink gives no reason"));
    if (MigrationException.in(cause) != null
        || SqlStates.in(cause) != null
        || JobLostException.in(cause) != null) {
      return new IllegalStateException(cause);
    }
    Throwable root = RootCause.of(cause);
    boolean clusters =
        root.getClass().getName().startsWith("org.apache.flink.")
            || root instanceof IOException
            || root instanceof java.util.concurrent.TimeoutException;
    return clusters
        ? new JobLostException("Flink gave the job up: " + RootCause.line(root), cause)
        : new IllegalStateException(cause);
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
