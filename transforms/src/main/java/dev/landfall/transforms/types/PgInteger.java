package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.fault.NumberFaults;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.types.form.IntegerForm;
import dev.landfall.transforms.value.ValueBuffer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/** smallint, integer and bigint (PostgreSQL manual 8.1.1). */
public final class PgInteger extends PgType {
  static final List<PgTypes.Name> NAMES =
      List.of(
          PgTypes.Name.of("smallint", text -> new PgInteger(text, Short.SIZE))
              .or("int2")
              .binary(Oid.INT2, PgInteger::int2),
          PgTypes.Name.of("integer", text -> new PgInteger(text, Integer.SIZE))
              .or("int", "int4")
              .binary(Oid.INT4, PgInteger::int4),
          PgTypes.Name.of("bigint", text -> new PgInteger(text, Long.SIZE))
              .or("int8")
              .binary(Oid.INT8, PgInteger::int8));

  private static final long serialVersionUID = 1L;

  /** What every text of a long has at most, sign included. */
  private static final int LONG_DIGITS = 20;

  /** Stands for a text that is no integer, and for itself. */
  private static final long NO_INTEGER = Long.MIN_VALUE;

  private final int bits;

  private PgInteger(TypeText text, int bits) {
    super(text);
    this.bits = bits;
  }

  /** With the sign. */
  public int bits() {
    return bits;
  }

  /** How many decimal digits it holds, whichever they are. */
  int digits() {
    return switch (bits) {
      case Short.SIZE -> 4;
      case Integer.SIZE -> 9;
      default -> 18;
    };
  }

  @Override
  public @Nullable String fitting(String text, boolean approximate) {
    BigDecimal number = new BigDecimal(text);
    if (number.stripTrailingZeros().scale() > 0
        || number.precision() - number.scale() > LONG_DIGITS) {
      return null;
    }
    // PostgreSQL's integers have no exponent and no fraction of zeros.
    BigInteger whole = number.toBigIntegerExact();
    return whole.bitLength() < bits ? whole.toString() : null;
  }

  @Override
  public String textForm(String value) {
    BigInteger number = new BigInteger(value);
    if (number.bitLength() >= bits) {
      throw new NumberFormatException();
    }
    return number.toString();
  }

  @Override
  public @Nullable String defaultOf(MySqlType source, String value, boolean mariadb) {
    return PgNumeric.defaultOf(value);
  }

  @Override
  public long identityLimit() {
    return -1L >>> (Long.SIZE - bits + 1);
  }

  @Override
  public boolean plain() {
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

  @Override
  public CanonicalForm canonical() {
    return new IntegerForm();
  }

  @Override
  public String canonicalWords() {
    return "the number";
  }

  /** A bound may be beyond the column's own type; bigint's index operators know them all. */
  @Override
  public String keyCast() {
    return "bigint";
  }

  @Override
  public String bound(String text) {
    return "'" + new BigDecimal(text).longValueExact() + "'";
  }

  @Override
  public boolean knows(String bound) {
    return new BigInteger(bound).bitLength() < Long.SIZE;
  }

  /** An integer is cast to what it refers to, a numeric too. */
  @Override
  public boolean comparable(PgType referenced) {
    return referenced instanceof PgInteger || referenced instanceof PgNumeric;
  }

  @Override
  public String parkingValue() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return String.valueOf(-random.nextLong(1, identityLimit()));
  }

  @Override
  public List<Fault> faults(List<String> labels) {
    return NumberFaults.integers(bits);
  }

  @Override
  public String neutral(List<String> labels) {
    return "0";
  }
}
