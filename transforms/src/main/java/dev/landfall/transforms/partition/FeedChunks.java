package dev.landfall.transforms.partition;

import static org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Preconditions.checkArgument;

import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Gives the pending chunks of the ledger, each once, at the pace at which they are worked off.
 * Waits for its input, which carries no more than the news that planning is over.
 *
 * <p>Lanes share the chunks out and give theirs one at a time (of small tables, which are one chunk
 * each, a few), coming to rest in between. On the Direct runner, which finishes a step for a whole
 * bundle before the next step sees it, this is what bounds memory: otherwise all chunks would be
 * read before the first is loaded.
 */
public final class FeedChunks extends PTransform<PCollection<Long>, PCollection<Chunk>> {
  private static final long serialVersionUID = 1L;

  private final MigrationKey migration;
  private final ChunkLedger.Plan plan;
  private final List<Integer> tables;
  private final int lanes;

  private FeedChunks(
      MigrationKey migration, ChunkLedger.Plan plan, List<Integer> tables, int lanes) {
    this.migration = migration;
    this.plan = plan;
    this.tables = List.copyOf(tables);
    this.lanes = lanes;
  }

  /** Gives the pending chunks of those tables over that many lanes. */
  public static FeedChunks of(
      MigrationKey migration, ChunkLedger.Plan plan, List<Integer> tables, int lanes) {
    checkArgument(lanes > 0, "lanes must be positive: %s", lanes);
    return new FeedChunks(migration, plan, tables, lanes);
  }

  @Override
  public PCollection<Chunk> expand(PCollection<Long> planned) {
    int count = lanes;
    return planned
        .apply(
            "Lanes",
            FlatMapElements.into(TypeDescriptors.integers())
                .via(once -> IntStream.range(0, count).boxed().toList()))
        .setCoder(VarIntCoder.of())
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Feed", ParDo.of(new FeedFn(migration, plan, tables, lanes)));
  }

  /**
   * A bundle costs the Direct runner milliseconds, more than a small table does; a table that is
   * one chunk has the bytes of one chunk at most, so that so many together still fit.
   */
  private static final int MOST_AT_ONCE = 8;

  private static final long FEW_ROWS = 5_000;

  @DoFn.BoundedPerElement
  static final class FeedFn extends DoFn<Integer, Chunk> {
    private static final long serialVersionUID = 1L;

    private final MigrationKey migration;
    private final ChunkLedger.Plan plan;
    private final List<Integer> tables;
    private final int lanes;

    FeedFn(MigrationKey migration, ChunkLedger.Plan plan, List<Integer> tables, int lanes) {
      this.migration = migration;
      this.plan = plan;
      this.tables = tables;
      this.lanes = lanes;
    }

    /** Ordinals of chunks, of which the lane has its share. */
    @GetInitialRestriction
    public OffsetRange allOrdinals() {
      return new OffsetRange(0, Long.MAX_VALUE);
    }

    @ProcessElement
    public ProcessContinuation feed(
        @Element Integer lane,
        RestrictionTracker<OffsetRange, Long> tracker,
        OutputReceiver<Chunk> out)
        throws SQLException {
      List<ChunkLedger.Pending> next =
          tables.isEmpty()
              ? List.of()
              : new ChunkLedger(migration, plan)
                  .nextPending(
                      tables, lane, lanes, tracker.currentRestriction().getFrom(), MOST_AT_ONCE);
      int taken = together(next);
      for (ChunkLedger.Pending pending : next.subList(0, taken)) {
        if (!tracker.tryClaim(pending.ordinal())) {
          return ProcessContinuation.stop();
        }
        out.output(pending.chunk());
      }
      if (taken == 0) {
        // Claims what is left of the range: nothing.
        tracker.tryClaim(Long.MAX_VALUE);
        return ProcessContinuation.stop();
      }
      return ProcessContinuation.resume();
    }

    /** How many of the first chunks to give at once: one, or several tables that are small. */
    private static int together(List<ChunkLedger.Pending> next) {
      long rows = 0;
      int count = 0;
      for (ChunkLedger.Pending pending : next) {
        Chunk chunk = pending.chunk();
        rows += chunk.getEstimatedRows();
        if (count > 0 && (!isWholeTable(chunk) || rows > FEW_ROWS)) {
          break;
        }
        count++;
        if (!isWholeTable(chunk)) {
          break;
        }
      }
      return count;
    }

    private static boolean isWholeTable(Chunk chunk) {
      return chunk.getStart() == null && chunk.getEnd() == null && chunk.getPieces() == 1;
    }
  }
}
