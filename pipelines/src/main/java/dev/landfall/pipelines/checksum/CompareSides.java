package dev.landfall.pipelines.checksum;

import dev.landfall.pipelines.checksum.ComparisonLedger.Piece;
import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.schema.Mapping;
import dev.landfall.validation.difference.Difference;
import dev.landfall.validation.difference.MatchRows;
import dev.landfall.validation.difference.RowHashes;
import dev.landfall.validation.difference.RowHashesCoder;
import dev.landfall.validation.digest.CompareDigests;
import dev.landfall.validation.digest.Digest;
import dev.landfall.validation.digest.DigestCoder;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.DigestKeyCoder;
import dev.landfall.validation.digest.Disagreement;
import dev.landfall.validation.digest.TableKey;
import dev.landfall.validation.digest.TableKeyCoder;
import dev.landfall.validation.report.RowCounts;
import dev.landfall.validation.report.RowCountsCoder;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Compares what was read of both sides, and records the outcome and which chunks were read in the
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
  public void digests(PCollection<ConvertedBatch> source, PCollection<RowBatch> target) {
    PCollectionTuple sourceSide =
        source.apply(
            "Digest source",
            ParDo.of(new DigestSourceFn(migration, mapping, maxDifferences))
                .withOutputTags(
                    Digested.DIGESTS,
                    TupleTagList.of(Digested.CHUNKS)
                        .and(Digested.REJECTED)
                        .and(Digested.REJECTED_ROWS)));
    PCollectionTuple targetSide =
        target.apply(
            "Digest target",
            ParDo.of(new DigestTargetFn(migration, mapping))
                .withOutputTags(Digested.DIGESTS, TupleTagList.of(Digested.CHUNKS)));
    PCollectionTuple compared =
        KeyedPCollectionTuple.of(CompareDigests.SOURCE, digestsOf(sourceSide))
            .and(CompareDigests.TARGET, digestsOf(targetSide))
            .apply("Compare", CompareDigests.create());
    PCollectionList.of(compared.get(CompareDigests.AGREEING))
        .and(sourceSide.get(Digested.REJECTED).setCoder(COUNTS))
        .apply("Counts", Flatten.pCollections())
        .apply("Record what agrees", RecordAll.by(all -> saveCounts(0, all)));
    compared
        .get(CompareDigests.DISAGREEING)
        .apply("Disagreeing", MapElements.via(new ToPiece()))
        .setCoder(SerializableCoder.of(Piece.class))
        .apply("Record what disagrees", RecordAll.by(this::savePieces));
    sourceSide
        .get(Digested.REJECTED_ROWS)
        .setCoder(SerializableCoder.of(Difference.class))
        .apply("Record rejected rows", RecordAll.by(all -> saveDifferences(0, all)));
    recordChunks(sourceSide, targetSide);
  }

  /** Matches the rows of a round's pieces: counts them and keeps what differs. */
  public void rows(Round round, PCollection<ConvertedBatch> source, PCollection<RowBatch> target) {
    PCollectionTuple sourceSide =
        source.apply(
            "Hash source",
            ParDo.of(new HashSourceFn(migration, mapping, round))
                .withOutputTags(Hashed.HASHES, TupleTagList.of(Digested.CHUNKS)));
    PCollectionTuple targetSide =
        target.apply(
            "Hash target",
            ParDo.of(new HashTargetFn(migration, mapping, round))
                .withOutputTags(Hashed.HASHES, TupleTagList.of(Digested.CHUNKS)));
    PCollectionTuple matched =
        KeyedPCollectionTuple.of(MatchRows.SOURCE, hashesOf(sourceSide))
            .and(MatchRows.TARGET, hashesOf(targetSide))
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

  private static final KvCoder<TableKey, RowCounts> COUNTS =
      KvCoder.of(TableKeyCoder.of(), RowCountsCoder.of());

  private static PCollection<KV<DigestKey, Digest>> digestsOf(PCollectionTuple side) {
    return side.get(Digested.DIGESTS).setCoder(KvCoder.of(DigestKeyCoder.of(), DigestCoder.of()));
  }

  private static PCollection<KV<DigestKey, RowHashes>> hashesOf(PCollectionTuple side) {
    return side.get(Hashed.HASHES).setCoder(KvCoder.of(DigestKeyCoder.of(), RowHashesCoder.of()));
  }

  private void recordChunks(PCollectionTuple source, PCollectionTuple target) {
    KvCoder<Integer, Long> coder = KvCoder.of(VarIntCoder.of(), VarLongCoder.of());
    source
        .get(Digested.CHUNKS)
        .setCoder(coder)
        .apply(
            "Record chunks of the source",
            RecordAll.by(all -> settle(ChunkLedger.Plan.SOURCE, all)));
    target
        .get(Digested.CHUNKS)
        .setCoder(coder)
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
