package dev.landfall.transforms.expr;

import dev.landfall.transforms.types.PgBoolean;
import dev.landfall.transforms.types.PgBytea;
import dev.landfall.transforms.types.PgDate;
import dev.landfall.transforms.types.PgFloat;
import dev.landfall.transforms.types.PgInteger;
import dev.landfall.transforms.types.PgNumeric;
import dev.landfall.transforms.types.PgTextArray;
import dev.landfall.transforms.types.PgTimestamp;
import dev.landfall.transforms.types.PgType;
import org.jspecify.annotations.Nullable;

/**
 * What the values of an expression are, and of which class they are while it is evaluated.
 *
 * @param element what a list's elements are; null for what is no list
 */
record Type(Kind kind, @Nullable Type element) {
  /** The kinds of values. */
  enum Kind {
    /** {@link Boolean}. */
    BOOL("a boolean", "boolean"),
    /** {@link Long}. */
    INT("an integer", "bigint"),
    /** {@link java.math.BigDecimal}. */
    DECIMAL("a decimal", "numeric"),
    /** {@link Double}. */
    DOUBLE("a double", "double precision"),
    /** {@link String}. */
    STRING("a text", "text"),
    /** {@code byte[]}, never changed. */
    BYTES("bytes", "bytea"),
    /** {@link java.time.LocalDate}. */
    DATE("a date", "date"),
    /** {@link java.time.LocalDateTime}. */
    TIMESTAMP("a timestamp", "timestamp"),
    /** {@link java.time.LocalDateTime} in UTC. */
    INSTANT("a timestamptz", "timestamptz"),
    /** {@link java.util.List}, never changed. */
    LIST("a list", "text[]"),
    /** Nothing but NULL. */
    NULL("NULL", "text");

    private final String words;
    private final String pg;

    Kind(String words, String pg) {
      this.words = words;
      this.pg = pg;
    }
  }

  static final Type BOOL = new Type(Kind.BOOL, null);
  static final Type INT = new Type(Kind.INT, null);
  static final Type DECIMAL = new Type(Kind.DECIMAL, null);
  static final Type DOUBLE = new Type(Kind.DOUBLE, null);
  static final Type STRING = new Type(Kind.STRING, null);
  static final Type BYTES = new Type(Kind.BYTES, null);
  static final Type DATE = new Type(Kind.DATE, null);
  static final Type TIMESTAMP = new Type(Kind.TIMESTAMP, null);
  static final Type INSTANT = new Type(Kind.INSTANT, null);
  static final Type NULL = new Type(Kind.NULL, null);
  static final Type STRINGS = list(STRING);

  static Type list(Type element) {
    return new Type(Kind.LIST, element);
  }

  /** What the values of a column are. */
  static Type of(PgType type) {
    if (type instanceof PgTimestamp timestamp) {
      return timestamp.zoned() ? INSTANT : TIMESTAMP;
    }
    return type instanceof PgBoolean
        ? BOOL
        : type instanceof PgInteger
            ? INT
            : type instanceof PgNumeric
                ? DECIMAL
                : type instanceof PgFloat
                    ? DOUBLE
                    : type instanceof PgBytea
                        ? BYTES
                        : type instanceof PgDate
                            ? DATE
                            : type instanceof PgTextArray ? STRINGS : STRING;
  }

  /** The type of a column that such values are moved to; null when there is none. */
  @Nullable PgType pg() {
    return kind == Kind.NULL || (kind == Kind.LIST && !equals(STRINGS))
        ? null
        : PgType.parse(kind.pg);
  }

  /** With its article. */
  String words() {
    return element == null || element.equals(NULL)
        ? kind.words
        : "a list, each " + element.words() + ",";
  }
}
