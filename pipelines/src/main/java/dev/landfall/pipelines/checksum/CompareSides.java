package dev.landfall.pipelines.checksum;

import dev.landfall.pipelines.checksum.ComparisonLedger.Piece;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.partition.Chunk;
import dev.landfall.transforms.read.ReadChunks;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.schema.Mapping;
import dev.landfall.validation.difference.BatchHasher;
import dev.landfall.validation.difference.Difference;
import dev.landfall.validation.difference.MatchRows;
import dev.landfall.validation.difference.RowHashes;
import dev.landfall.validation.difference.RowHashesCoder;
import dev.landfall.validation.digest.BatchDigester;
import dev.landfall.validation.digest.CompareDigests;
import dev.landfall.validation.digest.Digest;
import dev.landfall.validation.digest.DigestCoder;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.Disagreement;
import dev.landfall.validation.digest.TableKey;
import dev.landfall.validation.report.RowCounts;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Reads both sides and compares them, and records the outcome and which chunks were read in the
 * ledger. A record is written once all of a job is known, so a job that fails leaves none.
 */
public final class CompareSides implements Serializable {
  private static final long serialVersionUID = 1L;

  private final MigrationKey migration;
  private final Mapping mapping;
  private final int maxDifferences;

  /** Compares tables of that mapping, naming so many differences of each. */
  public CompareSides(MigrationKey migration, Mapping mapping, int maxDifferences) {
    this.migration = migration;
    this.mapping = mapping;
    this.maxDifferences = maxDifferences;
  }

  /** Compares the sides by digests: counts what agrees, keeps the pieces that do not. */
  public void digests(Reading source, Reading target) {
    Summaries<Digest> digests =
        new Summaries<>(
            new TupleTag<>("digests") {},
            DigestCoder.of(),
            () -> new BatchDigester(mapping, new ComparisonLedger(migration).pieces()));
    PCollectionTuple sourceSide = digests.of(source, new SourceSide(mapping));
    PCollectionTuple targetSide = digests.of(target, new TargetSide(mapping));
    PCollectionTuple compared =
        KeyedPCollectionTuple.of(CompareDigests.SOURCE, sourceSide.get(digests.pieces))
            .and(CompareDigests.TARGET, targetSide.get(digests.pieces))
            .apply("Compare", CompareDigests.create());
    PCollectionList.of(compared.get(CompareDigests.AGREEING))
        .and(sourceSide.get(SpreadSummaries.REJECTED))
        .apply("Counts", Flatten.pCollections())
        .apply("Record what agrees", RecordAll.by(all -> saveCounts(0, all)));
    compared
        .get(CompareDigests.DISAGREEING)
        .apply("Disagreeing", MapElements.via(new ToPiece()))
        .setCoder(SerializableCoder.of(Piece.class))
        .apply("Record what disagrees", RecordAll.by(this::savePieces));
    sourceSide
        .get(SpreadSummaries.REJECTED_ROWS)
        .apply("Record rejected rows", RecordAll.by(all -> saveDifferences(0, all)));
    recordChunks(sourceSide, targetSide);
  }

  /** Matches the rows of a round's pieces: counts them and keeps what differs. */
  public void rows(Round round, Reading source, Reading target) {
    Summaries<RowHashes> hashes =
        new Summaries<>(new TupleTag<>("hashes") {}, RowHashesCoder.of(), () -> hasher(round));
    PCollectionTuple sourceSide = hashes.of(source, new SourceSide(mapping));
    PCollectionTuple targetSide = hashes.of(target, new TargetSide(mapping));
    PCollectionTuple matched =
        KeyedPCollectionTuple.of(MatchRows.SOURCE, sourceSide.get(hashes.pieces))
            .and(MatchRows.TARGET, targetSide.get(hashes.pieces))
            .apply("Match rows", MatchRows.of(mapping).withMaxDifferences(maxDifferences));
    int number = round.number();
    matched
        .get(MatchRows.COUNTS)
        .apply("Record counts", RecordAll.by(all -> saveCounts(number, all)));
    matched
        .get(MatchRows.DIFFERENCES)
        .apply("Record differences", RecordAll.by(all -> saveDifferences(number, all)));
    recordChunks(sourceSide, targetSide);
  }

  private BatchHasher hasher(Round round) throws SQLException {
    ComparisonLedger ledger = new ComparisonLedger(migration);
    Set<DigestKey> wanted = ledger.piecesOf(round.number());
    return new BatchHasher(mapping, ledger.pieces(), round.detail(), wanted::contains);
  }

  /**
   * One side's chunks and how they are read.
   *
   * @param name of the side, for the names of steps
   */
  public record Reading(String name, PCollection<Chunk> chunks, ReadChunks<RowBatch> reader) {}

  /** Reads sides as what their rows are in the pieces that they belong to. */
  private final class Summaries<T> {
    /** Few enough to stay in a processor's caches, and enough rows to be worth a call. */
    private static final int BATCH_BYTES = 256 << 10;

    final TupleTag<KV<DigestKey, T>> pieces;
    private final ChunkSummaryCoder<T> coder;
    private final SummarizeChunk.Collectors<T> collectors;

    Summaries(
        TupleTag<KV<DigestKey, T>> pieces,
        Coder<T> coder,
        SummarizeChunk.Collectors<T> collectors) {
      this.pieces = pieces;
      this.coder = new ChunkSummaryCoder<>(coder);
      this.collectors = collectors;
    }

    PCollectionTuple of(Reading reading, Side side) {
      return reading
          .chunks()
          .apply(
              "Read " + reading.name(),
              reading
                  .reader()
                  .withBatchBytes(BATCH_BYTES)
                  .reducedBy(
                      new SummarizeChunk<>(side, mapping, collectors, maxDifferences), coder))
          .apply("Spread " + reading.name(), new SpreadSummaries<>(pieces, coder));
    }
  }

  private void recordChunks(PCollectionTuple source, PCollectionTuple target) {
    source
        .get(SpreadSummaries.CHUNKS)
        .apply(
            "Record chunks of the source",
            RecordAll.by(all -> settle(ChunkLedger.Plan.SOURCE, all)));
    target
        .get(SpreadSummaries.CHUNKS)
        .apply(
            "Record chunks of the target",
            RecordAll.by(all -> settle(ChunkLedger.Plan.TARGET, all)));
  }

  private void settle(ChunkLedger.Plan plan, Iterable<KV<Integer, Long>> chunks)
      throws SQLException {
    List<Integer> tables = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    for (KV<Integer, Long> chunk : chunks) {
      tables.add(chunk.getKey());
      numbers.add(chunk.getValue());
    }
    new ChunkLedger(migration, plan).settle(tables, numbers);
  }

  private void saveCounts(int round, Iterable<KV<TableKey, RowCounts>> counts) throws SQLException {
    Map<TableKey, RowCounts> sums = new HashMap<>();
    for (KV<TableKey, RowCounts> count : counts) {
      sums.merge(count.getKey(), count.getValue(), RowCounts::plus);
    }
    new FindingLedger(migration, mapping).saveCounts(round, sums);
  }

  private void savePieces(Iterable<Piece> pieces) throws SQLException {
    new ComparisonLedger(migration).savePieces(pieces);
  }

  private void saveDifferences(int round, Iterable<Difference> differences) throws SQLException {
    new FindingLedger(migration, mapping).saveDifferences(round, differences);
  }

  private static final class ToPiece extends SimpleFunction<KV<DigestKey, Disagreement>, Piece> {
    private static final long serialVersionUID = 1L;

    @Override
    public Piece apply(KV<DigestKey, Disagreement> piece) {
      return new Piece(
          piece.getKey(), piece.getValue().source().count(), piece.getValue().target().count());
    }
  }
}
