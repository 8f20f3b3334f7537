package dev.landfall.pipelines.checksum;

import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.DigestKeyCoder;
import dev.landfall.validation.result.Difference;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.RowCountsCoder;
import dev.landfall.validation.result.TableKey;
import dev.landfall.validation.result.TableKeyCoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.util.VarInt;
import org.apache.beam.sdk.values.KV;

/** Encodes {@link ChunkSummary}s, given a coder for what the pieces have. */
final class ChunkSummaryCoder<T> extends CustomCoder<ChunkSummary<T>> {
  private static final long serialVersionUID = 1L;

  static final Coder<Difference> DIFFERENCE = SerializableCoder.of(Difference.class);
  static final Coder<KV<TableKey, RowCounts>> COUNTS =
      KvCoder.of(TableKeyCoder.of(), RowCountsCoder.of());

  private final Coder<T> part;

  ChunkSummaryCoder(Coder<T> part) {
    this.part = part;
  }

  /** Encodes one piece. */
  Coder<KV<DigestKey, T>> piece() {
    return KvCoder.of(DigestKeyCoder.of(), part);
  }

  @Override
  public void encode(ChunkSummary<T> value, OutputStream out) throws IOException {
    VarInt.encode(value.table(), out);
    VarInt.encode(value.chunk(), out);
    VarInt.encode(value.rows(), out);
    VarInt.encode(value.filtered(), out);
    ListCoder.of(piece()).encode(value.pieces(), out);
    ListCoder.of(COUNTS).encode(value.rejected(), out);
    ListCoder.of(DIFFERENCE).encode(value.rejectedRows(), out);
  }

  @Override
  public ChunkSummary<T> decode(InputStream in) throws IOException {
    int table = VarInt.decodeInt(in);
    long chunk = VarInt.decodeLong(in);
    long rows = VarInt.decodeLong(in);
    long filtered = VarInt.decodeLong(in);
    List<KV<DigestKey, T>> pieces = ListCoder.of(piece()).decode(in);
    List<KV<TableKey, RowCounts>> rejected = ListCoder.of(COUNTS).decode(in);
    return new ChunkSummary<>(
        table, chunk, rows, filtered, pieces, rejected, ListCoder.of(DIFFERENCE).decode(in));
  }
}
