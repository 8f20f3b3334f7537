package dev.landfall.transforms.translate;

import dev.landfall.transforms.sql.DdlSql;
import dev.landfall.transforms.translate.ValueType.Bool;
import dev.landfall.transforms.translate.ValueType.Chars;
import dev.landfall.transforms.translate.ValueType.Decimal;
import dev.landfall.transforms.translate.ValueType.Floating;
import dev.landfall.transforms.translate.ValueType.Nothing;
import dev.landfall.transforms.translate.ValueType.Whole;
import dev.landfall.transforms.translate.ValueType.Whole.Width;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A translated expression.
 *
 * @param sql PostgreSQL's words, which can be an operand of anything as they are
 * @param type what its values are
 * @param literal the value of a literal: a text, digits with their sign; null for all else
 * @param instant for the current moment, PostgreSQL's words for it with its zone; else null
 */
record Term(String sql, ValueType type, @Nullable String literal, @Nullable String instant) {
  static Term of(String sql, ValueType type) {
    return new Term(sql, type, null, null);
  }

  static Term condition(String sql) {
    return of(sql, new Bool());
  }

  static Term nothing() {
    return new Term("NULL", new Nothing(), "NULL", null);
  }

  static Term text(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new Untranslatable("a text with a NUL character is none in PostgreSQL");
    }
    return new Term(DdlSql.literal(value), new Chars(Collation.NONE, true), value, null);
  }

  /** A number as written, with a sign in front or none (MySQL manual 9.1.2). */
  static Term number(String digits) {
    if (digits.indexOf('e') >= 0 || digits.indexOf('E') >= 0) {
      return new Term(
          "CAST(" + DdlSql.literal(digits) + " AS double precision)", new Floating(), digits, null);
    }
    String sql = digits.startsWith("-") ? "(" + digits + ")" : digits;
    if (digits.indexOf('.') >= 0) {
      BigDecimal value = new BigDecimal(digits);
      int scale = value.scale();
      int precision = Math.max(value.precision(), scale + 1);
      if (precision > Numbers.MAX_DIGITS || scale > Numbers.MAX_SCALE) {
        throw new Untranslatable(digits + " has more digits than a decimal of MySQL's");
      }
      return new Term(sql, new Decimal(precision, scale, /* shown= */ true), digits, null);
    }
    BigInteger value = new BigInteger(digits);
    if (value.compareTo(Whole.LOWEST) < 0 || value.compareTo(Whole.HIGHEST_UNSIGNED) > 0) {
      throw new Untranslatable(digits + " is beyond bigint");
    }
    boolean unsigned = value.compareTo(Whole.HIGHEST) > 0;
    Width width =
        unsigned ? Width.NUMERIC : value.bitLength() < Integer.SIZE ? Width.SMALL : Width.BIGINT;
    return new Term(sql, new Whole(value, value, unsigned, width, false), digits, null);
  }

  boolean isNull() {
    return type instanceof Nothing;
  }

  /** The value of a text literal, null for anything else. */
  @Nullable String textLiteral() {
    return type instanceof Chars ? literal : null;
  }

  /** The value of a literal whole number that fits an int, null for anything else. */
  @Nullable Integer smallLiteral() {
    return type instanceof Whole whole && literal != null && whole.width() == Width.SMALL
        ? Integer.valueOf(whole.min().intValue())
        : null;
  }

  /** The same in brackets. */
  Term grouped() {
    return new Term("(" + sql + ")", type, literal, instant);
  }

  /** The same value as PostgreSQL's type of that name. */
  String as(String postgresType) {
    return "CAST(" + sql + " AS " + postgresType + ")";
  }
}
