package dev.landfall.validation.digest;

import dev.landfall.validation.report.RowCounts;
import dev.landfall.validation.report.RowCountsCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Compares the digests of both sides piece by piece. A piece that one side never named is one
 * without rows there.
 *
 * <p>Input: {@link #SOURCE} and {@link #TARGET}, any number of digests per key. Output: {@link
 * #AGREEING}, for each piece that is equal what it counts for in the table's verdict; {@link
 * #DISAGREEING}, each other piece once.
 */
public final class CompareDigests
    extends PTransform<KeyedPCollectionTuple<DigestKey>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Digests of the source's side. */
  public static final TupleTag<Digest> SOURCE = new TupleTag<>("source") {};

  /** Digests of the target's side. */
  public static final TupleTag<Digest> TARGET = new TupleTag<>("target") {};

  /** Rows of pieces that agree, all of them matched. */
  public static final TupleTag<KV<TableKey, RowCounts>> AGREEING = new TupleTag<>("agreeing") {};

  /** Pieces whose rows have to be looked at. */
  public static final TupleTag<KV<DigestKey, Disagreement>> DISAGREEING =
      new TupleTag<>("disagreeing") {};

  private CompareDigests() {}

  /** The comparison. */
  public static CompareDigests create() {
    return new CompareDigests();
  }

  @Override
  public PCollectionTuple expand(KeyedPCollectionTuple<DigestKey> digests) {
    PCollectionTuple compared =
        digests
            .apply("By piece", CoGroupByKey.create())
            .apply(
                "Compare sums",
                ParDo.of(new CompareDigestsFn())
                    .withOutputTags(AGREEING, TupleTagList.of(DISAGREEING)));
    compared.get(AGREEING).setCoder(KvCoder.of(TableKeyCoder.of(), RowCountsCoder.of()));
    compared
        .get(DISAGREEING)
        .setCoder(KvCoder.of(DigestKeyCoder.of(), SerializableCoder.of(Disagreement.class)));
    return compared;
  }
}
