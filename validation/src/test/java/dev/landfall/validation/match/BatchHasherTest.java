package dev.landfall.validation.match;

import static dev.landfall.validation.TestTables.mapping;
import static dev.landfall.validation.TestTables.rows;
import static dev.landfall.validation.TestTables.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.value.Rows;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.Pieces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchHasherTest {
  private static final Rows ROWS = rows(3, "1|Ann|1.50", "2|NULL|", "3||NULL");

  @Test
  void leavesOutWhatIsNotWanted() {
    assertThat(hash(mapping(users("id")), Pieces.byChunk(), Detail.COUNTS, piece -> false))
        .isEmpty();
    Pieces buckets = Pieces.byChunk().withBuckets(0, 0, 16);
    Map<DigestKey, RowHashes> some =
        hash(mapping(users("id")), buckets, Detail.COUNTS, piece -> piece.piece() % 2 == 0);
    Map<DigestKey, RowHashes> others =
        hash(mapping(users("id")), buckets, Detail.COUNTS, piece -> piece.piece() % 2 == 1);
    assertThat(some).hasSize(8);
    assertThat(others).hasSize(8).doesNotContainKeys(some.keySet().toArray(DigestKey[]::new));
    some.putAll(others);
    assertThat(some.values().stream().mapToInt(RowHashes::size).sum()).isEqualTo(3);
  }

  @Test
  void bringsBatchesOfAPieceTogether() {
    BatchHasher hasher =
        new BatchHasher(mapping(users("id")), Pieces.byChunk(), Detail.COUNTS, piece -> true);
    hasher.add(0, 0, 7, ROWS);
    hasher.clear();
    for (int batch = 0; batch < 30_000; batch++) {
      hasher.add(0, 0, 7, ROWS);
    }
    List<RowHashes> parts = new ArrayList<>();
    hasher.drain((piece, part) -> parts.add(part));
    assertThat(parts.stream().mapToInt(RowHashes::size)).containsExactly(32_768, 32_768, 24_464);
  }

  @Test
  void keepsNothingOfABatchWhoseArraysAreUsedAgain() {
    for (Mapping mapping : List.of(mapping(users("id")), mapping(users()))) {
      List<byte[]> hashes = new ArrayList<>();
      for (boolean again : new boolean[] {false, true}) {
        BatchHasher hasher =
            new BatchHasher(mapping, Pieces.byChunk(), Detail.KEYS_AND_COLUMNS, piece -> true);
        for (String row : List.of("1|Ann|1.50", "2|NULL|", "3||NULL")) {
          Rows rows = rows(3, row);
          hasher.add(0, 0, 7, rows);
          if (again) {
            Arrays.fill(rows.bytes(), (byte) '#');
            Arrays.fill(rows.ends(), 0);
          }
        }
        hasher.drain(
            (piece, part) -> {
              try {
                hashes.add(CoderUtils.encodeToByteArray(RowHashesCoder.of(), part));
              } catch (CoderException e) {
                throw new IllegalStateException(e);
              }
            });
      }
      assertThat(hashes).hasSize(2);
      assertThat(hashes.get(1)).isEqualTo(hashes.get(0));
    }
  }

  @Test
  void namesRowsByTheirKey() throws CoderException {
    RowHashes hashes = one(mapping(users("id")), Detail.KEYS_AND_COLUMNS);
    assertThat(hashes.size()).isEqualTo(3);
    assertThat(hashes.columns()).isEqualTo(3);
    assertThat(keys(hashes)).containsExactly("1", "2", "3");
    survivesItsCoder(hashes);
  }

  @Test
  void namesRowsWithoutAKeyByAllColumns() throws CoderException {
    RowHashes hashes = one(mapping(users()), Detail.KEYS_AND_COLUMNS);
    assertThat(keys(hashes)).containsExactly("1", "Ann", "1.50", "2", null, "", "3", "", null);
    survivesItsCoder(hashes);
  }

  @Test
  void namesNoRowsForCounting() throws CoderException {
    RowHashes hashes = one(mapping(users("id")), Detail.COUNTS);
    assertThat(hashes.size()).isEqualTo(3);
    assertThat(hashes.columns()).isZero();
    assertThat(hashes.keys()).isNull();
    survivesItsCoder(hashes);
  }

  private static void survivesItsCoder(RowHashes hashes) throws CoderException {
    RowHashes copy =
        CoderUtils.decodeFromByteArray(
            RowHashesCoder.of(), CoderUtils.encodeToByteArray(RowHashesCoder.of(), hashes));
    assertThat(copy.size()).isEqualTo(hashes.size());
    assertThat(copy.columns()).isEqualTo(hashes.columns());
    assertThat(copy.hashes()).isEqualTo(hashes.hashes());
    assertThat(keys(copy)).isEqualTo(keys(hashes));
  }

  /** All texts, row by row; none for counting. */
  private static @Nullable String[] keys(RowHashes hashes) {
    Rows keys = hashes.keys();
    if (keys == null) {
      return new String[0];
    }
    @Nullable String[] texts = new String[keys.size() * keys.columns()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = keys.text(i / keys.columns(), i % keys.columns());
    }
    return texts;
  }

  private static RowHashes one(Mapping mapping, Detail detail) {
    Map<DigestKey, RowHashes> hashes = hash(mapping, Pieces.byChunk(), detail, piece -> true);
    assertThat(hashes).containsOnlyKeys(new DigestKey(0, 0, 7));
    return hashes.values().iterator().next();
  }

  private static Map<DigestKey, RowHashes> hash(
      Mapping mapping, Pieces pieces, Detail detail, Predicate<DigestKey> wanted) {
    Map<DigestKey, RowHashes> hashes = new LinkedHashMap<>();
    BatchHasher hasher = new BatchHasher(mapping, pieces, detail, wanted);
    hasher.add(0, 0, 7, ROWS);
    hasher.drain(hashes::put);
    hasher.drain(
        (piece, again) -> {
          throw new AssertionError(piece + " again");
        });
    return hashes;
  }
}
