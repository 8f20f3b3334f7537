package dev.landfall.validation.match;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.util.VarInt;

/** Encodes {@link PieceDifferences}. */
final class PieceDifferencesCoder extends AtomicCoder<PieceDifferences> {
  private static final long serialVersionUID = 1L;
  private static final PieceDifferencesCoder INSTANCE = new PieceDifferencesCoder();

  private PieceDifferencesCoder() {}

  static PieceDifferencesCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(PieceDifferences value, OutputStream out) throws IOException {
    VarInt.encode(value.piece(), out);
    VarInt.encode(value.count(), out);
    ByteArrayCoder.of().encode(value.packed(), out);
  }

  @Override
  public PieceDifferences decode(InputStream in) throws IOException {
    return new PieceDifferences(
        VarInt.decodeLong(in), VarInt.decodeInt(in), ByteArrayCoder.of().decode(in));
  }
}
