package dev.landfall.validation.digest;

import dev.landfall.validation.report.RowCounts;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Merges the digests of a group's pieces and decides for each piece. */
final class CompareDigestsFn
    extends DoFn<
        KV<Integer, Iterable<KV<DigestKey, KV<Digest, Digest>>>>, KV<TableKey, RowCounts>> {
  private static final long serialVersionUID = 1L;

  @ProcessElement
  public void process(
      @Element KV<Integer, Iterable<KV<DigestKey, KV<Digest, Digest>>>> group,
      MultiOutputReceiver out) {
    Map<DigestKey, KV<Digest, Digest>> pieces = new HashMap<>();
    for (KV<DigestKey, KV<Digest, Digest>> sides : group.getValue()) {
      pieces.merge(
          sides.getKey(),
          sides.getValue(),
          (one, other) ->
              KV.of(one.getKey().merge(other.getKey()), one.getValue().merge(other.getValue())));
    }
    Map<TableKey, RowCounts> agreeing = new HashMap<>();
    pieces.forEach(
        (piece, sides) -> {
          Digest source = sides.getKey();
          Digest target = sides.getValue();
          if (source.equals(target)) {
            agreeing.merge(piece.tableKey(), RowCounts.matched(source.count()), RowCounts::plus);
          } else {
            out.get(CompareDigests.DISAGREEING)
                .output(KV.of(piece, new Disagreement(source, target)));
          }
        });
    agreeing.forEach(
        (table, counts) -> out.get(CompareDigests.AGREEING).output(KV.of(table, counts)));
  }
}
