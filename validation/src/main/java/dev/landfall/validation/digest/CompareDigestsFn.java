package dev.landfall.validation.digest;

import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Merges the digests of a group's pieces and decides for each piece. */
final class CompareDigestsFn
    extends DoFn<
        KV<Integer, Iterable<KV<DigestKey, KV<PieceDigest, PieceDigest>>>>,
        KV<TableKey, RowCounts>> {
  private static final long serialVersionUID = 1L;

  @ProcessElement
  public void process(
      @Element KV<Integer, Iterable<KV<DigestKey, KV<PieceDigest, PieceDigest>>>> group,
      MultiOutputReceiver out) {
    Map<DigestKey, KV<PieceDigest, PieceDigest>> pieces = new HashMap<>();
    for (KV<DigestKey, KV<PieceDigest, PieceDigest>> sides : group.getValue()) {
      pieces.merge(
          sides.getKey(),
          sides.getValue(),
          (one, other) ->
              KV.of(one.getKey().merge(other.getKey()), one.getValue().merge(other.getValue())));
    }
    Map<TableKey, RowCounts> agreeing = new HashMap<>();
    pieces.forEach(
        (piece, sides) -> {
          Disagreement disagreement = sides.getKey().against(sides.getValue());
          long rows = sides.getKey().all().count();
          long matched = disagreement == null ? rows : rows - disagreement.sourceRows();
          if (disagreement == null || matched > 0) {
            agreeing.merge(piece.tableKey(), RowCounts.matched(matched), RowCounts::plus);
          }
          if (disagreement != null) {
            out.get(CompareDigests.DISAGREEING).output(KV.of(piece, disagreement));
          }
        });
    agreeing.forEach(
        (table, counts) -> out.get(CompareDigests.AGREEING).output(KV.of(table, counts)));
  }
}
