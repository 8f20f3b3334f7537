package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.convert.Reject;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.read.ChunkBatches;
import dev.landfall.transforms.read.ChunkReduction;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.value.Rows;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.PieceCollector;
import dev.landfall.validation.result.Difference;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** Brings a chunk's rows together by piece while it is read. */
final class SummarizeChunk<T> implements ChunkReduction<ChunkSummary<T>> {
  private static final long serialVersionUID = 1L;

  private final Side side;
  private final Mapping mapping;
  private final Collectors<T> collectors;
  private final int maxDifferences;
  private final ReadProgress progress;
  private transient @Nullable Map<TargetPosition, Integer> named;

  /**
   * @param collectors makes what collects the rows
   * @param maxDifferences how many rejected rows of a table to name, about
   * @param progress hears of what is read
   */
  SummarizeChunk(
      Side side,
      Mapping mapping,
      Collectors<T> collectors,
      int maxDifferences,
      ReadProgress progress) {
    this.side = side;
    this.mapping = mapping;
    this.collectors = collectors;
    this.maxDifferences = maxDifferences;
    this.progress = progress;
  }

  /** Makes a collector for each chunk, when planning is over. */
  @FunctionalInterface
  interface Collectors<T> extends Serializable {
    /**
     * A collector of the chunk's rows.
     *
     * @param table position of the chunk's source table
     */
    PieceCollector<T> create(int table, Chunk chunk) throws SQLException;
  }

  @Override
  public ChunkSummary<T> reduce(ChunkBatches batches) throws SQLException {
    PieceCollector<T> rows =
        collectors.create(side.table(batches.chunk().getTable()), batches.chunk());
    RowBatch batch = batches.next();
    boolean pushed = side.pushed(batch.table());
    Collected collected = new Collected(rows, batch.chunk());
    long read = 0;
    for (RowBatch next = batch; ; next = batches.next()) {
      side.rows(next, collected);
      if (!pushed) {
        read += next.rows().size() + next.others();
        progress.read(next);
      }
      if (!batches.hasNext()) {
        break;
      }
    }
    if (pushed) {
      progress.summed(batches.chunk());
    } else {
      progress.done(batches.chunk(), read);
    }
    List<KV<DigestKey, T>> pieces = new ArrayList<>();
    rows.drain((piece, part) -> pieces.add(KV.of(piece, part)));
    return new ChunkSummary<>(
        batch.table(),
        batch.chunk(),
        read,
        collected.filtered,
        pieces,
        collected.rejected,
        collected.rejectedRows);
  }

  /** What the rows of one chunk are. */
  private final class Collected implements Side.Receiver {
    private final PieceCollector<T> pieces;
    private final long chunk;
    final List<KV<TableKey, RowCounts>> rejected = new ArrayList<>();
    final List<Difference> rejectedRows = new ArrayList<>();
    long filtered;

    Collected(PieceCollector<T> pieces, long chunk) {
      this.pieces = pieces;
      this.chunk = chunk;
    }

    @Override
    public void rows(TargetPosition target, Rows rows) {
      pieces.add(target.table(), target.target(), chunk, rows);
    }

    @Override
    public void rejects(TargetPosition writer, List<Reject> rejects) {
      if (rejects.isEmpty()) {
        return;
      }
      Map<TargetPosition, Integer> known = named == null ? new HashMap<>() : named;
      named = known;
      int before = known.getOrDefault(writer, 0);
      int naming = Math.min(rejects.size(), maxDifferences - before);
      known.put(writer, before + naming);
      TargetPosition first = mapping.first(writer);
      rejected.add(
          KV.of(
              new TableKey(first.table(), first.target()), RowCounts.of(0, 0, rejects.size(), 0)));
      for (Reject reject : rejects.subList(0, naming)) {
        rejectedRows.add(RejectedRows.difference(mapping, writer, reject));
      }
    }

    @Override
    public void filtered(long rows) {
      filtered += rows;
    }
  }
}
