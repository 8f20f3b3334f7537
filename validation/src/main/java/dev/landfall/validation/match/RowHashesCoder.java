package dev.landfall.validation.match;

import dev.landfall.transforms.value.Rows;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/** Encodes {@link RowHashes}: the hashes in eight bytes each, then the keys' texts. */
public final class RowHashesCoder extends AtomicCoder<RowHashes> {
  private static final long serialVersionUID = 1L;
  private static final RowHashesCoder INSTANCE = new RowHashesCoder();

  private RowHashesCoder() {}

  /** The coder. */
  public static RowHashesCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(RowHashes value, OutputStream out) throws IOException {
    VarInt.encode(value.size(), out);
    VarInt.encode(value.columns(), out);
    ByteBuffer hashes = ByteBuffer.allocate(value.hashes().length * Long.BYTES);
    hashes.asLongBuffer().put(value.hashes());
    out.write(hashes.array());
    Rows keys = value.keys();
    VarInt.encode(keys == null ? 0 : keys.columns(), out);
    if (keys != null) {
      encode(keys, out);
    }
  }

  /** Each value as its length plus one, 0 for NULL, and its bytes. */
  private static void encode(Rows keys, OutputStream out) throws IOException {
    for (int row = 0; row < keys.size(); row++) {
      for (int column = 0; column < keys.columns(); column++) {
        int start = keys.start(row, column);
        int length = keys.end(row, column) - start;
        VarInt.encode(keys.isNull(row, column) ? 0 : length + 1, out);
        out.write(keys.bytes(), start, length);
      }
    }
  }

  @Override
  public RowHashes decode(InputStream in) throws IOException {
    int size = VarInt.decodeInt(in);
    int columns = VarInt.decodeInt(in);
    DataInputStream data = new DataInputStream(in);
    long[] hashes = new long[RowHashes.hashCount(size, columns)];
    byte[] bytes = new byte[hashes.length * Long.BYTES];
    data.readFully(bytes);
    ByteBuffer.wrap(bytes).asLongBuffer().get(hashes);
    int keyColumns = VarInt.decodeInt(in);
    return new RowHashes(
        size, columns, hashes, keyColumns == 0 ? null : decode(data, size, keyColumns));
  }

  private static Rows decode(DataInputStream in, int size, int columns) throws IOException {
    Rows.Builder keys = Rows.builder(columns, size, size * 16);
    byte[] buffer = new byte[256];
    for (int value = 0; value < size * columns; value++) {
      int length = VarInt.decodeInt(in) - 1;
      if (length < 0) {
        keys.addNull();
      } else {
        buffer = length > buffer.length ? new byte[length] : buffer;
        in.readFully(buffer, 0, length);
        keys.add(buffer, 0, length);
      }
    }
    return keys.build();
  }
}
