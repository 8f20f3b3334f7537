package dev.landfall.transforms.translate;

import dev.landfall.transforms.translate.Collation.Order;
import dev.landfall.transforms.translate.ValueType.Bool;
import dev.landfall.transforms.translate.ValueType.Bytes;
import dev.landfall.transforms.translate.ValueType.Chars;
import dev.landfall.transforms.translate.ValueType.Decimal;
import dev.landfall.transforms.translate.ValueType.Floating;
import dev.landfall.transforms.translate.ValueType.Member;
import dev.landfall.transforms.translate.ValueType.Whole;
import dev.landfall.transforms.translate.ValueType.Whole.Width;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions of groups of rows, and what rows are grouped and sorted by. */
final class Aggregates {
  static final Set<String> NAMES =
      Set.of(
          "count",
          "count distinct",
          "sum",
          "sum distinct",
          "min",
          "min distinct",
          "max",
          "max distinct",
          "avg",
          "avg distinct");

  /** By so many digits a sum is longer than what is summed (MySQL manual 12.20.1). */
  private static final int SUM_DIGITS = 22;

  private Aggregates() {}

  static Term call(String name, Term argument) {
    if (argument.isNull()) {
      throw new Untranslatable(name.toUpperCase(Locale.ROOT) + " of NULL");
    }
    return switch (name) {
      case "count" ->
          count(argument.literal() == null ? "count(" + argument.sql() + ")" : "count(*)");
      case "count distinct" -> count("count(DISTINCT " + grouped(argument).sql() + ")");
      case "sum" -> sum(Numbers.number(argument));
      case "min", "max", "min distinct", "max distinct" -> extreme(name.substring(0, 3), argument);
      case "avg", "avg distinct" ->
          throw new Untranslatable(
              "AVG has as many digits in MySQL as its div_precision_increment says");
      default -> throw new Untranslatable(name.toUpperCase(Locale.ROOT) + " is not known here");
    };
  }

  private static Term count(String sql) {
    return Term.of(sql, Whole.of(0, Long.MAX_VALUE, Width.BIGINT));
  }

  private static Term sum(Term number) {
    if (number.type() instanceof Floating) {
      throw new Untranslatable("a sum of floating-point numbers depends on the order of rows");
    }
    Decimal decimal = Numbers.decimal(number);
    return Term.of(
        "CAST(sum(" + number.sql() + ") AS numeric)",
        new Decimal(
            Math.min(Numbers.MAX_DIGITS, decimal.digits() + SUM_DIGITS),
            decimal.scale(),
            decimal.shown()));
  }

  private static Term extreme(String name, Term argument) {
    Term value = argument.type() instanceof Bool ? Numbers.number(argument) : argument;
    if (!Numbers.isNumber(value) && !Dates.isDate(value)) {
      throw new Untranslatable(name.toUpperCase(Locale.ROOT) + " of " + value.type().words());
    }
    return Term.of(name + "(" + value.sql() + ")", value.type());
  }

  /** A value that is the same as another in both servers or in none. */
  static Term grouped(Term term) {
    boolean exact =
        term.type() instanceof Whole
            || term.type() instanceof Decimal
            || term.type() instanceof Bool
            || term.type() instanceof Bytes
            || term.type() instanceof Member
            || Dates.isDate(term);
    boolean codes =
        term.type() instanceof Chars chars
            && chars.collation().order() == Order.BINARY
            && !chars.collation().pads()
            && chars.utf8();
    if (!exact && !codes) {
      throw new Untranslatable(
          "whether two values are the same goes by more than their characters' codes, for "
              + term.type().words());
    }
    return term;
  }

  /** What rows are sorted by in the same order; null for what is the same in each row. */
  static @Nullable String sorted(Term term) {
    if (term.isNull()) {
      return null;
    }
    if (Numbers.isNumber(term) || term.type() instanceof Bool || Dates.isDate(term)) {
      return term.sql();
    }
    if (term.type() instanceof Chars chars
        && chars.collation().order() == Order.BINARY
        && !chars.collation().pads()
        && chars.utf8()) {
      return term.sql() + " COLLATE \"C\"";
    }
    throw new Untranslatable(
        term.type() instanceof Member
            ? "an enum is sorted by the order of its members"
            : "ORDER BY goes by a collation, for " + term.type().words());
  }
}
