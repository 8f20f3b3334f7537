package dev.landfall.transforms.translate;

import java.math.BigInteger;
import java.util.List;

/** What is known of an expression's values on both sides. */
sealed interface ValueType {
  /** For a person. */
  String words();

  /** MySQL's number 0 or 1 that is PostgreSQL's boolean. */
  record Bool() implements ValueType {
    @Override
    public String words() {
      return "a condition";
    }
  }

  /**
   * A whole number between bounds that are certain.
   *
   * @param unsigned whether MySQL computes with it as {@code bigint unsigned}
   * @param width PostgreSQL's type
   * @param year whether it is a column of the type {@code year}, which compares in its own way
   */
  record Whole(BigInteger min, BigInteger max, boolean unsigned, Width width, boolean year)
      implements ValueType {
    static final BigInteger LOWEST = BigInteger.valueOf(Long.MIN_VALUE);
    static final BigInteger HIGHEST = BigInteger.valueOf(Long.MAX_VALUE);
    static final BigInteger HIGHEST_UNSIGNED =
        BigInteger.TWO.pow(Long.SIZE).subtract(BigInteger.ONE);

    /** PostgreSQL's types of whole numbers. */
    enum Width {
      SMALL,
      BIGINT,
      NUMERIC
    }

    static Whole of(long min, long max, Width width) {
      return new Whole(
          BigInteger.valueOf(min), BigInteger.valueOf(max), /* unsigned= */ false, width, false);
    }

    boolean within(long low, long high) {
      return min.compareTo(BigInteger.valueOf(low)) >= 0
          && max.compareTo(BigInteger.valueOf(high)) <= 0;
    }

    /** How many digits the longest of them has. */
    int digits() {
      return min.abs().max(max.abs()).toString().length();
    }

    @Override
    public String words() {
      return "a whole number";
    }
  }

  /**
   * An exact number.
   *
   * @param digits at most so many
   * @param scale at most so many of them after the point
   * @param shown whether it is printed with exactly so many digits after the point
   */
  record Decimal(int digits, int scale, boolean shown) implements ValueType {
    @Override
    public String words() {
      return "a decimal";
    }
  }

  /** A double; a float is one too as soon as MySQL computes with it. */
  record Floating() implements ValueType {
    @Override
    public String words() {
      return "a floating-point number";
    }
  }

  /**
   * A text.
   *
   * @param utf8 whether MySQL's bytes for it are UTF-8, as PostgreSQL's are
   */
  record Chars(Collation collation, boolean utf8) implements ValueType {
    @Override
    public String words() {
      return "a text";
    }
  }

  /** A member of an enum, which is a text in PostgreSQL. */
  record Member(List<String> members, Chars text) implements ValueType {
    public Member {
      members = List.copyOf(members);
    }

    @Override
    public String words() {
      return "an enum";
    }
  }

  /** A date. */
  record Day() implements ValueType {
    @Override
    public String words() {
      return "a date";
    }
  }

  /**
   * A datetime.
   *
   * @param fraction digits of the fraction of a second
   */
  record Moment(int fraction) implements ValueType {
    @Override
    public String words() {
      return "a datetime";
    }
  }

  /** A timestamp, which either server prints in its session's zone. */
  record Instant(int fraction) implements ValueType {
    @Override
    public String words() {
      return "a timestamp";
    }
  }

  /**
   * A JSON document.
   *
   * @param binary whether it is jsonb in PostgreSQL
   */
  record Document(boolean binary) implements ValueType {
    @Override
    public String words() {
      return "a JSON document";
    }
  }

  /** Bytes. */
  record Bytes() implements ValueType {
    @Override
    public String words() {
      return "a binary text";
    }
  }

  /** A value that is only carried around, of the same type on both sides. */
  record Opaque(String type) implements ValueType {
    @Override
    public String words() {
      return "a value of the type " + type;
    }
  }

  /** NULL. */
  record Nothing() implements ValueType {
    @Override
    public String words() {
      return "NULL";
    }
  }
}
