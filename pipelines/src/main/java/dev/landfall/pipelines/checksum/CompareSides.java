package dev.landfall.pipelines.checksum;

import dev.landfall.pipelines.checksum.ComparisonLedger.Piece;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.read.ReadChunks;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.validation.digest.BatchDigester;
import dev.landfall.validation.digest.CellRule;
import dev.landfall.validation.digest.CompareDigests;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.Disagreement;
import dev.landfall.validation.digest.PieceCollector;
import dev.landfall.validation.digest.PieceDigest;
import dev.landfall.validation.digest.PieceDigestCoder;
import dev.landfall.validation.digest.Pieces;
import dev.landfall.validation.digest.PushedDigester;
import dev.landfall.validation.match.BatchHasher;
import dev.landfall.validation.match.MatchRows;
import dev.landfall.validation.match.RowHashes;
import dev.landfall.validation.match.RowHashesCoder;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Reads both sides and compares them, and records the outcome in the ledger together with which
 * chunks were read, as {@link RoundLedger#record} says: a job that fails leaves no record, and one
 * that is repeated no second.
 */
public final class CompareSides implements Serializable {
  private static final long serialVersionUID = 1L;

  private final MigrationKey migration;
  private final Mapping mapping;
  private final ComparisonLedger comparison;
  private final RoundLedger rounds;
  private final Pushdown pushdown;
  private final int maxDifferences;
  private transient @Nullable Pieces pieces;

  /**
   * Compares tables of that mapping, naming so many differences of each.
   *
   * @param pushdown of which tables the databases compute digests
   */
  public CompareSides(
      MigrationKey migration, Mapping mapping, Pushdown pushdown, int maxDifferences) {
    this.migration = migration;
    this.mapping = mapping;
    this.pushdown = pushdown;
    this.comparison = new ComparisonLedger(migration, mapping);
    this.rounds = new RoundLedger(migration, mapping);
    this.maxDifferences = maxDifferences;
  }

  /** Compares the sides by digests: counts what agrees, keeps the pieces that do not. */
  public void digests(Reading source, Reading target) {
    Summaries<PieceDigest> digests =
        new Summaries<>(
            new TupleTag<>("digests") {},
            PieceDigestCoder.of(),
            this::digester,
            ReadProgress.ofRows(migration));
    PCollectionTuple sourceSide =
        digests.of(source, new PushedSide(new SourceSide(mapping, table -> true), pushdown));
    PCollectionTuple targetSide =
        digests.of(target, new PushedSide(new TargetSide(mapping), pushdown));
    PCollectionTuple compared =
        KeyedPCollectionTuple.of(CompareDigests.SOURCE, sourceSide.get(digests.pieces))
            .and(CompareDigests.TARGET, targetSide.get(digests.pieces))
            .apply("Compare", CompareDigests.create());
    record(
        0,
        List.of(
            sourceSide.get(SpreadSummaries.FOUND),
            targetSide.get(SpreadSummaries.FOUND),
            found("Agreeing", compared.get(CompareDigests.AGREEING), CompareSides::counted),
            found(
                "Disagreeing",
                compared.get(CompareDigests.DISAGREEING),
                CompareSides::disagreeing)));
  }

  /** Matches the rows of a round's pieces: counts them and keeps what differs. */
  public void rows(Round round, Reading source, Reading target) {
    Summaries<RowHashes> hashes =
        new Summaries<>(
            new TupleTag<>("hashes") {},
            RowHashesCoder.of(),
            (table, chunk) -> hasher(round, table, chunk),
            ReadProgress.ofChunks(migration));
    // A database that computed digests did not know which rows can't be converted.
    PCollectionTuple sourceSide = hashes.of(source, new SourceSide(mapping, pushdown::takes));
    PCollectionTuple targetSide = hashes.of(target, new TargetSide(mapping));
    PCollectionTuple matched =
        KeyedPCollectionTuple.of(MatchRows.SOURCE, sourceSide.get(hashes.pieces))
            .and(MatchRows.TARGET, targetSide.get(hashes.pieces))
            .apply("Match rows", MatchRows.of(mapping).withMaxDifferences(maxDifferences));
    record(
        round.number(),
        List.of(
            sourceSide.get(SpreadSummaries.FOUND),
            targetSide.get(SpreadSummaries.FOUND),
            found("Counts", matched.get(MatchRows.COUNTS), CompareSides::counted),
            found("Differences", matched.get(MatchRows.DIFFERENCES), Found.Differing::new)));
  }

  private static <T> PCollection<Found> found(
      String name, PCollection<T> elements, SerializableFunction<T, Found> as) {
    return elements
        .apply(name, MapElements.into(TypeDescriptor.of(Found.class)).via(as))
        .setCoder(FoundCoder.of());
  }

  private static Found counted(KV<TableKey, RowCounts> counts) {
    return new Found.Counted(counts.getKey(), counts.getValue());
  }

  private static Found disagreeing(KV<DigestKey, Disagreement> piece) {
    Disagreement sides = piece.getValue();
    return new Found.Disagreeing(
        new Piece(piece.getKey(), sides.sourceRows(), sides.targetRows()), sides.cells());
  }

  private void record(int round, List<PCollection<Found>> parts) {
    PCollectionList.of(parts)
        .apply("Found", Flatten.pCollections())
        .apply("Record", RecordRound.of(rounds, round));
  }

  private PieceCollector<PieceDigest> digester(int table, Chunk chunk) throws SQLException {
    if (pushdown.takes(table)) {
      return new PushedDigester(pushdown.cutting(table, chunk));
    }
    // Pieces of so few rows have no cells; asking for each of many small tables would cost time.
    return new BatchDigester(
        mapping,
        pieces(),
        chunk.getEstimatedRows() < CellRule.MIN_ROWS
            ? Map.of()
            : comparison.cuttings(table, chunk));
  }

  private BatchHasher hasher(Round round, int table, Chunk chunk) throws SQLException {
    Map<DigestKey, BitSet> wanted = rounds.wanted(round.number(), table, chunk.getNumber());
    boolean all = wanted.values().stream().allMatch(BitSet::isEmpty);
    return new BatchHasher(
        mapping,
        pieces(),
        round.detail(),
        wanted::get,
        all ? Map.of() : comparison.cuttings(table, chunk));
  }

  /** They are the same for all chunks of a job. */
  private synchronized Pieces pieces() throws SQLException {
    Pieces known = pieces;
    if (known == null) {
      known = comparison.pieces();
      pieces = known;
    }
    return known;
  }

  /**
   * One side's chunks and how they are read.
   *
   * @param name of the side, for the names of steps
   * @param side the plan that the chunks are of
   */
  public record Reading(
      String name, ChunkLedger.Plan side, PCollection<Chunk> chunks, ReadChunks<RowBatch> reader) {}

  /** Reads sides as what their rows are in the pieces that they belong to. */
  private final class Summaries<T> {
    /** Few enough to stay in a processor's caches, and enough rows to be worth a call. */
    private static final int BATCH_BYTES = 256 << 10;

    final TupleTag<KV<DigestKey, T>> pieces;
    private final ChunkSummaryCoder<T> coder;
    private final SummarizeChunk.Collectors<T> collectors;
    private final ReadProgress progress;

    Summaries(
        TupleTag<KV<DigestKey, T>> pieces,
        Coder<T> coder,
        SummarizeChunk.Collectors<T> collectors,
        ReadProgress progress) {
      this.pieces = pieces;
      this.coder = new ChunkSummaryCoder<>(coder);
      this.collectors = collectors;
      this.progress = progress;
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
                      new SummarizeChunk<>(side, mapping, collectors, maxDifferences, progress),
                      coder))
          .apply("Spread " + reading.name(), new SpreadSummaries<>(reading.side(), pieces, coder));
    }
  }
}
