package dev.landfall.runners.flink;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.jdbc.Pause;
import dev.landfall.transforms.jdbc.Retries;
import dev.landfall.transforms.jdbc.Retries.Policy;
import dev.landfall.transforms.model.StopSignal;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.rest.handler.legacy.messages.ClusterOverviewWithVersion;
import org.apache.flink.runtime.rest.messages.ClusterConfigurationInfoHeaders;
import org.apache.flink.runtime.rest.messages.ConfigurationInfoEntry;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.util.RestClientException;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/**
 * A Flink cluster, through its REST endpoint. Every question is asked once and answered, or fails
 * with an IOException, within some seconds: whoever asks knows how long it is worth asking again.
 */
final class FlinkCluster implements AutoCloseable {
  private static final int ANSWER_SECONDS = 10;

  private final FlinkAddress address;
  private final RestClusterClient<StandaloneClusterId> client;

  private FlinkCluster(FlinkAddress address, RestClusterClient<StandaloneClusterId> client) {
    this.address = address;
    this.client = client;
  }

  /**
   * What a cluster says of itself.
   *
   * @param version of Flink
   * @param slots all that its TaskManagers have now; more may come on some clusters
   * @param free those that no job has
   */
  record Overview(String version, int slots, int free) {}

  /**
   * A cluster at that address; nothing is asked yet.
   *
   * @param configuration a directory with Flink's own configuration, for security and time limits;
   *     null for Flink's defaults
   */
  static FlinkCluster at(FlinkAddress address, @Nullable String configuration) {
    Configuration config =
        configuration == null
            ? new Configuration()
            : GlobalConfiguration.loadConfiguration(configuration);
    config.set(JobManagerOptions.ADDRESS, address.host());
    config.set(RestOptions.ADDRESS, address.host());
    config.set(RestOptions.PORT, address.port());
    config.set(RestOptions.RETRY_MAX_ATTEMPTS, 0);
    config.set(RestOptions.CONNECTION_TIMEOUT, TimeUnit.SECONDS.toMillis(ANSWER_SECONDS));
    try {
      return new FlinkCluster(
          address, new RestClusterClient<>(config, StandaloneClusterId.getInstance()));
    } catch (Exception e) {
      throw new MigrationException(
          Kind.USAGE,
          "Flink's client can't be set up for " + address + ": " + e.getMessage() + ".",
          e);
    }
  }

  /** What a client of it needs to know: security, time limits, where it is. */
  Configuration clientConfiguration() {
    return new Configuration(client.getFlinkConfiguration());
  }

  /** Its address, as the user gave it. */
  FlinkAddress address() {
    return address;
  }

  /** Asks for the whole. */
  Overview overview() throws IOException {
    ClusterOverviewWithVersion overview = answer(client.getClusterOverview());
    return new Overview(
        overview.getVersion(), overview.getNumSlotsTotal(), overview.getNumSlotsAvailable());
  }

  /**
   * Waits until it answers.
   *
   * @throws MigrationException of kind UNREACHABLE when it does not within the limit
   */
  Overview awaitOverview(Duration limit) {
    Retries tries = Retries.of(Policy.CLUSTER, limit);
    while (true) {
      try {
        return overview();
      } catch (IOException e) {
        if (!tries.again(e)) {
          throw unreachable(e, limit);
        }
        pause(tries.pause());
      }
    }
  }

  MigrationException unreachable(IOException failure, Duration waited) {
    return new MigrationException(
        Kind.UNREACHABLE,
        "The Flink cluster at "
            + address
            + " can't be reached: "
            + reason(failure)
            + " Check that its JobManager is up, and --flink-master: it names the JobManager's REST"
            + " address, port 8081 unless configured otherwise."
            + (waited.isZero()
                ? ""
                : " Waited "
                    + waited.toSeconds()
                    + " s (load.outage). Committed chunks are safe: run the same command again when"
                    + " it is up."),
        failure);
  }

  /** The cluster's settings, as its JobManager has them; secrets are hidden by Flink. */
  Map<String, String> configuration() throws IOException {
    Map<String, String> settings = new HashMap<>();
    for (ConfigurationInfoEntry entry :
        answer(
            client.sendRequest(
                ClusterConfigurationInfoHeaders.getInstance(),
                EmptyMessageParameters.getInstance(),
                EmptyRequestBody.getInstance()))) {
      settings.put(entry.getKey(), entry.getValue());
    }
    return settings;
  }

  /** The newest job of that name that is none of the known ones. */
  Optional<JobID> find(String name, Set<JobID> known) throws IOException {
    Collection<JobStatusMessage> jobs = answer(client.listJobs());
    return jobs.stream()
        .filter(job -> job.getJobName().equals(name) && !known.contains(job.getJobId()))
        .max(Comparator.comparingLong(JobStatusMessage::getStartTime))
        .map(JobStatusMessage::getJobId);
  }

  /** How a job stands; empty when the cluster does not know it. */
  Optional<JobStatus> status(JobID job) throws IOException {
    return known(client.getJobStatus(job));
  }

  /** What came of a job that has ended; empty when the cluster does not know it. */
  Optional<JobResult> result(JobID job) throws IOException {
    return known(client.requestJobResult(job));
  }

  /** Cancels a job; one that is not there or has ended is none to cancel. */
  void cancel(JobID job) throws IOException {
    known(client.cancel(job));
  }

  private <T> Optional<T> known(CompletableFuture<T> question) throws IOException {
    try {
      return Optional.of(answer(question));
    } catch (IOException e) {
      if (ExceptionUtils.findThrowable(e, FlinkJobNotFoundException.class).isPresent()
          || ExceptionUtils.findThrowable(e, RestClientException.class)
              .filter(FlinkCluster::refersToNothing)
              .isPresent()
          // As a JobManager says it that was started a moment ago.
          || String.valueOf(e.getMessage()).contains("FlinkJobNotFoundException")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** 404: no such job. 409: it has ended. */
  private static boolean refersToNothing(RestClientException e) {
    int code = e.getHttpResponseStatus().code();
    return code == 404 || code == 409;
  }

  private static <T> T answer(CompletableFuture<T> question) throws IOException {
    try {
      return question.get(ANSWER_SECONDS * 2, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new IOException(String.valueOf(cause.getMessage()), cause);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + ANSWER_SECONDS * 2 + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationException(Kind.STOPPED, "Stopped while asking the Flink cluster.", e);
    }
  }

  static void pause(Duration time) {
    if (!Pause.of(time, StopSignal.NEVER)) {
      throw new MigrationException(Kind.STOPPED, "Stopped while waiting for the Flink cluster.");
    }
  }

  /** Why, in a few words, with a full stop. */
  static String reason(IOException failure) {
    String message =
        ExceptionUtils.findThrowable(failure, ConnectException.class).isPresent()
            ? "Connection refused"
            : String.valueOf(failure.getMessage()).lines().findFirst().orElse("").strip();
    return message.endsWith(".") ? message : message + ".";
  }

  @Override
  public void close() {
    client.close();
  }
}
