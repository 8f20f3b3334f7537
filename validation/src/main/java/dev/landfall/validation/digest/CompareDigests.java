package dev.landfall.validation.digest;

import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.RowCountsCoder;
import dev.landfall.validation.result.TableKey;
import dev.landfall.validation.result.TableKeyCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple.TaggedKeyedPCollection;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Compares the digests of both sides piece by piece. A piece that one side never named is one
 * without rows there.
 *
 * <p>Input: {@link #SOURCE} and {@link #TARGET}, any number of digests per key. Output: {@link
 * #AGREEING}, for each table with pieces or cells that are equal what those count for in its
 * verdict, in one part or several; {@link #DISAGREEING}, each other piece once.
 */
public final class CompareDigests
    extends PTransform<KeyedPCollectionTuple<DigestKey>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Digests of the source's side. */
  public static final TupleTag<PieceDigest> SOURCE = new TupleTag<>("source") {};

  /** Digests of the target's side. */
  public static final TupleTag<PieceDigest> TARGET = new TupleTag<>("target") {};

  /** Rows of pieces that agree, all of them matched. */
  public static final TupleTag<KV<TableKey, RowCounts>> AGREEING = new TupleTag<>("agreeing") {};

  /** Pieces whose rows have to be looked at. */
  public static final TupleTag<KV<DigestKey, Disagreement>> DISAGREEING =
      new TupleTag<>("disagreeing") {};

  /**
   * Pieces are compared in so many groups, not one by one: the Direct runner spends milliseconds on
   * each key. A group is small all the same: of ten billion rows, fifty thousand pieces.
   */
  private static final int GROUPS = 8;

  private CompareDigests() {}

  /** The comparison. */
  public static CompareDigests create() {
    return new CompareDigests();
  }

  @Override
  public PCollectionTuple expand(KeyedPCollectionTuple<DigestKey> digests) {
    PCollectionList<KV<Integer, KV<DigestKey, KV<PieceDigest, PieceDigest>>>> sides =
        PCollectionList.empty(digests.getPipeline());
    for (TaggedKeyedPCollection<DigestKey, ?> side : digests.getKeyedCollections()) {
      sides = sides.and(grouped(side));
    }
    PCollectionTuple compared =
        sides
            .apply("Both sides", Flatten.pCollections())
            .apply("By group", GroupByKey.create())
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

  // The tag says what the collection holds.
  @SuppressWarnings("unchecked")
  private static PCollection<KV<Integer, KV<DigestKey, KV<PieceDigest, PieceDigest>>>> grouped(
      TaggedKeyedPCollection<DigestKey, ?> side) {
    boolean source = side.getTupleTag().equals(SOURCE);
    return ((PCollection<KV<DigestKey, PieceDigest>>) (PCollection<?>) side.getCollection())
        .apply(source ? "Group source" : "Group target", ParDo.of(new GroupFn(source)))
        .setCoder(
            KvCoder.of(
                VarIntCoder.of(),
                KvCoder.of(
                    DigestKeyCoder.of(),
                    KvCoder.of(PieceDigestCoder.of(), PieceDigestCoder.of()))));
  }

  /** Gives a digest to its piece's group, as the one side of a pair whose other side is empty. */
  private static final class GroupFn
      extends DoFn<
          KV<DigestKey, PieceDigest>, KV<Integer, KV<DigestKey, KV<PieceDigest, PieceDigest>>>> {
    private static final long serialVersionUID = 1L;

    private final boolean source;

    GroupFn(boolean source) {
      this.source = source;
    }

    @ProcessElement
    public void process(
        @Element KV<DigestKey, PieceDigest> digest,
        OutputReceiver<KV<Integer, KV<DigestKey, KV<PieceDigest, PieceDigest>>>> out) {
      DigestKey piece = digest.getKey();
      long number = (piece.table() * 31L + piece.target()) * 31 + piece.piece();
      PieceDigest sum = digest.getValue();
      KV<PieceDigest, PieceDigest> sides =
          source ? KV.of(sum, PieceDigest.EMPTY) : KV.of(PieceDigest.EMPTY, sum);
      out.output(KV.of((int) Math.floorMod(number, (long) GROUPS), KV.of(piece, sides)));
    }
  }
}
