package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Conversion;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TargetType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The way back from a value of a target's key column to what to look for in the source's column.
 * There is one only where every value of the source that becomes a given target value is found: a
 * text that is read as a number is none, since {@code 7} may be written {@code 007} there.
 */
enum KeyInverse {
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

  /** The way back for a column that is read from that one, if there is one. */
  static Optional<KeyInverse> of(ColumnMapping column, SourceColumn source) {
    if (column.nullDefault() != null || !column.rules().policies().isEmpty()) {
      return Optional.empty();
    }
    TargetType.Kind kind = column.type().kind();
    return Optional.ofNullable(
        switch (source.dataType()) {
          case "tinyint", "smallint", "mediumint", "int", "integer", "bigint", "year" ->
              kind == TargetType.Kind.BOOLEAN ? TRUTH : isNumber(kind) ? NUMBER : null;
          case "decimal", "numeric" -> isNumber(kind) ? NUMBER : null;
          case "double" -> kind == TargetType.Kind.DOUBLE ? DOUBLE : null;
          case "char", "varchar", "enum", "tinytext", "text", "mediumtext", "longtext" ->
              isText(column) && SourceText.isOneToOne(source) ? TEXT : null;
          case "date", "datetime", "timestamp" -> isMoment(kind) ? TEMPORAL : null;
          case "time" ->
              kind == TargetType.Kind.TIME || kind == TargetType.Kind.INTERVAL ? TEMPORAL : null;
          case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
              column.conversion() == Conversion.BYTEA ? BYTES : null;
          case "bit" ->
              switch (column.conversion()) {
                case BIT -> BITS;
                case BIT_BOOLEAN -> BIT;
                default -> null;
              };
          case "uuid" -> TEXT;
          default -> null;
        });
  }

  private static boolean isNumber(TargetType.Kind kind) {
    return switch (kind) {
      case SMALLINT, INTEGER, BIGINT, NUMERIC -> true;
      default -> false;
    };
  }

  private static boolean isMoment(TargetType.Kind kind) {
    return switch (kind) {
      case DATE, TIMESTAMP, TIMESTAMPTZ -> true;
      default -> false;
    };
  }

  /** A text that stays the same, byte for byte; blanks that pad a char(n) do not stay. */
  private static boolean isText(ColumnMapping column) {
    String ddl = column.type().ddl();
    return column.conversion() == Conversion.ENUM
        || (column.type().kind() == TargetType.Kind.TEXT
            && column.conversion() != Conversion.BYTEA
            && !ddl.startsWith("char(")
            && !ddl.startsWith("character("));
  }

  /** The value to bind for a target's text; empty when no value of the source becomes that. */
  Optional<Object> parameter(String text) {
    return switch (this) {
      case NUMBER -> number(text);
      case TRUTH, BIT -> truth(text);
      case DOUBLE -> number(text).map(n -> n.toString());
      case TEXT -> Optional.of(text);
      case TEMPORAL -> temporal(text);
      case BYTES -> bytes(text);
      case BITS ->
          text.matches("[01]{1,64}")
              ? Optional.of(new BigDecimal(new BigInteger(text, 2)))
              : Optional.empty();
    };
  }

  /** The condition on a quoted column, with one parameter. */
  String condition(String column) {
    return switch (this) {
      case NUMBER, TEXT, TEMPORAL, BYTES, BITS -> column + " = ?";
      case DOUBLE -> column + " = ? + 0e0";
      case TRUTH, BIT -> "(" + column + " <> 0) = ?";
    };
  }

  private static Optional<Object> number(String text) {
    return DECIMAL.matcher(text).matches() && text.length() <= 400
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  private static Optional<Object> truth(String text) {
    return switch (text) {
      case "t", "true" -> Optional.of(1L);
      case "f", "false" -> Optional.of(0L);
      default -> number(text).map(n -> ((BigDecimal) n).signum() == 0 ? 0L : 1L);
    };
  }

  private static Optional<Object> temporal(String text) {
    String local = text.endsWith("+00") ? text.substring(0, text.length() - 3) : text;
    // A day that does not exist is refused by some servers and found by none.
    return (MOMENT.matcher(local).matches() && KeyText.day(local).isPresent())
            || DURATION.matcher(local).matches()
        ? Optional.of(local)
        : Optional.empty();
  }

  private static Optional<Object> bytes(String text) {
    return text.startsWith("\\x") ? hex(text.substring(2)) : Optional.empty();
  }

  private static Optional<Object> hex(String digits) {
    return digits.matches("([0-9a-fA-F]{2})*")
        ? Optional.of(HexFormat.of().parseHex(digits))
        : Optional.empty();
  }
}
