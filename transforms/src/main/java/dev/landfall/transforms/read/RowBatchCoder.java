package dev.landfall.transforms.read;

import dev.landfall.transforms.value.Rows;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Encodes a batch as its identity, the ends of its values and its bytes. Deterministic. */
public final class RowBatchCoder extends AtomicCoder<RowBatch> {
  private static final long serialVersionUID = 1L;
  private static final RowBatchCoder INSTANCE = new RowBatchCoder();

  private RowBatchCoder() {}

  /** The coder. */
  public static RowBatchCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(RowBatch batch, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(batch.table());
    data.writeLong(batch.chunk());
    data.writeInt(batch.sequence());
    data.writeBoolean(batch.last());
    data.writeLong(batch.others());
    Rows rows = batch.rows();
    data.writeInt(rows.columns());
    data.writeInt(rows.size());
    for (int i = 0; i < rows.columns() * rows.size(); i++) {
      data.writeInt(rows.ends()[i]);
    }
    data.write(rows.bytes(), 0, rows.byteCount());
    data.flush();
  }

  @Override
  public RowBatch decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int table = data.readInt();
    long chunk = data.readLong();
    int sequence = data.readInt();
    boolean last = data.readBoolean();
    long others = data.readLong();
    int columns = data.readInt();
    int size = data.readInt();
    int[] ends = new int[columns * size];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = data.readInt();
    }
    int length = ends.length == 0 ? 0 : ends[ends.length - 1];
    byte[] bytes = new byte[length < 0 ? ~length : length];
    data.readFully(bytes);
    return new RowBatch(table, chunk, sequence, last, Rows.of(columns, size, bytes, ends), others);
  }
}
