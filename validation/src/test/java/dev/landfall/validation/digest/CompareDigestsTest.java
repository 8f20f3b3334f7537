package dev.landfall.validation.digest;

import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;

class CompareDigestsTest {
  private static final DigestKey PIECE = new DigestKey(2, 1, 7);
  private static final TableKey TABLE = new TableKey(2, 1);
  private static final Digest TWO_ROWS = new Digest(2, 10, 20);

  @Test
  void equal() {
    check(
        List.of(KV.of(PIECE, TWO_ROWS)),
        List.of(KV.of(PIECE, TWO_ROWS)),
        List.of(KV.of(TABLE, RowCounts.matched(2))),
        List.of());
  }

  @Test
  void equalInSum() {
    check(
        List.of(KV.of(PIECE, TWO_ROWS)),
        List.of(
            KV.of(PIECE, new Digest(1, 4, 5)),
            KV.of(PIECE, new Digest(1, 6, 15)),
            KV.of(PIECE, Digest.EMPTY)),
        List.of(KV.of(TABLE, RowCounts.matched(2))),
        List.of());
  }

  @Test
  void otherSum() {
    Digest other = new Digest(2, 10, 21);
    check(
        List.of(KV.of(PIECE, TWO_ROWS)),
        List.of(KV.of(PIECE, other)),
        List.of(),
        List.of(KV.of(PIECE, new Disagreement(2, other.count(), null))));
  }

  @Test
  void sameSumOfAnotherCount() {
    Digest other = new Digest(3, 10, 20);
    check(
        List.of(KV.of(PIECE, TWO_ROWS)),
        List.of(KV.of(PIECE, other)),
        List.of(),
        List.of(KV.of(PIECE, new Disagreement(2, other.count(), null))));
  }

  @Test
  void rowsOnlyInTheSource() {
    check(
        List.of(KV.of(PIECE, TWO_ROWS)),
        List.of(),
        List.of(),
        List.of(KV.of(PIECE, new Disagreement(2, 0, null))));
  }

  @Test
  void rowsOnlyInTheTarget() {
    check(
        List.of(),
        List.of(KV.of(PIECE, TWO_ROWS)),
        List.of(),
        List.of(KV.of(PIECE, new Disagreement(0, 2, null))));
  }

  @Test
  void noRows() {
    check(
        List.of(KV.of(PIECE, Digest.EMPTY)),
        List.of(KV.of(PIECE, Digest.EMPTY)),
        List.of(KV.of(TABLE, RowCounts.NONE)),
        List.of());
  }

  @Test
  void piecesAreComparedApart() {
    DigestKey other = new DigestKey(2, 1, 8);
    Digest wrong = new Digest(2, 11, 20);
    check(
        List.of(KV.of(PIECE, TWO_ROWS), KV.of(other, TWO_ROWS)),
        List.of(KV.of(other, wrong), KV.of(PIECE, TWO_ROWS)),
        List.of(KV.of(TABLE, RowCounts.matched(2))),
        List.of(KV.of(other, new Disagreement(2, 2, null))));
  }

  private static void check(
      List<KV<DigestKey, Digest>> source,
      List<KV<DigestKey, Digest>> target,
      List<KV<TableKey, RowCounts>> agreeing,
      List<KV<DigestKey, Disagreement>> disagreeing) {
    Pipeline pipeline = Pipeline.create();
    PCollectionTuple compared =
        KeyedPCollectionTuple.of(CompareDigests.SOURCE, digests(pipeline, "source", source))
            .and(CompareDigests.TARGET, digests(pipeline, "target", target))
            .apply(CompareDigests.create());
    PAssert.that(compared.get(CompareDigests.AGREEING)).containsInAnyOrder(agreeing);
    PAssert.that(compared.get(CompareDigests.DISAGREEING)).containsInAnyOrder(disagreeing);
    pipeline.run().waitUntilFinish();
  }

  private static PCollection<KV<DigestKey, PieceDigest>> digests(
      Pipeline pipeline, String side, List<KV<DigestKey, Digest>> digests) {
    return pipeline.apply(
        side,
        Create.of(
                digests.stream().map(d -> KV.of(d.getKey(), PieceDigest.of(d.getValue()))).toList())
            .withCoder(KvCoder.of(DigestKeyCoder.of(), PieceDigestCoder.of())));
  }
}
