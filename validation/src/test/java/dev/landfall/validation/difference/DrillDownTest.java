package dev.landfall.validation.difference;

import static dev.landfall.validation.TestTables.SHOP_USERS;
import static dev.landfall.validation.TestTables.USERS;
import static dev.landfall.validation.TestTables.batch;
import static dev.landfall.validation.TestTables.converted;
import static dev.landfall.validation.TestTables.mapping;
import static dev.landfall.validation.TestTables.rows;

import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.read.Rows;
import dev.landfall.transforms.schema.Mapping;
import dev.landfall.validation.TestCoders;
import dev.landfall.validation.TestTables;
import dev.landfall.validation.difference.Difference.Kind;
import dev.landfall.validation.digest.CompareDigests;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.DigestRows;
import dev.landfall.validation.digest.Disagreement;
import dev.landfall.validation.digest.Pieces;
import dev.landfall.validation.digest.TableKey;
import dev.landfall.validation.report.RowCounts;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.Test;

/** From batches of both sides to differences, all steps together. */
class DrillDownTest {
  private static final Mapping MAPPING = mapping(TestTables.users("id"));
  private static final TableKey TABLE = new TableKey(0, 0);

  @Test
  void byChunkOnlyWhatDisagreesIsLookedAt() {
    check(
        Pieces.byChunk(),
        List.of(converted(0, users(0, 10, -1)), converted(1, users(10, 20, -1))),
        List.of(batch(0, users(0, 10, -1)), batch(1, users(10, 20, 13))),
        List.of(KV.of(TABLE, RowCounts.matched(10))),
        List.of(KV.of(TABLE, RowCounts.of(9, 1, 0, 0))),
        changed("13"));
  }

  @Test
  void byBucketTheCutsMayDiffer() {
    // One bucket only, so that what agrees does not depend on a hash.
    check(
        Pieces.byChunk().withBuckets(0, 0, 1),
        List.of(converted(0, users(0, 4, -1)), converted(1, users(4, 20, -1))),
        List.of(batch(0, users(0, 15, 13)), batch(1, users(15, 20, -1))),
        List.of(),
        List.of(KV.of(TABLE, RowCounts.of(19, 1, 0, 0))),
        changed("13"));
  }

  @Test
  void nothingToLookAt() {
    check(
        Pieces.byChunk(),
        List.of(converted(0, users(0, 10, -1))),
        List.of(batch(0, users(0, 10, -1))),
        List.of(KV.of(TABLE, RowCounts.matched(10))),
        List.of());
  }

  private static void check(
      Pieces pieces,
      List<ConvertedBatch> sourceBatches,
      List<RowBatch> targetBatches,
      List<KV<TableKey, RowCounts>> agreeing,
      List<KV<TableKey, RowCounts>> matched,
      Difference... differences) {
    Pipeline pipeline = Pipeline.create();
    PCollection<ConvertedBatch> source =
        pipeline.apply("source", Create.of(sourceBatches).withCoder(TestCoders.CONVERTED_BATCH));
    PCollection<RowBatch> target =
        pipeline.apply("target", Create.of(targetBatches).withCoder(TestCoders.ROW_BATCH));
    PCollectionTuple compared =
        KeyedPCollectionTuple.of(
                CompareDigests.SOURCE,
                source.apply("digest source", DigestRows.ofSource(MAPPING, pieces)))
            .and(
                CompareDigests.TARGET,
                target.apply("digest target", DigestRows.ofTarget(MAPPING, pieces, 0)))
            .apply(CompareDigests.create());
    PCollectionView<Map<DigestKey, Disagreement>> disagreeing =
        compared.get(CompareDigests.DISAGREEING).apply(View.asMap());
    PCollectionTuple rows =
        KeyedPCollectionTuple.of(
                MatchRows.SOURCE,
                source.apply(
                    "hash source",
                    KeyedHashes.ofSource(MAPPING, pieces, disagreeing, Detail.KEYS_AND_COLUMNS)))
            .and(
                MatchRows.TARGET,
                target.apply(
                    "hash target",
                    KeyedHashes.ofTarget(MAPPING, pieces, disagreeing, Detail.KEYS_AND_COLUMNS, 0)))
            .apply(MatchRows.of(MAPPING));
    PAssert.that(compared.get(CompareDigests.AGREEING)).containsInAnyOrder(agreeing);
    PAssert.that(rows.get(MatchRows.COUNTS)).containsInAnyOrder(matched);
    PAssert.that(rows.get(MatchRows.DIFFERENCES)).containsInAnyOrder(List.of(differences));
    pipeline.run().waitUntilFinish();
  }

  /** Users of those ids, one of them with another balance. */
  private static Rows users(int from, int to, int other) {
    return rows(
        3,
        IntStream.range(from, to)
            .mapToObj(id -> id + "|name" + id + "|" + (id == other ? "9.99" : "1.50"))
            .toArray(String[]::new));
  }

  private static Difference changed(String id) {
    return new Difference(SHOP_USERS, USERS, Map.of("id", id), Kind.CHANGED, List.of("balance"), 1);
  }
}
