package dev.landfall.runners.flink;

import dev.landfall.pipelines.api.JobLostException;
import dev.landfall.pipelines.api.PipelineLauncher.JobListener;
import dev.landfall.pipelines.api.Running;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.Retries;
import dev.landfall.transforms.jdbc.Retries.Policy;
import dev.landfall.transforms.jdbc.SqlStates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job for a Flink cluster, beside the caller from its submission on. A JobManager that is away
 * for a while is waited for, before that and behind it.
 */
final class FlinkJob implements Running {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkJob.class);
  private static final Duration FIRST_LOOK = Duration.ofMillis(20);
  private static final Duration LONGEST_LOOK = Duration.ofMillis(200);
  private static final Duration COUNT_SLOTS = Duration.ofSeconds(3);

  private final FlinkCluster cluster;
  private final BesideCaller submission;
  private volatile @Nullable JobID taken;
  private final int slots;
  private final Duration outage;
  private final JobListener listener;

  /**
   * @param submit submits it to a cluster that answers
   * @param slots how many the job takes
   * @param outage how long a cluster that does not answer is waited for
   */
  FlinkJob(
      FlinkCluster cluster,
      Supplier<JobID> submit,
      int slots,
      Duration outage,
      JobListener listener) {
    this.cluster = cluster;
    this.slots = slots;
    this.outage = outage;
    this.listener = listener;
    this.submission =
        new BesideCaller(
            () -> {
              cluster.awaitOverview(outage);
              taken = submit.get();
            },
            "landfall-submission");
  }

  @Override
  public State state() {
    JobID job = taken;
    if (job == null) {
      return submission.state();
    }
    try {
      JobStatus status = cluster.status(job).orElseThrow(() -> forgotten(job));
      return switch (status) {
        case FINISHED -> State.DONE;
        case FAILED -> State.FAILED;
        case CANCELED -> State.CANCELLED;
        default -> State.RUNNING;
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void cancel() {
    submission.cancel();
    try {
      JobID job = taken;
      if (job != null) {
        cluster.cancel(job);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void await() {
    submission.await();
    JobID job = Objects.requireNonNull(taken);
    Retries tries = Retries.of(Policy.CLUSTER, outage);
    long answers = 0;
    long counted = System.nanoTime();
    Duration pause = FIRST_LOOK;
    boolean told = false;
    while (true) {
      try {
        JobStatus status = cluster.status(job).orElseThrow(() -> forgotten(job));
        if (status.isTerminalState()) {
          end(job, status);
          return;
        }
        answers++;
        if (!told && System.nanoTime() - counted > COUNT_SLOTS.toNanos()) {
          counted = System.nanoTime();
          told = tellWhenShort();
        }
      } catch (IOException e) {
        LOG.info("the JobManager does not answer: {}", e.getMessage());
        if (!tries.again(answers, e)) {
          throw cluster.unreachable(e, outage);
        }
      }
      FlinkCluster.pause(pause);
      pause = Collections.min(List.of(pause.multipliedBy(2), LONGEST_LOOK));
    }
  }

  /** A job that lacks slots looks as if it ran: who waits for it should know. */
  private boolean tellWhenShort() throws IOException {
    int there = cluster.overview().slots();
    if (there >= slots) {
      return false;
    }
    listener.waiting(
        "the Flink cluster at "
            + cluster.address()
            + " has "
            + there
            + " slots and the job needs "
            + slots
            + ": it waits for TaskManagers");
    return true;
  }

  private void end(JobID job, JobStatus status) throws IOException {
    switch (status) {
      case FINISHED -> {}
      case CANCELED ->
          throw Running.cancelled(
              "Job " + job.toHexString() + " was cancelled on the Flink cluster");
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
            .map(t -> t.deserializeError(FlinkJob.class.getClassLoader()))
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
}
