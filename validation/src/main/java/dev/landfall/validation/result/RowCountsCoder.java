package dev.landfall.validation.result;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/** Encodes {@link RowCounts}. */
public final class RowCountsCoder extends AtomicCoder<RowCounts> {
  private static final long serialVersionUID = 1L;
  private static final RowCountsCoder INSTANCE = new RowCountsCoder();

  private RowCountsCoder() {}

  /** The coder. */
  public static RowCountsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(RowCounts value, OutputStream out) throws IOException {
    VarInt.encode(value.matched(), out);
    VarInt.encode(value.changed(), out);
    VarInt.encode(value.missing(), out);
    VarInt.encode(value.extra(), out);
  }

  @Override
  public RowCounts decode(InputStream in) throws IOException {
    return RowCounts.of(
        VarInt.decodeLong(in), VarInt.decodeLong(in), VarInt.decodeLong(in), VarInt.decodeLong(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
