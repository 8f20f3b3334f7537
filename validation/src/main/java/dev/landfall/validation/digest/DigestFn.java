package dev.landfall.validation.digest;

import dev.landfall.transforms.schema.Mapping;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** Sums within a bundle; what is to be added of an element, the subclass says. */
abstract class DigestFn<T> extends DoFn<T, KV<DigestKey, Digest>> {
  private static final long serialVersionUID = 1L;

  private final Mapping mapping;
  private final Pieces pieces;
  private transient @Nullable BatchDigester digester;

  DigestFn(Mapping mapping, Pieces pieces) {
    this.mapping = mapping;
    this.pieces = pieces;
  }

  /** Adds an element's rows. */
  abstract void add(T element, BatchDigester to);

  /** Forgets what a bundle left that failed. */
  @StartBundle
  public void start() {
    digester().clear();
  }

  @ProcessElement
  public void process(@Element T element) {
    add(element, digester());
  }

  @FinishBundle
  public void finish(FinishBundleContext context) {
    digester()
        .drain(
            (key, digest) ->
                context.output(
                    KV.of(key, digest), BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE));
  }

  private BatchDigester digester() {
    if (digester == null) {
      digester = new BatchDigester(mapping, pieces);
    }
    return digester;
  }
}
