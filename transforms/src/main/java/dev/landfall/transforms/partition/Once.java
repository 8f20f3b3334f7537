package dev.landfall.transforms.partition;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Gives one element, how many there are in its input, when all of them are there; none for an empty
 * input. For the latter's sake {@code Count.globally} has a side input, which a batch runner keeps
 * on disk before anything behind it may begin.
 */
public final class Once<T> extends PTransform<PCollection<T>, PCollection<Long>> {
  private static final long serialVersionUID = 1L;

  private Once() {}

  /** The transform. */
  public static <T> Once<T> all() {
    return new Once<>();
  }

  @Override
  public PCollection<Long> expand(PCollection<T> elements) {
    return elements
        .apply(
            "One",
            MapElements.into(
                    TypeDescriptors.kvs(TypeDescriptors.integers(), TypeDescriptors.longs()))
                .via(element -> KV.of(0, 1L)))
        .setCoder(KvCoder.of(VarIntCoder.of(), VarLongCoder.of()))
        .apply("All", Combine.perKey(Sum.ofLongs()))
        .apply("Count", Values.create())
        .setTypeDescriptor(TypeDescriptor.of(Long.class))
        .setCoder(VarLongCoder.of());
  }
}
