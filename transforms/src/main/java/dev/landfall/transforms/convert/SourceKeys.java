package dev.landfall.transforms.convert;

import dev.landfall.transforms.compute.KeyNames;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.types.MySqlBinary;
import dev.landfall.transforms.types.MySqlBit;
import dev.landfall.transforms.value.Rows;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Writes the keys of a source table's rows as texts: what the source prints, bytes in hexadecimal.
 */
public final class SourceKeys {
  private final int[] positions;
  private final boolean[] bytes;
  private final @Nullable String[] texts;

  /** Of that table, which must have a key. */
  public SourceKeys(TableMapping mapping) {
    this.positions = mapping.keyPositions();
    this.texts = new @Nullable String[positions.length];
    this.bytes = new boolean[positions.length];
    for (int i = 0; i < positions.length; i++) {
      var type = mapping.read().get(positions[i]).type();
      bytes[i] = type instanceof MySqlBinary || type instanceof MySqlBit;
    }
  }

  /** Where the key's columns are among those that are read. */
  public int[] positions() {
    return positions.clone();
  }

  /** The key of a row as it was read. */
  public String of(Rows rows, int row) {
    for (int i = 0; i < positions.length; i++) {
      byte[] value = bytes[i] ? rows.value(row, positions[i]) : null;
      texts[i] = value == null ? rows.text(row, positions[i]) : HexFormat.of().formatHex(value);
    }
    return String.valueOf(KeyNames.of(texts));
  }
}
