package dev.landfall.pipelines.checksum;

import dev.landfall.validation.difference.Difference;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.TableKey;
import dev.landfall.validation.report.RowCounts;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/** Takes {@link ChunkSummary}s apart: what goes which way. */
final class SpreadSummaries<T> extends PTransform<PCollection<ChunkSummary<T>>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Position and number of each chunk that was read to its end. */
  static final TupleTag<KV<Integer, Long>> CHUNKS = new TupleTag<>("chunks") {};

  /** Counts of rows that were rejected. */
  static final TupleTag<KV<TableKey, RowCounts>> REJECTED = new TupleTag<>("rejected") {};

  /** The first of those rows. */
  static final TupleTag<Difference> REJECTED_ROWS = new TupleTag<>("rejectedRows") {};

  private final TupleTag<KV<DigestKey, T>> pieces;
  private final ChunkSummaryCoder<T> coder;

  /**
   * @param pieces the tag to give the pieces
   * @param coder what the summaries are encoded with
   */
  SpreadSummaries(TupleTag<KV<DigestKey, T>> pieces, ChunkSummaryCoder<T> coder) {
    this.pieces = pieces;
    this.coder = coder;
  }

  @Override
  public PCollectionTuple expand(PCollection<ChunkSummary<T>> summaries) {
    PCollectionTuple spread =
        summaries.apply(
            ParDo.of(new SpreadFn<T>())
                .withOutputTags(pieces, TupleTagList.of(CHUNKS).and(REJECTED).and(REJECTED_ROWS)));
    spread.get(pieces).setCoder(coder.piece());
    spread.get(CHUNKS).setCoder(KvCoder.of(VarIntCoder.of(), VarLongCoder.of()));
    spread.get(REJECTED).setCoder(ChunkSummaryCoder.COUNTS);
    spread.get(REJECTED_ROWS).setCoder(ChunkSummaryCoder.DIFFERENCE);
    return spread;
  }

  private static final class SpreadFn<T> extends DoFn<ChunkSummary<T>, KV<DigestKey, T>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element ChunkSummary<T> summary,
        OutputReceiver<KV<DigestKey, T>> out,
        MultiOutputReceiver others) {
      summary.pieces().forEach(out::output);
      summary.rejected().forEach(others.get(REJECTED)::output);
      summary.rejectedRows().forEach(others.get(REJECTED_ROWS)::output);
      others.get(CHUNKS).output(KV.of(summary.table(), summary.chunk()));
    }
  }
}
