package dev.landfall.validation.match;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.value.Rows;
import dev.landfall.validation.result.Difference;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.util.VarInt;
import org.jspecify.annotations.Nullable;

/**
 * The first differences of a piece, packed: a tenth of what they would take as objects, since most
 * of them may be dropped again.
 */
final class PieceDifferences {
  private final long piece;
  private final int count;

  /** Each as kind, copies, the key's values, and the positions of changed columns. */
  private final byte[] packed;

  PieceDifferences(long piece, int count, byte[] packed) {
    this.piece = piece;
    this.count = count;
    this.packed = packed;
  }

  /** Number of the piece. */
  long piece() {
    return piece;
  }

  /** How many differences. */
  int count() {
    return count;
  }

  /** The differences, for the coder. */
  byte[] packed() {
    return packed;
  }

  /** Makes objects of the first of them. */
  List<Difference> unpack(TableMapping mapping, int target, int limit) {
    TargetTable table = mapping.targets().get(target);
    List<String> columns = table.columns().stream().map(ColumnMapping::name).toList();
    List<String> named = table.key().isEmpty() ? columns : table.key();
    List<Difference> differences = new ArrayList<>();
    InputStream in = new ByteArrayInputStream(packed);
    try {
      for (int i = 0; i < Math.min(count, limit); i++) {
        Difference.Kind kind = kind(in.read());
        long copies = VarInt.decodeLong(in);
        Map<String, @Nullable String> key = new LinkedHashMap<>();
        for (String column : named) {
          int length = VarInt.decodeInt(in) - 1;
          key.put(
              column,
              length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }
        List<String> changed = new ArrayList<>();
        for (int left = VarInt.decodeInt(in); left > 0; left--) {
          changed.add(columns.get(VarInt.decodeInt(in)));
        }
        differences.add(
            new Difference(mapping.source().name(), table.name(), key, kind, changed, copies));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("packed differences of " + table.name(), e);
    }
    return differences;
  }

  private static int code(Difference.Kind kind) {
    return switch (kind) {
      case MISSING -> 'm';
      case EXTRA -> 'e';
      case CHANGED -> 'c';
    };
  }

  private static Difference.Kind kind(int code) {
    return switch (code) {
      case 'm' -> Difference.Kind.MISSING;
      case 'e' -> Difference.Kind.EXTRA;
      case 'c' -> Difference.Kind.CHANGED;
      default -> throw new IllegalStateException("kind of difference " + code);
    };
  }

  /** Packs differences up to a limit. Not thread-safe. */
  static final class Builder {
    private final long piece;
    private final int limit;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int count;

    Builder(long piece, int limit) {
      this.piece = piece;
      this.limit = limit;
    }

    /** How many more are kept. */
    int room() {
      return limit - count;
    }

    /** Adds one, unless there are enough. */
    void add(Difference.Kind kind, Rows keys, int row, int[] columns, long copies) {
      if (count == limit) {
        return;
      }
      count++;
      try {
        out.write(code(kind));
        VarInt.encode(copies, out);
        for (int column = 0; column < keys.columns(); column++) {
          int start = keys.start(row, column);
          int length = keys.end(row, column) - start;
          VarInt.encode(keys.isNull(row, column) ? 0 : length + 1, out);
          out.write(keys.bytes(), start, length);
        }
        VarInt.encode(columns.length, out);
        for (int column : columns) {
          VarInt.encode(column, out);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    PieceDifferences build() {
      return new PieceDifferences(piece, count, out.toByteArray());
    }
  }
}
