package dev.landfall.pipelines.load;

import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.load.LoadChunk;
import dev.landfall.transforms.load.RejectLimit;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.partition.ChunkSize;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the runner load and generate its classes before they are needed: Beam takes more than a
 * second for it, in which the databases can be looked at. Connects to nothing.
 */
public final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  private WarmUp() {}

  /** Runs a load of no table at all. */
  public static void run(PipelineLauncher launcher) {
    ConnectionSettings nowhere =
        new ConnectionSettings(
            ConnectionSettings.Product.POSTGRESQL, "localhost", 0, "none", null, null, Map.of());
    Pipeline pipeline = launcher.create(PipelineLauncher.Work.LOAD, "warm-up");
    BackfillPipeline.Settings settings =
        new BackfillPipeline.Settings(
            nowhere,
            new MigrationKey(nowhere, "none", 0),
            new Mapping(List.of()),
            List.of(),
            ChunkSize.DEFAULT,
            1,
            LoadChunk.DEFAULT_OUTAGE,
            RejectLimit.DEFAULT);
    BackfillPipeline.plan(pipeline, settings);
    // Nothing comes out of the planning of no table: what is behind it needs an element of its own.
    BackfillPipeline.load(pipeline.apply("Nothing to plan", Create.of(0L)), settings);
    launcher.start(pipeline, PipelineLauncher.JobListener.NONE).await();
  }

  /** The same beside the caller. What goes wrong in it will go wrong again where it matters. */
  public static void start(PipelineLauncher launcher) {
    if (launcher.remote()) {
      return;
    }
    Thread thread =
        new Thread(
            () -> {
              try {
                run(launcher);
              } catch (RuntimeException e) {
                LOG.debug("warming up failed", e);
              }
            },
            "landfall-warm-up");
    thread.setDaemon(true);
    thread.start();
  }
}
