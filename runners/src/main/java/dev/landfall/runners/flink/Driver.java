package dev.landfall.runners.flink;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.SpecMigration;
import dev.landfall.pipelines.api.ClusterJob;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.run.NoteSourceMoved;
import dev.landfall.pipelines.spec.Environment;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.pipelines.spec.SpecReader;
import dev.landfall.transforms.MigrationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a command out on a worker: submits the jobs that it takes to the same cluster, one after
 * the other, and waits for each. Begun again, after its worker was lost, it goes on where the
 * ledger says that the command stands, as the same command given by a person would.
 */
final class Driver extends RichMapFunction<Long, Boolean> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(Driver.class);

  /** Flink ends a worker whose task does not end three minutes after it was cancelled. */
  private static final long PATIENCE_SECONDS = 120;

  private final DetachedCommand command;
  private final FlinkAddress address;
  private final String jobName;

  /**
   * @param address where the cluster's workers reach its REST endpoint
   * @param jobName what the job is called that this function is all of
   */
  Driver(DetachedCommand command, FlinkAddress address, String jobName) {
    this.command = command;
    this.address = address;
    this.jobName = jobName;
  }

  @Override
  public Boolean map(Long once) {
    try {
      run(getRuntimeContext().getJobInfo().getJobId().toHexString());
    } catch (MigrationException e) {
      LOG.warn("{}", e.getMessage());
      if (e.kind() != MigrationException.Kind.STOPPED) {
        throw new DriverFailure(String.valueOf(e.getMessage()), e);
      }
    }
    return true;
  }

  private void run(String job) {
    Spec spec = spec();
    Duration outage = spec.load().outage();
    try (FlinkCluster cluster =
            FlinkCluster.at(address, FlinkOptions.of(command.beamOptions()).getFlinkConfDir());
        Migration migration =
            SpecMigration.of(
                spec,
                new FlinkLauncher(
                    cluster,
                    command.beamOptions(),
                    FlinkLaunchers.ofThisJob(),
                    Slots.of(command.parallelism(), command.slots()),
                    outage,
                    new ClusterJob(address.toString(), job, jobName)))) {
      cluster.awaitOverview(outage);
      if (command.sourceMoved()) {
        migration.perform(new NoteSourceMoved());
      }
      await(migration, () -> work(migration, command));
    }
  }

  private Spec spec() {
    Environment environment = Environment.ofProcess(command.files());
    return command.spec() == null
        ? SpecReader.ofUrls(
            Objects.requireNonNull(command.source()),
            Objects.requireNonNull(command.target()),
            environment)
        : SpecReader.read(
            command.spec(),
            Path.of(Objects.requireNonNull(command.file())),
            command.source(),
            command.target(),
            environment);
  }

  private static void work(Migration migration, DetachedCommand command) {
    if (migration.perform(command.task()) instanceof VerificationReport report) {
      LOG.info("both sides are {}", report.holds() ? "equal" : "different");
    }
  }

  /**
   * Works in a thread of its own, because Flink interrupts this one to cancel the job, and a run
   * that shall stop has chunks in hand to finish first.
   */
  private static void await(Migration migration, Runnable work) {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (Throwable e) {
                thrown.set(e);
              }
            },
            "landfall-driver");
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      migration.requestStop();
      joinUninterrupted(thread);
      Thread.currentThread().interrupt();
    }
    Throwable failure = thrown.get();
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  private static void joinUninterrupted(Thread thread) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (thread.isAlive() && System.nanoTime() < deadline) {
      try {
        thread.join(100);
      } catch (InterruptedException e) {
        LOG.debug("interrupted again; the stop is asked for already", e);
      }
    }
  }
}
