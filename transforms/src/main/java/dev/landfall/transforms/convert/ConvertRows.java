package dev.landfall.transforms.convert;

import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.schema.Mapping;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Applies the mapping: one {@link ConvertedBatch} for each {@link RowBatch}, in order. The same for
 * loading, checking and repairing, so that all three see the same target values.
 */
public final class ConvertRows
    extends PTransform<PCollection<RowBatch>, PCollection<ConvertedBatch>> {
  private static final long serialVersionUID = 1L;

  private final Mapping mapping;

  private ConvertRows(Mapping mapping) {
    this.mapping = mapping;
  }

  /** Converts batches of the mapping's tables. */
  public static ConvertRows by(Mapping mapping) {
    return new ConvertRows(mapping);
  }

  @Override
  public PCollection<ConvertedBatch> expand(PCollection<RowBatch> batches) {
    return batches
        .apply("Convert", ParDo.of(new ConvertFn(mapping)))
        .setCoder(ConvertedBatchCoder.of());
  }

  static final class ConvertFn extends DoFn<RowBatch, ConvertedBatch> {
    private static final long serialVersionUID = 1L;

    private final Mapping mapping;
    private transient MappingConverter converter;

    ConvertFn(Mapping mapping) {
      this.mapping = mapping;
    }

    @Setup
    public void setup() {
      converter = new MappingConverter(mapping);
    }

    @ProcessElement
    public void convert(@Element RowBatch batch, OutputReceiver<ConvertedBatch> out) {
      out.output(converter.convert(batch));
    }
  }
}
