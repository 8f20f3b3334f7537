package dev.landfall.pipelines.checksum;

import dev.landfall.pipelines.checksum.ComparisonLedger.Piece;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.validation.digest.DigestKeyCoder;
import dev.landfall.validation.result.Difference;
import dev.landfall.validation.result.RowCountsCoder;
import dev.landfall.validation.result.TableKeyCoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.BitSet;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.util.VarInt;

/** Encodes what a job finds: its kind, then what it says. */
final class FoundCoder extends AtomicCoder<Found> {
  private static final long serialVersionUID = 1L;
  private static final FoundCoder INSTANCE = new FoundCoder();
  private static final Coder<List<Difference>> DIFFERENCES =
      ListCoder.of(ChunkSummaryCoder.DIFFERENCE);

  private static final int READ_OF_SOURCE = 0;
  private static final int READ_OF_TARGET = 1;
  private static final int COUNTED = 2;
  private static final int DISAGREEING = 3;
  private static final int DIFFERING = 4;

  private FoundCoder() {}

  /** The coder. */
  static FoundCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Found value, OutputStream out) throws IOException {
    if (value instanceof Found.Read chunk) {
      out.write(chunk.side() == ChunkLedger.Plan.SOURCE ? READ_OF_SOURCE : READ_OF_TARGET);
      VarInt.encode(chunk.table(), out);
      VarInt.encode(chunk.number(), out);
      VarInt.encode(chunk.rows(), out);
      VarInt.encode(chunk.filtered(), out);
    } else if (value instanceof Found.Counted counts) {
      out.write(COUNTED);
      TableKeyCoder.of().encode(counts.table(), out);
      RowCountsCoder.of().encode(counts.rows(), out);
    } else if (value instanceof Found.Disagreeing disagreeing) {
      out.write(DISAGREEING);
      Piece piece = disagreeing.piece();
      DigestKeyCoder.of().encode(piece.key(), out);
      VarInt.encode(piece.sourceRows(), out);
      VarInt.encode(piece.targetRows(), out);
      BitSet cells = disagreeing.cells();
      ByteArrayCoder.of().encode(cells == null ? new byte[0] : cells.toByteArray(), out);
    } else if (value instanceof Found.Differing differing) {
      out.write(DIFFERING);
      DIFFERENCES.encode(differing.rows(), out);
    }
  }

  @Override
  public Found decode(InputStream in) throws IOException {
    int kind = in.read();
    return switch (kind) {
      case READ_OF_SOURCE -> read(ChunkLedger.Plan.SOURCE, in);
      case READ_OF_TARGET -> read(ChunkLedger.Plan.TARGET, in);
      case COUNTED ->
          new Found.Counted(TableKeyCoder.of().decode(in), RowCountsCoder.of().decode(in));
      case DISAGREEING -> {
        Piece piece =
            new Piece(DigestKeyCoder.of().decode(in), VarInt.decodeLong(in), VarInt.decodeLong(in));
        byte[] cells = ByteArrayCoder.of().decode(in);
        yield new Found.Disagreeing(piece, cells.length == 0 ? null : BitSet.valueOf(cells));
      }
      case DIFFERING -> new Found.Differing(DIFFERENCES.decode(in));
      default -> throw new IOException("no such kind: " + kind);
    };
  }

  private static Found.Read read(ChunkLedger.Plan side, InputStream in) throws IOException {
    return new Found.Read(
        side,
        VarInt.decodeInt(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in));
  }
}
