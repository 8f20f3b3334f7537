package dev.landfall.transforms.load;

import dev.landfall.transforms.value.FloatText;
import dev.landfall.transforms.value.HexDigits;
import dev.landfall.transforms.value.RegularDateTime;
import dev.landfall.transforms.value.ValueBuffer;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/**
 * The binary forms of PostgreSQL's types (the {@code …recv} functions of its source, {@code
 * src/backend/utils/adt}), for the usual form of a value only. Whatever else is a value, or none,
 * PostgreSQL has to say of the text.
 */
final class BinaryValues {
  /** From 1970-01-01 to 2000-01-01, where PostgreSQL's time begins. */
  private static final long EPOCH_DAYS = 10_957;

  /** The same in microseconds. */
  private static final long EPOCH_MICROS = EPOCH_DAYS * 86_400_000_000L;

  /** The only version of jsonb's binary form that there is. */
  private static final int JSONB_VERSION = 1;

  /** What every text of a long has at most, sign included. */
  private static final int LONG_DIGITS = 20;

  /** Stands for a text that is no integer, and for itself. */
  private static final long NO_INTEGER = Long.MIN_VALUE;

  private BinaryValues() {}

  /** For a type by its number in {@code pg_type}; null for types that are not known. */
  static @Nullable BinaryValue of(int type) {
    return switch (type) {
      case Oid.BOOL -> BinaryValues::bool;
      case Oid.INT2 -> BinaryValues::int2;
      case Oid.INT4 -> BinaryValues::int4;
      case Oid.INT8 -> BinaryValues::int8;
      case Oid.NUMERIC -> BinaryNumeric::append;
      case Oid.FLOAT4 -> BinaryValues::float4;
      case Oid.FLOAT8 -> BinaryValues::float8;
      case Oid.TEXT, Oid.VARCHAR, Oid.BPCHAR, Oid.JSON -> BinaryValues::verbatim;
      case Oid.JSONB -> BinaryValues::jsonb;
      case Oid.BYTEA -> BinaryValues::bytea;
      case Oid.UUID -> BinaryValues::uuid;
      case Oid.DATE -> BinaryValues::date;
      case Oid.TIME -> BinaryValues::time;
      case Oid.TIMESTAMP, Oid.TIMESTAMPTZ -> BinaryValues::timestamp;
      default -> null;
    };
  }

  private static boolean bool(byte[] text, int start, int end, ValueBuffer out) {
    if (end - start != 1) {
      return false;
    }
    byte letter = text[start];
    boolean isTrue = letter == '1' || letter == 't';
    if (!isTrue && letter != '0' && letter != 'f') {
      return false;
    }
    out.putInt(1);
    out.put(isTrue ? 1 : 0);
    return true;
  }

  private static boolean int2(byte[] text, int start, int end, ValueBuffer out) {
    long value = integer(text, start, end);
    if (value != (short) value) {
      return false;
    }
    out.putInt(Short.BYTES);
    out.putShort((int) value);
    return true;
  }

  private static boolean int4(byte[] text, int start, int end, ValueBuffer out) {
    long value = integer(text, start, end);
    if (value != (int) value) {
      return false;
    }
    out.putInt(Integer.BYTES);
    out.putInt((int) value);
    return true;
  }

  private static boolean int8(byte[] text, int start, int end, ValueBuffer out) {
    long value = integer(text, start, end);
    if (value == NO_INTEGER) {
      return false;
    }
    out.putInt(Long.BYTES);
    out.putLong(value);
    return true;
  }

  private static long integer(byte[] text, int start, int end) {
    boolean negative = start < end && text[start] == '-';
    int first = negative ? start + 1 : start;
    if (first == end || end - start > LONG_DIGITS) {
      return NO_INTEGER;
    }
    long value = 0;
    for (int i = first; i < end; i++) {
      int digit = text[i] - '0';
      // With one digit more it might be out of the range.
      if (digit < 0 || digit > 9 || value > Long.MAX_VALUE / 10 - 1) {
        return NO_INTEGER;
      }
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }

  private static boolean float4(byte[] text, int start, int end, ValueBuffer out) {
    float value = FloatText.floatOf(text, start, end);
    if (Float.isNaN(value)) {
      return false;
    }
    out.putInt(Float.BYTES);
    out.putInt(Float.floatToRawIntBits(value));
    return true;
  }

  private static boolean float8(byte[] text, int start, int end, ValueBuffer out) {
    double value = FloatText.doubleOf(text, start, end);
    if (Double.isNaN(value)) {
      return false;
    }
    out.putInt(Double.BYTES);
    out.putLong(Double.doubleToRawLongBits(value));
    return true;
  }

  private static boolean verbatim(byte[] text, int start, int end, ValueBuffer out) {
    out.putInt(end - start);
    out.put(text, start, end);
    return true;
  }

  private static boolean jsonb(byte[] text, int start, int end, ValueBuffer out) {
    out.putInt(end - start + 1);
    out.put(JSONB_VERSION);
    out.put(text, start, end);
    return true;
  }

  private static boolean bytea(byte[] text, int start, int end, ValueBuffer out) {
    int count = (end - start) / 2 - 1;
    if (count < 0 || (end - start) % 2 != 0 || text[start] != '\\' || text[start + 1] != 'x') {
      return false;
    }
    out.putInt(count);
    return hex(text, start + 2, end, out);
  }

  private static boolean hex(byte[] text, int start, int end, ValueBuffer out) {
    out.room((end - start) / 2);
    int wrong = 0;
    for (int i = start; i < end; i += 2) {
      int value = HexDigits.value(text[i]) << 4 | HexDigits.value(text[i + 1]);
      wrong |= value;
      out.put(value);
    }
    return wrong >= 0;
  }

  /** 550e8400-e29b-41d4-a716-446655440000. */
  private static boolean uuid(byte[] text, int start, int end, ValueBuffer out) {
    if (end - start != 36
        || text[start + 8] != '-'
        || text[start + 13] != '-'
        || text[start + 18] != '-'
        || text[start + 23] != '-') {
      return false;
    }
    out.putInt(16);
    return hex(text, start, start + 8, out)
        && hex(text, start + 9, start + 13, out)
        && hex(text, start + 14, start + 18, out)
        && hex(text, start + 19, start + 23, out)
        && hex(text, start + 24, end, out);
  }

  private static boolean date(byte[] text, int start, int end, ValueBuffer out) {
    if (end - start != RegularDateTime.DATE_LENGTH) {
      return false;
    }
    long days = RegularDateTime.days(text, start);
    if (days == RegularDateTime.IRREGULAR) {
      return false;
    }
    out.putInt(Integer.BYTES);
    out.putInt((int) (days - EPOCH_DAYS));
    return true;
  }

  private static boolean time(byte[] text, int start, int end, ValueBuffer out) {
    long micros = RegularDateTime.timeMicros(text, start, end);
    if (micros == RegularDateTime.IRREGULAR) {
      return false;
    }
    out.putInt(Long.BYTES);
    out.putLong(micros);
    return true;
  }

  /** Both kinds: a text without a zone is in UTC, as the session is. */
  private static boolean timestamp(byte[] text, int start, int end, ValueBuffer out) {
    long micros = RegularDateTime.micros(text, start, end);
    if (micros == RegularDateTime.IRREGULAR) {
      return false;
    }
    out.putInt(Long.BYTES);
    out.putLong(micros - EPOCH_MICROS);
    return true;
  }
}
