package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.value.Rows;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes rejects from rows as they were read. */
public final class Rejects {
  /** A reject is to be read by a person; the row itself is still in the source. */
  private static final int LONGEST = 64 * 1024;

  private Rejects() {}

  /**
   * The reject of a row with a value that a rule refuses.
   *
   * @param rows the rows as read
   * @param column the column with the value
   */
  static Reject odd(
      TableMapping mapping,
      TargetTable target,
      Rows rows,
      int row,
      ColumnMapping column,
      OddValue odd) {
    ValueSource.Column read = (ValueSource.Column) column.source();
    SourceColumn source = mapping.read().get(read.position());
    boolean key = target.key().contains(column.name());
    byte[] value = Objects.requireNonNull(rows.value(row, read.position()));
    return of(mapping, rows, row, column, OddReason.of(odd, column, source, key, value));
  }

  /** The source's key columns and their texts; the whole row where the table has no key. */
  public static Map<String, @Nullable String> key(TableMapping mapping, Rows rows, int row) {
    int[] key = mapping.keyPositions();
    Map<String, @Nullable String> texts = new LinkedHashMap<>();
    for (int position : key.length == 0 ? allPositions(mapping) : key) {
      texts.put(mapping.read().get(position).name(), text(mapping, rows, row, position));
    }
    return texts;
  }

  /**
   * The reject of a row.
   *
   * @param rows the rows as read
   * @param column the target column at fault, null when it is not known
   */
  public static Reject of(
      TableMapping mapping, Rows rows, int row, @Nullable ColumnMapping column, String reason) {
    Map<String, @Nullable String> keyTexts = key(mapping, rows, row);
    List<Integer> made = column == null ? List.of() : column.source().positions();
    if (made.size() == 1) {
      String name = mapping.read().get(made.get(0)).name();
      return new Reject(keyTexts, name, reason, shown(mapping, rows, row, made.get(0)));
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < mapping.read().size(); i++) {
      values.add(mapping.read().get(i).name() + "=" + shown(mapping, rows, row, i));
    }
    String what =
        column == null || column.source() instanceof ValueSource.Constant
            ? reason
            : "the target's column " + column.name() + ": " + reason;
    return new Reject(keyTexts, null, what, shortened(String.join(", ", values)));
  }

  private static int[] allPositions(TableMapping mapping) {
    return java.util.stream.IntStream.range(0, mapping.read().size()).toArray();
  }

  /** The value, unless the target is not to show it either. */
  private static @Nullable String shown(TableMapping mapping, Rows rows, int row, int position) {
    return mapping.hides(position) ? "***" : text(mapping, rows, row, position);
  }

  /**
   * The value at a position of {@link TableMapping#read()} as people are shown it, null for NULL: a
   * text, else its bytes in hexadecimal digits; cut where it is long.
   */
  public static @Nullable String text(TableMapping mapping, Rows rows, int row, int position) {
    byte[] value = rows.value(row, position);
    return value == null ? null : printable(OddReason.stored(mapping, position, value));
  }

  /** The text where it is one that PostgreSQL can store, else its bytes in hexadecimal. */
  private static String printable(byte[] value) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
      if (text.indexOf('\0') < 0) {
        return shortened(text);
      }
    } catch (CharacterCodingException e) {
      // Not a text: shown as bytes below.
    }
    return shortened("\\x" + HexFormat.of().formatHex(value));
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    // Half a character is none.
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "… (" + text.length() + " characters)";
  }
}
