package dev.landfall.transforms.types;

import dev.landfall.transforms.value.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The way back from a value of a target's key column to what to look for in the source's column.
 * There is one only where every value of the source that becomes a given target value is found: a
 * text that is read as a number is none, since {@code 7} may be written {@code 007} there. What is
 * looked for may also be a value of the source's own ({@link MySqlType#itself}).
 */
public enum KeyInverse {
  /** Numbers, exact. */
  NUMBER,
  /** A number that is true unless it is 0. */
  TRUTH,
  /** A double. */
  DOUBLE,
  /** Characters; the source's collation may find others that are only alike. */
  TEXT,
  /** Dates and times, without the zone that the target prints. */
  TEMPORAL,
  /** Bytes as {@code \x…}. */
  BYTES,
  /** Bits as digits. */
  BITS,
  /** One bit as {@code t} or {@code f}. */
  BIT;

  private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

  /** What MySQL takes without a question; no zero date is among what a target can have. */
  private static final Pattern MOMENT =
      Pattern.compile(
          "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])( \\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?)?");

  private static final Pattern DURATION = Pattern.compile("-?\\d{2,3}:\\d\\d:\\d\\d(\\.\\d{1,6})?");

  static Optional<KeyInverse> ofWhole(PgType target) {
    if (target instanceof PgBoolean) {
      return Optional.of(TRUTH);
    }
    return target instanceof PgInteger || target instanceof PgNumeric
        ? Optional.of(NUMBER)
        : Optional.empty();
  }

  static Optional<KeyInverse> ofMoment(PgType target) {
    return target instanceof PgDate || target instanceof PgTimestamp
        ? Optional.of(TEMPORAL)
        : Optional.empty();
  }

  /** A text that stays the same, byte for byte; blanks that pad a char(n) do not stay. */
  static Optional<KeyInverse> ofText(Declaration source, PgType target, Conversion conversion) {
    boolean same =
        conversion.equals(Conversion.ENUM)
            || (target instanceof PgText
                && !(target instanceof PgChar)
                && !conversion.equals(Conversion.BYTEA));
    return same && SourceText.isOneToOne(source.characterSet())
        ? Optional.of(TEXT)
        : Optional.empty();
  }

  /**
   * The text of a source's value, as {@link KeyText} says; empty when no value of the source
   * becomes that target's text.
   */
  public Optional<String> source(String text) {
    return switch (this) {
      case NUMBER, DOUBLE -> isNumber(text) ? Optional.of(text) : Optional.empty();
      case TRUTH, BIT -> truth(text);
      case TEXT -> Optional.of(text);
      case TEMPORAL -> temporal(text);
      case BYTES ->
          text.matches("\\\\x([0-9a-fA-F]{2})*")
              ? Optional.of(text.substring(2))
              : Optional.empty();
      case BITS ->
          text.matches("[01]{1,64}")
              ? Optional.of(new BigInteger(text, 2).toString())
              : Optional.empty();
    };
  }

  /** The value to bind for a source's text. */
  public Object parameter(String text) {
    return switch (this) {
      case NUMBER, BITS -> new BigDecimal(text);
      case TRUTH, BIT -> new BigDecimal(text).signum() == 0 ? 0L : 1L;
      case DOUBLE -> new BigDecimal(text).toString();
      case TEXT, TEMPORAL -> text;
      case BYTES -> HexFormat.of().parseHex(text);
    };
  }

  /**
   * The value to bind for one of the column's own, of a kind that is some type's {@link
   * MySqlType#itself}.
   *
   * @param read as it was read
   * @return empty where no comparison of the column finds it, as with a day that does not exist
   */
  public Optional<Object> itself(byte[] read) {
    return switch (this) {
      case NUMBER, DOUBLE, TEMPORAL ->
          source(new String(read, StandardCharsets.ISO_8859_1)).map(this::parameter);
      case TEXT ->
          Utf8.firstBad(read, 0, read.length) < 0
              ? Optional.of(new String(read, StandardCharsets.UTF_8))
              : Optional.empty();
      case BYTES -> Optional.of(read);
      case BITS -> Optional.of(new BigDecimal(new BigInteger(1, read)));
      case TRUTH, BIT -> throw new IllegalStateException(this + " is no type's own");
    };
  }

  /** The value as it was read, of what a reject shows of it: bytes that are no text as digits. */
  public byte[] read(String shown) {
    return switch (this) {
      case NUMBER, TRUTH, DOUBLE, TEXT, TEMPORAL -> shown.getBytes(StandardCharsets.UTF_8);
      case BYTES, BITS, BIT ->
          shown.matches("\\\\x([0-9a-f]{2})+")
              ? HexFormat.of().parseHex(shown.substring(2))
              : shown.getBytes(StandardCharsets.UTF_8);
    };
  }

  /** The condition on a quoted column, with one parameter. */
  public String condition(String column) {
    return switch (this) {
      case NUMBER, TEXT, TEMPORAL, BYTES, BITS -> column + " = ?";
      case DOUBLE -> column + " = ? + 0e0";
      case TRUTH, BIT -> "(" + column + " <> 0) = ?";
    };
  }

  private static boolean isNumber(String text) {
    return DECIMAL.matcher(text).matches() && text.length() <= 400;
  }

  private static Optional<String> truth(String text) {
    return switch (text) {
      case "t", "true" -> Optional.of("1");
      case "f", "false" -> Optional.of("0");
      default -> isNumber(text) ? Optional.of(text) : Optional.empty();
    };
  }

  private static Optional<String> temporal(String text) {
    String local = text.endsWith("+00") ? text.substring(0, text.length() - 3) : text;
    // A day that does not exist is refused by some servers and found by none.
    return (MOMENT.matcher(local).matches() && KeyText.day(local).isPresent())
            || DURATION.matcher(local).matches()
        ? Optional.of(local)
        : Optional.empty();
  }
}
