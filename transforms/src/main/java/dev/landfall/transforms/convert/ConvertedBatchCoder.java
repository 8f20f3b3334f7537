package dev.landfall.transforms.convert;

import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.read.RowBatchCoder;
import dev.landfall.transforms.read.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;

/** Encodes a converted batch; for runners that do not pass elements by reference. */
final class ConvertedBatchCoder extends AtomicCoder<ConvertedBatch> {
  private static final long serialVersionUID = 1L;
  private static final ConvertedBatchCoder INSTANCE = new ConvertedBatchCoder();
  private static final RowBatchCoder BATCH = RowBatchCoder.of();
  private static final Coder<List<Integer>> ROWS = ListCoder.of(VarIntCoder.of());
  private static final Coder<List<Reject>> REJECTS =
      ListCoder.of(SerializableCoder.of(Reject.class));
  private static final Coder<List<Disposition>> DISPOSITIONS =
      ListCoder.of(SerializableCoder.of(Disposition.class));

  private ConvertedBatchCoder() {}

  static ConvertedBatchCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(ConvertedBatch batch, OutputStream out) throws IOException {
    BATCH.encode(batch.source(), out);
    VarIntCoder.of().encode(batch.targets().size(), out);
    for (Rows rows : batch.targets()) {
      // Most targets are the source's very rows: they are sent once.
      boolean same = rows == batch.source().rows();
      out.write(same ? 1 : 0);
      if (!same) {
        BATCH.encode(new RowBatch(0, 0, 0, true, rows), out);
      }
    }
    int[] sourceRows = batch.sourceRows();
    out.write(sourceRows == null ? 0 : 1);
    if (sourceRows != null) {
      ROWS.encode(java.util.Arrays.stream(sourceRows).boxed().toList(), out);
    }
    REJECTS.encode(batch.rejects(), out);
    DISPOSITIONS.encode(batch.dispositions(), out);
  }

  @Override
  public ConvertedBatch decode(InputStream in) throws IOException {
    RowBatch source = BATCH.decode(in);
    int count = VarIntCoder.of().decode(in);
    List<Rows> targets = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      targets.add(in.read() == 1 ? source.rows() : BATCH.decode(in).rows());
    }
    int[] sourceRows =
        in.read() == 0 ? null : ROWS.decode(in).stream().mapToInt(Integer::intValue).toArray();
    return new ConvertedBatch(
        source, targets, sourceRows, REJECTS.decode(in), DISPOSITIONS.decode(in));
  }
}
