package dev.landfall.pipelines.selftest;

import dev.landfall.transforms.model.TargetType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults that a column's type can express. */
final class Faults {
  /** Texts without a length of their own end at a gigabyte. */
  private static final int ANY_LENGTH = Integer.MAX_VALUE;

  private static final int MICROSECONDS = 6;

  private Faults() {}

  /**
   * All faults of single values of a column.
   *
   * @param another a value that some row has, null for none
   */
  static List<Fault> of(ScratchColumn column, @Nullable String another) {
    List<Fault> faults = new ArrayList<>(ofType(column));
    if (column.nullable()) {
      faults.add(Fault.toNull("NULL for a value", text -> true));
      String value = another == null ? neutral(column) : another;
      if (value != null) {
        faults.add(Fault.fromNull("a value for NULL", value));
      }
      if (column.kind() == TargetType.Kind.TEXT) {
        faults.add(Fault.fromNull("empty for NULL", ""));
      }
    }
    return faults;
  }

  private static List<Fault> ofType(ScratchColumn column) {
    return switch (column.kind()) {
      case BOOLEAN -> List.of(Fault.of("flipped", text -> text.startsWith("t") ? "false" : "true"));
      case SMALLINT -> NumberFaults.integers(Short.SIZE);
      case INTEGER -> NumberFaults.integers(Integer.SIZE);
      case BIGINT -> NumberFaults.integers(Long.SIZE);
      case NUMERIC -> NumberFaults.decimals();
      case REAL -> NumberFaults.reals();
      case DOUBLE -> NumberFaults.doubles();
      case TEXT -> TextFaults.texts(column.modifier(ANY_LENGTH));
      case BYTEA -> TextFaults.bytes();
      case DATE -> TimeFaults.dates();
      case TIME, TIMESTAMP, TIMESTAMPTZ -> TimeFaults.times(column.modifier(MICROSECONDS));
      case INTERVAL -> TimeFaults.spans(column.modifier(MICROSECONDS));
      case JSON, JSONB -> DocumentFaults.json();
      case BIT -> List.of(Fault.of("one bit", TextFaults::lastBit));
      case UUID -> List.of(Fault.of("one bit", TextFaults::lastHexDigit));
      case TEXT_ARRAY -> DocumentFaults.arrays();
      case OTHER -> other(column);
    };
  }

  private static List<Fault> other(ScratchColumn column) {
    if (column.labels().size() > 1) {
      return List.of(
          Fault.of(
              "another label",
              text -> {
                int next = (column.labels().indexOf(text) + 1) % column.labels().size();
                return column.labels().get(next);
              }));
    }
    String name = column.type().substring(column.type().lastIndexOf('.') + 1);
    if (name.equals("inet")) {
      return DocumentFaults.addresses();
    }
    if (name.equals("real[]") || name.startsWith("vector")) {
      return DocumentFaults.floats();
    }
    return List.of();
  }

  /** A value of the type, for the place of NULL; null where none is known. */
  private static @Nullable String neutral(ScratchColumn column) {
    return switch (column.kind()) {
      case BOOLEAN -> "false";
      case SMALLINT, INTEGER, BIGINT, NUMERIC, REAL, DOUBLE -> "0";
      case TEXT -> "";
      case BYTEA -> "\\x";
      case DATE -> "1970-01-01";
      case TIME, INTERVAL -> "00:00:00";
      case TIMESTAMP -> "1970-01-01 00:00:00";
      case TIMESTAMPTZ -> "1970-01-01 00:00:00+00";
      case JSON, JSONB -> "null";
      case BIT -> "0".repeat(column.modifier(1));
      case UUID -> "00000000-0000-0000-0000-000000000000";
      case TEXT_ARRAY -> "{}";
      case OTHER -> column.labels().isEmpty() ? null : column.labels().get(0);
    };
  }
}
