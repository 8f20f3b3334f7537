package dev.landfall.validation;

import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.convert.ConvertedBatches;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.read.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;
import org.jspecify.annotations.Nullable;

/** Coders of batches, as simple as they can be. */
public final class TestCoders {
  private static final Coder<@Nullable String> VALUES = NullableCoder.of(StringUtf8Coder.of());

  public static final Coder<RowBatch> ROW_BATCH = new RowBatchCoder();
  public static final Coder<ConvertedBatch> CONVERTED_BATCH = new ConvertedBatchCoder();

  private TestCoders() {}

  private static void encode(Rows rows, OutputStream out) throws IOException {
    VarInt.encode(rows.columns(), out);
    VarInt.encode(rows.size(), out);
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < rows.columns(); column++) {
        VALUES.encode(rows.text(row, column), out);
      }
    }
  }

  private static Rows decode(InputStream in) throws IOException {
    int columns = VarInt.decodeInt(in);
    int values = VarInt.decodeInt(in) * columns;
    Rows.Builder rows = Rows.builder(columns);
    for (int value = 0; value < values; value++) {
      rows.addText(VALUES.decode(in));
    }
    return rows.build();
  }

  private static final class RowBatchCoder extends AtomicCoder<RowBatch> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(RowBatch batch, OutputStream out) throws IOException {
      VarInt.encode(batch.table(), out);
      VarInt.encode(batch.chunk(), out);
      TestCoders.encode(batch.rows(), out);
    }

    @Override
    public RowBatch decode(InputStream in) throws IOException {
      return new RowBatch(
          VarInt.decodeInt(in), VarInt.decodeLong(in), 0, true, TestCoders.decode(in));
    }
  }

  private static final class ConvertedBatchCoder extends AtomicCoder<ConvertedBatch> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(ConvertedBatch batch, OutputStream out) throws IOException {
      ROW_BATCH.encode(batch.source(), out);
      VarInt.encode(batch.targets().size(), out);
      for (Rows rows : batch.targets()) {
        TestCoders.encode(rows, out);
      }
    }

    @Override
    public ConvertedBatch decode(InputStream in) throws IOException {
      RowBatch source = ROW_BATCH.decode(in);
      List<Rows> targets = new ArrayList<>();
      for (int left = VarInt.decodeInt(in); left > 0; left--) {
        targets.add(TestCoders.decode(in));
      }
      return ConvertedBatches.of(source, targets);
    }
  }
}
