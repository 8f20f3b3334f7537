package dev.landfall.validation.digest;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/** Encodes {@link PieceDigest}s: 25 bytes, and about ten for each cell. */
public final class PieceDigestCoder extends AtomicCoder<PieceDigest> {
  private static final long serialVersionUID = 1L;
  private static final PieceDigestCoder INSTANCE = new PieceDigestCoder();

  private PieceDigestCoder() {}

  /** The coder. */
  public static PieceDigestCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(PieceDigest value, OutputStream out) throws IOException {
    DigestCoder.of().encode(value.all(), out);
    VarInt.encode(value.sums().length, out);
    DataOutputStream data = new DataOutputStream(out);
    for (int i = 0; i < value.sums().length; i++) {
      VarInt.encode(value.counts()[i], data);
      data.writeLong(value.sums()[i]);
    }
  }

  @Override
  public PieceDigest decode(InputStream in) throws IOException {
    Digest all = DigestCoder.of().decode(in);
    int cells = VarInt.decodeInt(in);
    long[] counts = new long[cells];
    long[] sums = new long[cells];
    DataInputStream data = new DataInputStream(in);
    for (int i = 0; i < cells; i++) {
      counts[i] = VarInt.decodeLong(data);
      sums[i] = data.readLong();
    }
    return new PieceDigest(all, counts, sums);
  }
}
