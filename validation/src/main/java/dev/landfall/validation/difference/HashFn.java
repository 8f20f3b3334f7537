package dev.landfall.validation.difference;

import dev.landfall.transforms.read.Rows;
import dev.landfall.transforms.schema.Mapping;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.Disagreement;
import dev.landfall.validation.digest.Pieces;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/** Hashes rows of pieces that disagree; what rows an element has, the subclass says. */
abstract class HashFn<T> extends DoFn<T, KV<DigestKey, RowHashes>> {
  private static final long serialVersionUID = 1L;

  private final Mapping mapping;
  private final Pieces pieces;
  private final PCollectionView<Map<DigestKey, Disagreement>> disagreeing;
  private final Detail detail;
  private transient @Nullable BatchHasher hasher;

  HashFn(
      Mapping mapping,
      Pieces pieces,
      PCollectionView<Map<DigestKey, Disagreement>> disagreeing,
      Detail detail) {
    this.mapping = mapping;
    this.pieces = pieces;
    this.disagreeing = disagreeing;
    this.detail = detail;
  }

  PCollectionView<Map<DigestKey, Disagreement>> disagreeing() {
    return disagreeing;
  }

  /** Gives an element's rows to the sink. */
  abstract void rows(T element, Sink sink);

  @ProcessElement
  public void process(ProcessContext context) {
    if (hasher == null) {
      hasher = new BatchHasher(mapping, pieces, detail);
    }
    BatchHasher ready = hasher;
    Map<DigestKey, Disagreement> wanted = context.sideInput(disagreeing);
    rows(
        context.element(),
        (table, target, chunk, rows) ->
            ready.hash(
                table,
                target,
                chunk,
                rows,
                wanted::containsKey,
                (piece, hashes) -> context.output(KV.of(piece, hashes))));
  }

  /** Takes rows of a target table. */
  @FunctionalInterface
  interface Sink {
    void accept(int table, int target, long chunk, Rows rows);
  }
}
