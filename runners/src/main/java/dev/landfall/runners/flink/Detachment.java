package dev.landfall.runners.flink;

import dev.landfall.pipelines.api.ClusterJob;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Sends a command to a cluster, where a job with one slot carries it out and submits the jobs that
 * it takes. So nothing depends on the machine that it was sent from.
 */
final class Detachment {
  private static final Duration BEGIN = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(200);

  /** So many restarts in a row, none of which led to ten quiet minutes, and the job is given up. */
  private static final int RESTARTS = 20;

  private static final Duration QUIET = Duration.ofMinutes(10);
  private static final Duration FIRST_DELAY = Duration.ofSeconds(3);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

  private final FlinkCluster cluster;
  private final FlinkCluster.Overview overview;
  private final List<String> jars;
  private final Map<String, String> configuration;

  /**
   * @param jars what the workers get
   */
  Detachment(FlinkCluster cluster, FlinkCluster.Overview overview, List<String> jars) {
    this.cluster = cluster;
    this.overview = overview;
    this.jars = List.copyOf(jars);
    try {
      this.configuration = cluster.configuration();
    } catch (IOException e) {
      throw cluster.unreachable(e, Duration.ZERO);
    }
  }

  /**
   * Sends the command, and waits until its run has begun.
   *
   * @param migration what it is about, for the job's name
   * @param prepare what is done here, once the cluster is seen to take the command
   * @param begun whether the ledger has a run that such a job holds
   * @throws MigrationException what stopped the command right at its beginning
   */
  ClusterJob send(
      DetachedCommand command, String migration, Runnable prepare, Predicate<ClusterJob> begun) {
    DetachedCommand fitted = fitted(command);
    prepare.run();
    String name =
        "landfall "
            + migration
            + ": "
            + command.task().command()
            + " "
            + UUID.randomUUID().toString().substring(0, 8);
    ClusterJob job = new ClusterJob(cluster.address().toString(), submit(fitted, name), name);
    await(job, begun);
    return job;
  }

  /** Flink restarts this job: nobody else is there to submit it again when its worker is lost. */
  private String submit(DetachedCommand fitted, String name) {
    Configuration settings = cluster.clientConfiguration();
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, FIRST_DELAY);
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, LONGEST_DELAY);
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD, QUIET);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, RESTARTS);
    try {
      StreamExecutionEnvironment environment =
          StreamExecutionEnvironment.createRemoteEnvironment(
              cluster.address().host(),
              cluster.address().port(),
              settings,
              jars.toArray(String[]::new));
      environment.setParallelism(1);
      environment
          .fromSequence(1, 1)
          .map(new Driver(fitted, inside(), name))
          .name("Carry out " + fitted.task().command())
          .sinkTo(new DiscardingSink<>());
      return environment.executeAsync(name).getJobID().toHexString();
    } catch (Exception e) {
      throw new MigrationException(
          Kind.FAILED,
          "The command could not be handed over to the Flink cluster at "
              + cluster.address()
              + ": "
              + RootCause.line(e)
              + ". See what is wrong there, and give the command again.",
          e);
    }
  }

  /** The command's own job has a slot, which its jobs can't have. */
  private DetachedCommand fitted(DetachedCommand command) {
    int slots = overview.slots();
    boolean grows = configuration.keySet().stream().anyMatch(Detachment::isOfResourceManager);
    if (slots == 1 && !grows) {
      throw new MigrationException(
          Kind.USAGE,
          "--detach needs two slots or more, one for the command and the others for its work, and"
              + " the cluster at "
              + cluster.address()
              + " has one. Add a TaskManager, or leave --detach out. Nothing was touched.");
    }
    int asked = command.parallelism();
    return new DetachedCommand(
        command.task(),
        command.spec(),
        command.file(),
        command.files(),
        command.source(),
        command.target(),
        command.beamOptions(),
        grows || slots == 0 ? asked : Math.min(asked, slots - 1),
        Math.max(1, slots - 1),
        command.sourceMoved());
  }

  /** On Kubernetes and YARN TaskManagers come when a job needs them. */
  private static boolean isOfResourceManager(String key) {
    return key.equals("kubernetes.cluster-id") || key.startsWith("yarn.application");
  }

  /** A port that was forwarded, or a name that only the outside knows, means nothing to workers. */
  private FlinkAddress inside() {
    String host = configuration.get("rest.address");
    if (host == null || host.isBlank() || host.equals("0.0.0.0")) {
      host = configuration.get("jobmanager.rpc.address");
    }
    String port = configuration.getOrDefault("rest.port", "8081");
    return host == null || host.isBlank() || port.equals("0")
        ? cluster.address()
        : new FlinkAddress(host, Integer.parseInt(port));
  }

  private void await(ClusterJob job, Predicate<ClusterJob> begun) {
    long deadline = System.nanoTime() + BEGIN.toNanos();
    JobID id = JobID.fromHexString(job.id());
    while (!begun.test(job)) {
      try {
        Optional<JobStatus> status = cluster.status(id);
        if (status.isPresent() && status.get().isTerminalState()) {
          if (status.get() == JobStatus.FAILED) {
            throw FlinkJob.failure(cluster.result(id).orElseThrow());
          }
          return;
        }
        if (System.nanoTime() >= deadline) {
          return;
        }
      } catch (IOException e) {
        if (System.nanoTime() >= deadline) {
          throw cluster.unreachable(e, Duration.ZERO);
        }
      }
      FlinkCluster.pause(LOOK);
    }
  }
}
