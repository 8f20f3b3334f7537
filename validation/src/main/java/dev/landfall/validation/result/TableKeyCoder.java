package dev.landfall.validation.result;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/** Encodes {@link TableKey}s; equal keys give equal bytes. */
public final class TableKeyCoder extends AtomicCoder<TableKey> {
  private static final long serialVersionUID = 1L;
  private static final TableKeyCoder INSTANCE = new TableKeyCoder();

  private TableKeyCoder() {}

  /** The coder. */
  public static TableKeyCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(TableKey value, OutputStream out) throws IOException {
    VarInt.encode(value.table(), out);
    VarInt.encode(value.target(), out);
  }

  @Override
  public TableKey decode(InputStream in) throws IOException {
    return new TableKey(VarInt.decodeInt(in), VarInt.decodeInt(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
