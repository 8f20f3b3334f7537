package dev.landfall.validation.digest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/** Encodes {@link DigestKey}s; equal keys give equal bytes. */
public final class DigestKeyCoder extends AtomicCoder<DigestKey> {
  private static final long serialVersionUID = 1L;
  private static final DigestKeyCoder INSTANCE = new DigestKeyCoder();

  private DigestKeyCoder() {}

  /** The coder. */
  public static DigestKeyCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(DigestKey value, OutputStream out) throws IOException {
    VarInt.encode(value.table(), out);
    VarInt.encode(value.target(), out);
    VarInt.encode(value.piece(), out);
  }

  @Override
  public DigestKey decode(InputStream in) throws IOException {
    return new DigestKey(VarInt.decodeInt(in), VarInt.decodeInt(in), VarInt.decodeLong(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
