package dev.landfall.pipelines.checksum;

import com.google.auto.value.AutoValue;
import dev.landfall.transforms.jdbc.PooledFn;
import java.sql.SQLException;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Brings together all that a round's job finds and records it, as {@link RoundLedger#record} says:
 * whole and once, however often a runner does it. A job that finds nothing, because it had no chunk
 * to read, records nothing.
 *
 * <p>The parts are of several kinds and grouped as one, not by CoGroupByKey: that one reads a group
 * again when it is large, which a runner that does not keep groups in memory refuses.
 */
@AutoValue
abstract class RecordRound extends PTransform<PCollection<Found>, PDone> {
  abstract RoundLedger getLedger();

  abstract int getRound();

  /** Records that round in that ledger. */
  static RecordRound of(RoundLedger ledger, int round) {
    return new AutoValue_RecordRound(ledger, round);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("round", getRound()).withLabel("Round of the comparison"));
  }

  @Override
  public PDone expand(PCollection<Found> found) {
    found
        .apply("Together", WithKeys.<Integer, Found>of(0))
        .setCoder(KvCoder.of(VarIntCoder.of(), FoundCoder.of()))
        .apply("All", GroupByKey.create())
        .apply("Save", ParDo.of(new SaveFn(this)));
    return PDone.in(found.getPipeline());
  }

  private static final class SaveFn extends PooledFn<KV<Integer, Iterable<Found>>, Void> {
    private static final long serialVersionUID = 1L;

    private final RecordRound spec;

    SaveFn(RecordRound spec) {
      this.spec = spec;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<Found>> all) throws SQLException {
      spec.getLedger().record(spec.getRound(), all.getValue());
    }
  }
}
