package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.validation.digest.DigestKey;
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

  /** What goes into the round's record as it is: the chunks, and rows that were rejected. */
  static final TupleTag<Found> FOUND = new TupleTag<>("found") {};

  private final ChunkLedger.Plan side;
  private final TupleTag<KV<DigestKey, T>> pieces;
  private final ChunkSummaryCoder<T> coder;

  /**
   * @param side the side whose chunks they are
   * @param pieces the tag to give the pieces
   * @param coder what the summaries are encoded with
   */
  SpreadSummaries(
      ChunkLedger.Plan side, TupleTag<KV<DigestKey, T>> pieces, ChunkSummaryCoder<T> coder) {
    this.side = side;
    this.pieces = pieces;
    this.coder = coder;
  }

  @Override
  public PCollectionTuple expand(PCollection<ChunkSummary<T>> summaries) {
    PCollectionTuple spread =
        summaries.apply(
            ParDo.of(new SpreadFn<T>(side)).withOutputTags(pieces, TupleTagList.of(FOUND)));
    spread.get(pieces).setCoder(coder.piece());
    spread.get(FOUND).setCoder(FoundCoder.of());
    return spread;
  }

  private static final class SpreadFn<T> extends DoFn<ChunkSummary<T>, KV<DigestKey, T>> {
    private static final long serialVersionUID = 1L;

    private final ChunkLedger.Plan side;

    SpreadFn(ChunkLedger.Plan side) {
      this.side = side;
    }

    @ProcessElement
    public void process(
        @Element ChunkSummary<T> summary,
        OutputReceiver<KV<DigestKey, T>> out,
        MultiOutputReceiver others) {
      summary.pieces().forEach(out::output);
      OutputReceiver<Found> found = others.get(FOUND);
      summary.rejected().forEach(r -> found.output(new Found.Counted(r.getKey(), r.getValue())));
      if (!summary.rejectedRows().isEmpty()) {
        found.output(new Found.Differing(summary.rejectedRows()));
      }
      found.output(
          new Found.Read(
              side, summary.table(), summary.chunk(), summary.rows(), summary.filtered()));
    }
  }
}
