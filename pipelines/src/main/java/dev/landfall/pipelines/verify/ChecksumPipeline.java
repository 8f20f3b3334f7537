package dev.landfall.pipelines.verify;

import dev.landfall.pipelines.api.Slice;
import dev.landfall.pipelines.checksum.CompareSides;
import dev.landfall.pipelines.checksum.PlanSides;
import dev.landfall.pipelines.checksum.Pushdown;
import dev.landfall.pipelines.checksum.Round;
import dev.landfall.pipelines.checksum.SourceQueries;
import dev.landfall.pipelines.checksum.TargetQueries;
import dev.landfall.pipelines.checksum.WantedRanges;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.StopSignal;
import dev.landfall.transforms.partition.ChunkSize;
import dev.landfall.transforms.partition.FeedChunks;
import dev.landfall.transforms.partition.Once;
import dev.landfall.transforms.read.ReadChunks;
import dev.landfall.transforms.read.ReadLimit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * The checksum: reads both sides, each chunk by chunk at the pace of the work, converts the
 * source's rows as the load does, and compares. {@link #digests} compares everything by digests,
 * {@link #rows} the rows of what disagreed. Both leave what they found in the ledger; the order in
 * which they are run is {@link Verification}'s. The jobs' graphs are the same for one table and for
 * thousands.
 */
public final class ChecksumPipeline {
  private ChecksumPipeline() {}

  /**
   * What a verification needs to know.
   *
   * @param mapping has the tables that are compared
   * @param lanes how many chunks of each side are fed side by side
   * @param stop asked before each chunk is read
   * @param maxDifferences how many differences to name of each target table
   * @param limit how much reading may burden each side
   * @param remote whether readers are spread over processes
   * @param slice the share of all rows to compare, null for all of them
   * @param pushdown whether the databases compute digests themselves where they can
   */
  public record Settings(
      ConnectionSettings source,
      MigrationKey migration,
      Mapping mapping,
      ChunkSize chunkSize,
      int lanes,
      StopSignal stop,
      int maxDifferences,
      ReadLimit limit,
      boolean remote,
      @Nullable Slice slice,
      boolean pushdown) {
    /** Reads all rows, without limits. */
    public Settings(
        ConnectionSettings source,
        MigrationKey migration,
        Mapping mapping,
        ChunkSize chunkSize,
        int lanes,
        StopSignal stop,
        int maxDifferences) {
      this(
          source,
          migration,
          mapping,
          chunkSize,
          lanes,
          stop,
          maxDifferences,
          ReadLimit.NONE,
          false,
          null,
          false);
    }

    /** How many chunks of a side are read side by side. */
    int readers() {
      return limit.lanes(lanes);
    }

    /** The limit of one job's readers of one side. */
    ReadLimit readLimit() {
      return limit.among(lanes, remote);
    }
  }

  /** How many groups of tables each lane plans, so that a group of slow ones holds nobody up. */
  private static final int GROUPS_PER_LANE = 4;

  /**
   * A chunk that is only summed up is never in memory whole, so that it may be larger than one to
   * load; and each costs a runner about as much as reading some thousand rows.
   */
  private static final int CHUNKS_AT_ONCE = 4;

  /** Plans both sides of those tables and compares them piece by piece. */
  public static void digests(Pipeline pipeline, Settings settings, List<Integer> tables) {
    PCollection<Long> planned =
        pipeline
            .apply(
                "Tables",
                Create.of(groups(settings, tables)).withCoder(ListCoder.of(VarIntCoder.of())))
            .apply("Spread tables", Reshuffle.viaRandomKey())
            .apply(
                "Plan both sides",
                PlanSides.of(
                    settings.source(),
                    settings.migration(),
                    settings.mapping(),
                    settings.chunkSize().times(CHUNKS_AT_ONCE),
                    settings.slice()))
            .apply("All planned", Once.all());
    comparison(settings).digests(source(planned, settings, null), target(planned, settings, null));
  }

  /** Matches the rows of a round's pieces, whose chunks the ledger has as pending. */
  public static void rows(Pipeline pipeline, Settings settings, Round round) {
    PCollection<Long> begin = pipeline.apply("Begin", Create.of(0L).withCoder(VarLongCoder.of()));
    WantedRanges wanted =
        new WantedRanges(settings.migration(), settings.mapping(), round.number());
    comparison(settings)
        .rows(round, source(begin, settings, wanted), target(begin, settings, wanted));
  }

  private static CompareSides comparison(Settings settings) {
    return new CompareSides(
        settings.migration(), settings.mapping(), pushdown(settings), settings.maxDifferences());
  }

  /** Which tables' digests the databases compute. */
  static Pushdown pushdown(Settings settings) {
    return new Pushdown(settings.migration(), settings.mapping(), settings.pushdown());
  }

  private static CompareSides.Reading source(
      PCollection<Long> planned, Settings settings, @Nullable WantedRanges wanted) {
    Mapping mapping = settings.mapping();
    Pushdown pushdown = pushdown(settings);
    return new CompareSides.Reading(
        "source",
        ChunkLedger.Plan.SOURCE,
        planned.apply(
            "Chunks of the source",
            FeedChunks.of(
                settings.migration(),
                ChunkLedger.Plan.SOURCE,
                positions(mapping.tables().size()),
                settings.readers())),
        ReadChunks.from(
                settings.source(),
                wanted == null
                    ? SourceQueries.digests(mapping, pushdown)
                    : SourceQueries.some(mapping, wanted))
            .withStopSignal(settings.stop())
            .withLimit(settings.readLimit()));
  }

  private static CompareSides.Reading target(
      PCollection<Long> planned, Settings settings, @Nullable WantedRanges wanted) {
    Mapping mapping = settings.mapping();
    return new CompareSides.Reading(
        "target",
        ChunkLedger.Plan.TARGET,
        planned.apply(
            "Chunks of the target",
            FeedChunks.of(
                settings.migration(),
                ChunkLedger.Plan.TARGET,
                positions(mapping.targets().size()),
                settings.readers())),
        ReadChunks.from(
                settings.migration().target(),
                new TargetQueries(mapping, wanted, wanted == null ? pushdown(settings) : null))
            .withStopSignal(settings.stop())
            .withLimit(settings.readLimit()));
  }

  private static List<Integer> positions(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static List<List<Integer>> groups(Settings settings, List<Integer> tables) {
    // Each group is planned over one connection; a slice is cut from all tables together.
    int most =
        settings.limit().readers() > 0 ? settings.readers() : settings.lanes() * GROUPS_PER_LANE;
    int groups = Math.min(tables.size(), settings.slice() != null ? 1 : most);
    List<List<Integer>> all = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      all.add(new ArrayList<>());
    }
    Set<Integer> placed = new HashSet<>();
    int next = 0;
    for (int table : tables) {
      if (!placed.contains(table)) {
        Set<Integer> together = settings.mapping().together(table);
        all.get(next++ % groups).addAll(together);
        placed.addAll(together);
      }
    }
    return all.stream().filter(group -> !group.isEmpty()).toList();
  }
}
