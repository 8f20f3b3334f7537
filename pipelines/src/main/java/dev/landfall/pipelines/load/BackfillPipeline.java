package dev.landfall.pipelines.load;

import dev.landfall.pipelines.checksum.SourceQueries;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunStop;
import dev.landfall.transforms.load.LoadChunk;
import dev.landfall.transforms.load.LoadedChunk;
import dev.landfall.transforms.load.RejectLimit;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.partition.ChunkPlanner;
import dev.landfall.transforms.partition.ChunkSize;
import dev.landfall.transforms.partition.FeedChunks;
import dev.landfall.transforms.partition.Once;
import dev.landfall.transforms.partition.PlanChunks;
import dev.landfall.transforms.read.ReadChunks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.collect.Lists;

/**
 * The load: plans the tables that have no plan, then loads every chunk that is pending in the
 * ledger. Running it again loads what is missing and nothing else, so resuming is the normal case.
 * The job's graph is the same for one table and for thousands.
 */
public final class BackfillPipeline {
  private BackfillPipeline() {}

  /**
   * What a load needs to know.
   *
   * @param tables positions in the mapping of the tables to load
   * @param lanes how many chunks are fed side by side
   */
  public record Settings(
      ConnectionSettings source,
      MigrationKey migration,
      Mapping mapping,
      List<Integer> tables,
      ChunkSize chunkSize,
      int lanes,
      Duration outage,
      RejectLimit rejectLimit) {
    /** Whether a table is one chunk, as far as the source's statistics go. */
    private boolean isSmall(SourceTable table) {
      return table.estimatedRows() <= chunkSize.rowsOf(table);
    }
  }

  /** Adds the load to a pipeline; gives what became of each chunk that was pending. */
  public static PCollection<LoadedChunk> expand(Pipeline pipeline, Settings settings) {
    return load(plan(pipeline, settings), settings);
  }

  /** Adds the planning; gives one element when it is over, none where there is no table. */
  static PCollection<Long> plan(Pipeline pipeline, Settings settings) {
    return pipeline
        .apply("Tables", Create.of(groups(settings)).withCoder(ListCoder.of(VarIntCoder.of())))
        .apply("Spread tables", Reshuffle.viaRandomKey())
        .apply(
            "Plan chunks",
            PlanChunks.of(
                settings.source(), settings.migration(), settings.mapping(), settings.chunkSize()))
        .apply("All planned", Once.all());
  }

  /**
   * The tables as they are planned together: small ones, of which a group costs as much as one, in
   * as few groups as keep all lanes busy, others, whose cutting may take its time, each alone.
   */
  private static List<List<Integer>> groups(Settings settings) {
    Map<Boolean, List<Integer>> bySize =
        settings.tables().stream()
            .collect(
                Collectors.partitioningBy(
                    t -> settings.isSmall(settings.mapping().table(t).source())));
    List<Integer> small = bySize.getOrDefault(true, List.of());
    int most =
        Math.max(
            1,
            Math.min(
                ChunkPlanner.AT_ONCE, (small.size() + settings.lanes() - 1) / settings.lanes()));
    return Stream.concat(
            bySize.getOrDefault(false, List.of()).stream().map(List::of),
            Lists.partition(small, most).stream().map(List::copyOf))
        .toList();
  }

  /** Adds what is behind the planning. */
  static PCollection<LoadedChunk> load(PCollection<Long> planned, Settings settings) {
    Mapping mapping = settings.mapping();
    LoadChunk load =
        LoadChunk.into(settings.migration(), mapping)
            .withOutage(settings.outage())
            .withRejectLimit(settings.rejectLimit());
    return planned
        .apply(
            "Pending chunks",
            FeedChunks.of(
                settings.migration(), ChunkLedger.Plan.LOAD, settings.tables(), settings.lanes()))
        .apply(
            "Read and load",
            ReadChunks.from(settings.source(), SourceQueries.rows(mapping))
                .withStopSignal(new RunStop(settings.migration()))
                .withBatchBytes(Math.toIntExact(settings.chunkSize().bytes()))
                .reducedBy(load, coder(planned.getPipeline())));
  }

  private static Coder<LoadedChunk> coder(Pipeline pipeline) {
    try {
      return pipeline.getSchemaRegistry().getSchemaCoder(LoadedChunk.class);
    } catch (NoSuchSchemaException e) {
      throw new IllegalStateException(e);
    }
  }
}
