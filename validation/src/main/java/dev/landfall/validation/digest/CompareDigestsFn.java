package dev.landfall.validation.digest;

import dev.landfall.validation.report.RowCounts;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;

/** Decides for one piece. */
final class CompareDigestsFn extends DoFn<KV<DigestKey, CoGbkResult>, KV<TableKey, RowCounts>> {
  private static final long serialVersionUID = 1L;

  @ProcessElement
  public void process(@Element KV<DigestKey, CoGbkResult> piece, MultiOutputReceiver out) {
    Digest source = merge(piece.getValue().getAll(CompareDigests.SOURCE));
    Digest target = merge(piece.getValue().getAll(CompareDigests.TARGET));
    if (source.equals(target)) {
      out.get(CompareDigests.AGREEING)
          .output(KV.of(piece.getKey().tableKey(), RowCounts.matched(source.count())));
    } else {
      out.get(CompareDigests.DISAGREEING)
          .output(KV.of(piece.getKey(), new Disagreement(source, target)));
    }
  }

  private static Digest merge(Iterable<Digest> digests) {
    Digest all = Digest.EMPTY;
    for (Digest digest : digests) {
      all = all.merge(digest);
    }
    return all;
  }
}
