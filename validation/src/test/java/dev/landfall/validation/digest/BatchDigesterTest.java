package dev.landfall.validation.digest;

import static dev.landfall.validation.TestTables.batch;
import static dev.landfall.validation.TestTables.mapping;
import static dev.landfall.validation.TestTables.rows;
import static dev.landfall.validation.TestTables.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.canonical.RowHasher;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.value.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchDigesterTest {
  private static final Mapping USERS = mapping(users("id"));

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

  private static Map<DigestKey, Digest> digests(
      Mapping mapping, Pieces pieces, RowBatch... batches) {
    BatchDigester digester = new BatchDigester(mapping, pieces);
    Map<DigestKey, Digest> digests = new HashMap<>();
    for (RowBatch batch : batches) {
      digester.add(batch.table(), 0, batch.chunk(), batch.rows());
      // Each batch a bundle of its own.
      digester.drain((key, digest) -> digests.merge(key, digest.all(), Digest::merge));
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
