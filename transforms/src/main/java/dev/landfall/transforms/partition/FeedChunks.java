package dev.landfall.transforms.partition;

import static org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Preconditions.checkArgument;

import com.google.auto.value.AutoValue;
import dev.landfall.transforms.jdbc.PooledFn;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.Chunk;
import java.sql.SQLException;
import java.util.List;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.values.PCollection;

/**
 * Gives the pending chunks of the ledger, each once, at the pace at which they are worked off.
 * Waits for its input, which carries no more than the news that planning is over.
 *
 * <p>Lanes take chunks one at a time (of small tables, which are one chunk each, a few), whichever
 * is next in the ledger, and come to rest in between. On the Direct runner, which finishes a step
 * for a whole bundle before the next step sees it, this is what bounds memory: otherwise all chunks
 * would be read before the first is loaded. On a runner that spreads lanes over workers it is what
 * keeps all of them busy to the end, whatever their speed: a lane goes on for as long as there are
 * chunks, and one that begins when there are none left ends at once.
 *
 * <p>Each time that the step is begun anew, by a runner that lost workers, it hands out what is
 * pending then; lanes of an earlier time, whose worker may be thought dead and is not, get no more.
 */
@AutoValue
public abstract class FeedChunks extends PTransform<PCollection<Long>, PCollection<Chunk>> {

  abstract MigrationKey getMigration();

  abstract ChunkLedger.Plan getPlan();

  abstract List<Integer> getTables();

  abstract int getLanes();

  /** Gives the pending chunks of those tables over that many lanes. */
  public static FeedChunks of(
      MigrationKey migration, ChunkLedger.Plan plan, List<Integer> tables, int lanes) {
    checkArgument(lanes > 0, "lanes must be positive: %s", lanes);
    return new AutoValue_FeedChunks(migration, plan, List.copyOf(tables), lanes);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("migration", getMigration().name()).withLabel("Migration"));
    builder.add(DisplayData.item("plan", getPlan().name()).withLabel("Plan"));
    builder.add(DisplayData.item("tables", getTables().size()).withLabel("Tables"));
    builder.add(DisplayData.item("lanes", getLanes()).withLabel("Lanes"));
  }

  @Override
  public PCollection<Chunk> expand(PCollection<Long> planned) {
    return planned
        .apply("Lanes", ParDo.of(new LanesFn(this)))
        .setCoder(VarLongCoder.of())
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Feed", ParDo.of(new FeedFn(this)));
  }

  /** Begins a turn, for each lane to take part in. */
  static final class LanesFn extends PooledFn<Long, Long> {
    private static final long serialVersionUID = 1L;

    private final FeedChunks spec;

    LanesFn(FeedChunks spec) {
      this.spec = spec;
    }

    @ProcessElement
    public void begin(@Element Long planned, OutputReceiver<Long> out) throws SQLException {
      long turn =
          spec.getTables().isEmpty()
              ? ChunkLedger.NO_TURN
              : new ChunkLedger(spec.getMigration(), spec.getPlan()).beginTurn();
      for (int lane = 0; lane < spec.getLanes(); lane++) {
        out.output(turn);
      }
    }
  }

  @DoFn.BoundedPerElement
  static final class FeedFn extends PooledFn<Long, Chunk> {
    private static final long serialVersionUID = 1L;

    /**
     * A bundle costs the Direct runner milliseconds, and the more the more tables there are, since
     * it writes down its step with all of them each time; that is more than a small table does.
     */
    private static final int MOST_AT_ONCE = 64;

    /** So many, and no more than a part of a lane's share, cost no lane its work at the end. */
    private static final int ALWAYS_AT_ONCE = 8;

    private static final int PARTS_OF_A_SHARE = 8;

    /** A few chunks have the rows of one at most, so that they fit together. */
    private static final long FEW_ROWS = 5_000;

    private final FeedChunks spec;

    FeedFn(FeedChunks spec) {
      this.spec = spec;
    }

    private int atOnce() {
      int part = spec.getTables().size() / spec.getLanes() / PARTS_OF_A_SHARE;
      return Math.min(Math.max(part, ALWAYS_AT_ONCE), MOST_AT_ONCE);
    }

    /** How often a lane has asked for chunks: as often as there are any. */
    @GetInitialRestriction
    public OffsetRange everyTime() {
      return new OffsetRange(0, Long.MAX_VALUE);
    }

    /**
     * A runner may end a lane at any claim (the Direct runner does a second after the first one),
     * so there is one, before anything is taken: what was taken is given in any case.
     */
    @ProcessElement
    public ProcessContinuation feed(
        @Element Long turn,
        RestrictionTracker<OffsetRange, Long> tracker,
        OutputReceiver<Chunk> out)
        throws SQLException {
      if (!tracker.tryClaim(tracker.currentRestriction().getFrom())) {
        return ProcessContinuation.stop();
      }
      List<ChunkLedger.Pending> next =
          spec.getTables().isEmpty()
              ? List.of()
              : new ChunkLedger(spec.getMigration(), spec.getPlan())
                  .take(turn, spec.getTables(), atOnce(), FEW_ROWS);
      next.forEach(pending -> out.output(pending.chunk()));
      if (next.isEmpty()) {
        // Claims what is left of the range: nothing.
        tracker.tryClaim(Long.MAX_VALUE);
        return ProcessContinuation.stop();
      }
      return ProcessContinuation.resume();
    }
  }
}
