package dev.landfall.transforms.types;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How values of key columns travel as texts: numbers as digits, bytes as hexadecimal, all else as
 * the source prints it. Which types can be cut at all is decided here too.
 */
public enum KeyText {
  /** Whole numbers. */
  INTEGER,
  /** Exact numbers with a scale. */
  DECIMAL,
  /** Dates and times, ordered as their texts are read. */
  TEMPORAL,
  /** Times of more than a day, and below zero. */
  DURATION,
  /** Bits, as the number that they are. */
  BITS,
  /** Characters, or what prints the text that it is compared with; in the column's order. */
  TEXT,
  /** Bytes. */
  BINARY,
  /**
   * Types whose order is not that of what they print (enum, set), or whose text is not exact
   * (float, double): not used to cut a table.
   */
  UNUSABLE;

  /** The day that a text begins with; empty for a zero or partial date, or one that is none. */
  public static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text.substring(0, Math.min(text.length(), DAY_LENGTH))));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static final int DAY_LENGTH = "2024-02-29".length();

  /** The value to bind for a text. */
  public Object parameter(String text) {
    return switch (this) {
      case INTEGER, DECIMAL, BITS -> new BigDecimal(text);
      case TEMPORAL, DURATION, TEXT -> text;
      case BINARY -> HexFormat.of().parseHex(text);
      case UNUSABLE -> throw new IllegalArgumentException("no key text for " + text);
    };
  }

  /** The expression that selects a column as such a text. */
  public String select(String quotedColumn) {
    return switch (this) {
      case BINARY -> "HEX(" + quotedColumn + ")";
      case BITS -> quotedColumn + " + 0";
      default -> quotedColumn;
    };
  }
}
