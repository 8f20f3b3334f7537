package dev.landfall.validation.digest;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Encodes {@link Digest}s in 24 bytes. */
public final class DigestCoder extends AtomicCoder<Digest> {
  private static final long serialVersionUID = 1L;
  private static final DigestCoder INSTANCE = new DigestCoder();

  private DigestCoder() {}

  /** The coder. */
  public static DigestCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Digest value, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeLong(value.count());
    data.writeLong(value.high());
    data.writeLong(value.low());
  }

  @Override
  public Digest decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    return new Digest(data.readLong(), data.readLong(), data.readLong());
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
