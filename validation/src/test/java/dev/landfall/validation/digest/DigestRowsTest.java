package dev.landfall.validation.digest;

import static dev.landfall.validation.TestTables.BIGINT;
import static dev.landfall.validation.TestTables.TEXT;
import static dev.landfall.validation.TestTables.batch;
import static dev.landfall.validation.TestTables.column;
import static dev.landfall.validation.TestTables.converted;
import static dev.landfall.validation.TestTables.mapping;
import static dev.landfall.validation.TestTables.rows;
import static dev.landfall.validation.TestTables.table;
import static dev.landfall.validation.TestTables.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.read.Rows;
import dev.landfall.transforms.schema.Mapping;
import dev.landfall.transforms.schema.TableName;
import dev.landfall.transforms.schema.TargetTable;
import dev.landfall.validation.TestCoders;
import dev.landfall.validation.canonical.RowHasher;
import dev.landfall.validation.report.RowCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;

class DigestRowsTest {
  private static final Mapping USERS = mapping(users("id"));
  private static final TableKey TABLE = new TableKey(0, 0);

  @Test
  void aDigestSumsTheHashesOfItsChunk() {
    Rows rows = rows(3, "1|Ann|1.50", "2|Bob|NULL");
    assertThat(digests(USERS, Pieces.byChunk(), batch(4, rows), batch(5, rows(3))))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                new DigestKey(0, 0, 4),
                digest(users("id"), rows),
                new DigestKey(0, 0, 5),
                Digest.EMPTY));
  }

  @Test
  void piecesOfAChunkAddUp() {
    assertThat(
            digests(
                USERS, Pieces.byChunk(), batch(4, rows(3, "1|a|1")), batch(4, rows(3, "2|b|2"))))
        .isEqualTo(digests(USERS, Pieces.byChunk(), batch(4, rows(3, "2|b|2", "1|a|1"))));
  }

  @Test
  void bucketsDoNotDependOnTheCut() {
    List<String> texts = new ArrayList<>();
    for (int id = 0; id < 200; id++) {
      texts.add(id + "|name" + id + "|1.5");
    }
    Pieces pieces = Pieces.byChunk().withBuckets(0, 0, 16);
    Map<DigestKey, Digest> whole =
        digests(USERS, pieces, batch(0, rows(3, texts.toArray(String[]::new))));
    Map<DigestKey, Digest> cut =
        digests(
            USERS,
            pieces,
            batch(0, rows(3, texts.subList(150, 200).toArray(String[]::new))),
            batch(9, rows(3, texts.subList(0, 150).toArray(String[]::new))));
    assertThat(whole).hasSize(16).isEqualTo(cut);
    assertThat(whole.values().stream().mapToLong(Digest::count).sum()).isEqualTo(200);
  }

  @Test
  void aTableWithoutRowsHasADigestInBucketsToo() {
    Pieces pieces = Pieces.byChunk().withBuckets(0, 0, 16);
    assertThat(digests(USERS, pieces, batch(0, rows(3))))
        .isEqualTo(Map.of(new DigestKey(0, 0, 0), Digest.EMPTY));
  }

  @Test
  void bothSidesAgreeOnEachTargetTable() {
    TargetTable accounts =
        table(new TableName("public", "accounts"), List.of("id"), column("id", BIGINT));
    TargetTable profiles =
        table(
            new TableName("public", "profiles"),
            List.of("user_id"),
            column("user_id", BIGINT),
            column("name", TEXT));
    Mapping split = mapping(accounts, profiles);
    Pipeline pipeline = Pipeline.create();
    PCollection<KV<DigestKey, Digest>> source =
        pipeline
            .apply(
                "source batches",
                Create.of(
                        converted(0, rows(1, "1", "2"), rows(2, "1|Ann", "2|Bob")),
                        converted(1, rows(1, "3"), rows(2, "3|Eve")))
                    .withCoder(TestCoders.CONVERTED_BATCH))
            .apply("digest source", DigestRows.ofSource(split, Pieces.byChunk()));
    PCollection<KV<DigestKey, Digest>> firstTarget =
        target(pipeline, split, 0, batch(0, rows(1, "2", "1")), batch(1, rows(1, "3")));
    PCollection<KV<DigestKey, Digest>> secondTarget =
        target(pipeline, split, 1, batch(0, rows(2, "1|Ann", "2|Bo")), batch(1, rows(2, "3|Eve")));
    PCollectionTuple compared =
        KeyedPCollectionTuple.of(CompareDigests.SOURCE, source)
            .and(
                CompareDigests.TARGET,
                PCollectionList.of(firstTarget).and(secondTarget).apply(Flatten.pCollections()))
            .apply(CompareDigests.create());
    PAssert.that(compared.get(CompareDigests.AGREEING))
        .containsInAnyOrder(
            List.of(
                KV.of(TABLE, RowCounts.matched(2)),
                KV.of(TABLE, RowCounts.matched(1)),
                KV.of(new TableKey(0, 1), RowCounts.matched(1))));
    PAssert.that(compared.get(CompareDigests.DISAGREEING))
        .containsInAnyOrder(
            List.of(
                KV.of(
                    new DigestKey(0, 1, 0),
                    new Disagreement(
                        digest(profiles, rows(2, "1|Ann", "2|Bob")),
                        digest(profiles, rows(2, "1|Ann", "2|Bo"))))));
    pipeline.run().waitUntilFinish();
  }

  private static PCollection<KV<DigestKey, Digest>> target(
      Pipeline pipeline, Mapping mapping, int target, RowBatch... batches) {
    return pipeline
        .apply(
            "target batches " + target, Create.of(List.of(batches)).withCoder(TestCoders.ROW_BATCH))
        .apply("digest target " + target, DigestRows.ofTarget(mapping, Pieces.byChunk(), target));
  }

  private static Map<DigestKey, Digest> digests(
      Mapping mapping, Pieces pieces, RowBatch... batches) {
    BatchDigester digester = new BatchDigester(mapping, pieces);
    Map<DigestKey, Digest> digests = new HashMap<>();
    for (RowBatch batch : batches) {
      digester.add(batch.table(), 0, batch.chunk(), batch.rows());
      // Each batch a bundle of its own.
      digester.drain((key, digest) -> digests.merge(key, digest, Digest::merge));
    }
    return digests;
  }

  private static Digest digest(TargetTable table, Rows rows) {
    RowHasher hasher = new RowHasher(table);
    Digest digest = Digest.EMPTY;
    for (int row = 0; row < rows.size(); row++) {
      hasher.hash(rows, row);
      digest = digest.add(hasher.high(), hasher.low());
    }
    return digest;
  }
}
