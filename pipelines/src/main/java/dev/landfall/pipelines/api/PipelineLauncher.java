package dev.landfall.pipelines.api;

import java.util.Optional;
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

  /**
   * A new, empty pipeline with the runner's options.
   *
   * @param name what a person finds it by among other jobs
   */
  Pipeline create(Work work, String name);

  /**
   * Starts the pipeline and returns at once; whether its runner takes it, and when, shows there.
   */
  Running start(Pipeline pipeline, JobListener listener);

  /** Makes itself ready beside the caller, where that takes time that can be used. */
  default void warmUp() {}

  /** How many chunks should be in work side by side, unless the spec says so. */
  int lanes();

  /**
   * Has no more chunks in work than there is room for.
   *
   * @throws dev.landfall.transforms.MigrationException of kind USAGE when somebody asked for more
   */
  default void fit(Room room) {}

  /**
   * Whether steps run in other processes than this one, so that what they are made of travels over
   * a network and is kept by the cluster.
   */
  boolean remote();

  /** The cluster's job that this process itself is the work of; empty for a process of its own. */
  default Optional<ClusterJob> host() {
    return Optional.empty();
  }

  /**
   * Takes a job off the launcher's cluster. One that a run left behind can do no harm, but has
   * slots that are needed.
   *
   * @return false when it is not there
   */
  default boolean abandon(ClusterJob job) {
    return false;
  }

  /** Hears of a job while it runs. */
  interface JobListener {
    /** Hears nothing. */
    JobListener NONE =
        new JobListener() {
          @Override
          public void submitted(ClusterJob job) {}

          @Override
          public void waiting(String reason) {}
        };

    /** A cluster has taken the job. */
    void submitted(ClusterJob job);

    /** The job makes no progress yet, for a reason that a person should know. */
    void waiting(String reason);
  }
}
