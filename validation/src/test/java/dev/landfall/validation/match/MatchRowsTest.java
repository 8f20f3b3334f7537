package dev.landfall.validation.match;

import static dev.landfall.validation.TestTables.SHOP_USERS;
import static dev.landfall.validation.TestTables.USERS;
import static dev.landfall.validation.TestTables.mapping;
import static dev.landfall.validation.TestTables.rows;
import static dev.landfall.validation.TestTables.users;

import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.value.Rows;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.DigestKeyCoder;
import dev.landfall.validation.digest.Pieces;
import dev.landfall.validation.result.Difference;
import dev.landfall.validation.result.Difference.Kind;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MatchRowsTest {
  private static final Mapping KEYED = mapping(users("id"));
  private static final Mapping KEYLESS = mapping(users());

  @Test
  void equal() {
    check(
        KEYED,
        rows(3, "1|Ann|1.50", "2|Bob|NULL"),
        rows(3, "2|Bob|NULL", "1|Ann|1.5"),
        RowCounts.matched(2));
  }

  @Test
  void missing() {
    check(
        KEYED,
        rows(3, "1|Ann|1.50", "2|Bob|NULL"),
        rows(3, "1|Ann|1.5"),
        RowCounts.of(1, 0, 1, 0),
        difference(Kind.MISSING, 1, "id=2"));
  }

  @Test
  void extra() {
    check(
        KEYED,
        rows(3, "1|Ann|1.50"),
        rows(3, "1|Ann|1.5", "007|Bob|NULL"),
        RowCounts.of(1, 0, 0, 1),
        difference(Kind.EXTRA, 1, "id=007"));
  }

  @Test
  void changed() {
    check(
        KEYED,
        rows(3, "1|Ann|1.50", "2|Bob|NULL", "3||3"),
        rows(3, "3|NULL|3.00", "1|Ann|1.51", "2|Rob|0"),
        RowCounts.of(0, 3, 0, 0),
        difference(Kind.CHANGED, 1, "id=1", "balance"),
        difference(Kind.CHANGED, 1, "id=2", "name", "balance"),
        difference(Kind.CHANGED, 1, "id=3", "name"));
  }

  @Test
  void severalKeyColumns() {
    check(
        mapping(users("name", "id")),
        rows(3, "1|Ann|1", "2|Ann|1"),
        rows(3, "1|Ann|2", "2|Bob|1"),
        RowCounts.of(0, 1, 1, 1),
        difference(Kind.CHANGED, 1, "name=Ann id=1", "balance"),
        difference(Kind.MISSING, 1, "name=Ann id=2"),
        difference(Kind.EXTRA, 1, "name=Bob id=2"));
  }

  @Test
  void aKeyThatIsThereTwice() {
    check(
        KEYED,
        rows(3, "1|Ann|1"),
        rows(3, "1|Bob|1", "1|Ann|1", "1|Ann|1"),
        RowCounts.of(1, 0, 0, 2),
        difference(Kind.EXTRA, 1, "id=1"),
        difference(Kind.EXTRA, 1, "id=1"));
  }

  @Test
  void withoutAKeyCopiesCount() {
    check(
        KEYLESS,
        rows(3, "1|Ann|1.50", "1|Ann|1.50", "1|Ann|1.50", "2|Bob|NULL"),
        rows(3, "1|Ann|1.5", "2|Rob|NULL", "2|Bob|NULL", "2|Bob|NULL"),
        RowCounts.of(2, 0, 2, 2),
        difference(Kind.MISSING, 2, "id=1 name=Ann balance=1.50"),
        difference(Kind.EXTRA, 1, "id=2 name=Rob balance=NULL"),
        difference(Kind.EXTRA, 1, "id=2 name=Bob balance=NULL"));
  }

  @Test
  void noRows() {
    check(KEYED, rows(3), rows(3), RowCounts.NONE);
  }

  @Test
  void onlyCounting() {
    check(
        KEYED,
        List.of(piece(KEYED, 0, Detail.COUNTS, rows(3, "1|Ann|1", "2|Bob|1", "3|Eve|1"))),
        List.of(piece(KEYED, 0, Detail.COUNTS, rows(3, "2|Bob|2", "3|Eve|1", "4|Joe|1"))),
        100,
        List.of(RowCounts.of(1, 1, 1, 1)),
        List.of());
  }

  @Test
  void keepsTheFirstPiecesDifferencesAndCountsAll() {
    List<KV<DigestKey, RowHashes>> source = new ArrayList<>();
    List<KV<DigestKey, RowHashes>> target = new ArrayList<>();
    List<RowCounts> counts = new ArrayList<>();
    for (int chunk = 9; chunk >= 0; chunk--) {
      String[] texts = {chunk + "1|a|1", chunk + "2|b|2", chunk + "3|c|3"};
      source.add(piece(KEYED, chunk, Detail.KEYS_AND_COLUMNS, rows(3, texts)));
      target.add(piece(KEYED, chunk, Detail.KEYS_AND_COLUMNS, rows(3)));
      counts.add(RowCounts.of(0, 0, 3, 0));
    }
    check(
        KEYED,
        source,
        target,
        5,
        counts,
        List.of(
            difference(Kind.MISSING, 1, "id=01"),
            difference(Kind.MISSING, 1, "id=02"),
            difference(Kind.MISSING, 1, "id=03"),
            difference(Kind.MISSING, 1, "id=11"),
            difference(Kind.MISSING, 1, "id=12")));
    check(KEYED, source, target, 0, counts, List.of());
  }

  @Test
  void aPieceMayComeInParts() {
    check(
        KEYED,
        List.of(
            piece(KEYED, 3, Detail.KEYS_AND_COLUMNS, rows(3, "1|a|1")),
            piece(KEYED, 3, Detail.KEYS_AND_COLUMNS, rows(3, "2|b|2"))),
        List.of(
            piece(KEYED, 3, Detail.KEYS_AND_COLUMNS, rows(3, "2|b|2")),
            piece(KEYED, 3, Detail.KEYS_AND_COLUMNS, rows(3)),
            piece(KEYED, 3, Detail.KEYS_AND_COLUMNS, rows(3, "1|c|1"))),
        100,
        List.of(RowCounts.of(1, 1, 0, 0)),
        List.of(difference(Kind.CHANGED, 1, "id=1", "name")));
  }

  private static void check(
      Mapping mapping, Rows source, Rows target, RowCounts counts, Difference... differences) {
    check(
        mapping,
        List.of(piece(mapping, 0, Detail.KEYS_AND_COLUMNS, source)),
        List.of(piece(mapping, 0, Detail.KEYS_AND_COLUMNS, target)),
        100,
        List.of(counts),
        List.of(differences));
  }

  private static void check(
      Mapping mapping,
      List<KV<DigestKey, RowHashes>> source,
      List<KV<DigestKey, RowHashes>> target,
      int limit,
      List<RowCounts> counts,
      List<Difference> differences) {
    Pipeline pipeline = Pipeline.create();
    KvCoder<DigestKey, RowHashes> coder = KvCoder.of(DigestKeyCoder.of(), RowHashesCoder.of());
    PCollectionTuple matched =
        KeyedPCollectionTuple.of(
                MatchRows.SOURCE, pipeline.apply("source", Create.of(source).withCoder(coder)))
            .and(MatchRows.TARGET, pipeline.apply("target", Create.of(target).withCoder(coder)))
            .apply(MatchRows.of(mapping).withMaxDifferences(limit));
    PAssert.that(matched.get(MatchRows.COUNTS))
        .containsInAnyOrder(counts.stream().map(c -> KV.of(new TableKey(0, 0), c)).toList());
    PAssert.that(matched.get(MatchRows.DIFFERENCES).apply(Flatten.iterables()))
        .containsInAnyOrder(differences);
    pipeline.run().waitUntilFinish();
  }

  private static KV<DigestKey, RowHashes> piece(
      Mapping mapping, long chunk, Detail detail, Rows rows) {
    List<KV<DigestKey, RowHashes>> hashes = new ArrayList<>();
    BatchHasher hasher = new BatchHasher(mapping, Pieces.byChunk(), detail, any -> true);
    hasher.add(0, 0, chunk, rows);
    hasher.drain((key, value) -> hashes.add(KV.of(key, value)));
    return hashes.get(0);
  }

  /** A difference whose key is written {@code column=text column=text}. */
  private static Difference difference(Kind kind, long copies, String key, String... columns) {
    Map<String, @Nullable String> texts = new LinkedHashMap<>();
    for (String part : key.split(" ", -1)) {
      String[] pair = part.split("=", -1);
      texts.put(pair[0], pair[1].equals("NULL") ? null : pair[1]);
    }
    return new Difference(SHOP_USERS, USERS, texts, kind, Arrays.asList(columns), copies);
  }
}
