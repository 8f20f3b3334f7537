package dev.landfall.pipelines.checksum;

import java.io.Serializable;
import java.sql.SQLException;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Brings all elements together and saves them in one go, so that what was saved is whole and saving
 * again replaces it. For what is small: results of pieces, not rows. Without elements nothing is
 * saved.
 */
final class RecordAll<T> extends PTransform<PCollection<T>, PDone> {
  private static final long serialVersionUID = 1L;

  private final Save<T> save;

  private RecordAll(Save<T> save) {
    this.save = save;
  }

  /** Saves by that. */
  static <T> RecordAll<T> by(Save<T> save) {
    return new RecordAll<>(save);
  }

  /** Saves everything, in place of what was saved before. */
  @FunctionalInterface
  interface Save<T> extends Serializable {
    void save(Iterable<T> all) throws SQLException;
  }

  @Override
  public PDone expand(PCollection<T> elements) {
    elements
        .apply("Together", WithKeys.<Integer, T>of(0))
        .setCoder(KvCoder.of(VarIntCoder.of(), elements.getCoder()))
        .apply("All", GroupByKey.create())
        .apply("Save", ParDo.of(new SaveFn<>(save)));
    return PDone.in(elements.getPipeline());
  }

  private static final class SaveFn<T> extends DoFn<KV<Integer, Iterable<T>>, Void> {
    private static final long serialVersionUID = 1L;

    private final Save<T> save;

    SaveFn(Save<T> save) {
      this.save = save;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<T>> all) throws SQLException {
      save.save(all.getValue());
    }
  }
}
