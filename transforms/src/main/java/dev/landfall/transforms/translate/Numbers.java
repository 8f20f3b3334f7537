package dev.landfall.transforms.translate;

import dev.landfall.transforms.translate.ValueType.Bool;
import dev.landfall.transforms.translate.ValueType.Decimal;
import dev.landfall.transforms.translate.ValueType.Floating;
import dev.landfall.transforms.translate.ValueType.Whole;
import dev.landfall.transforms.translate.ValueType.Whole.Width;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic. MySQL computes with whole numbers in 64 bits, unsigned as soon as one operand is
 * (manual 12.24.1), and fails beyond; so does PostgreSQL for signed ones in {@code bigint}. Other
 * results are translated where the bounds of the operands show that nothing can fail.
 */
final class Numbers {
  /** MySQL manual 12.24.2. */
  static final int MAX_DIGITS = 65;

  static final int MAX_SCALE = 30;

  private Numbers() {}

  static @Nullable Term call(String name, List<Term> arguments) {
    return switch (name) {
      case "+", "-", "*" -> arithmetic(name, two(arguments));
      case "/" -> divided(two(arguments));
      case "div" -> quotient(two(arguments));
      case "%", "mod" -> remainder(two(arguments));
      case "neg" -> negated(number(arguments.get(0)));
      default -> null;
    };
  }

  /** A number; a condition is MySQL's 0 or 1. */
  static Term number(Term term) {
    if (term.type() instanceof Bool) {
      return Term.of(term.as("integer"), Whole.of(0, 1, Width.SMALL));
    }
    if (!isNumber(term)) {
      throw new Untranslatable("arithmetic with " + term.type().words());
    }
    return term;
  }

  static boolean isNumber(Term term) {
    return term.type() instanceof Whole
        || term.type() instanceof Decimal
        || term.type() instanceof Floating;
  }

  /** Numbers of one kind, so that PostgreSQL computes or compares in the kind that MySQL does. */
  static List<Term> alike(List<Term> terms) {
    List<Term> numbers = terms.stream().map(Numbers::number).toList();
    if (numbers.stream().noneMatch(n -> n.type() instanceof Floating)) {
      return numbers;
    }
    return numbers.stream()
        .map(
            n ->
                n.type() instanceof Floating
                    ? n
                    : Term.of(n.as("double precision"), new Floating()))
        .toList();
  }

  static List<Term> two(List<Term> arguments) {
    if (arguments.size() != 2) {
      throw new Untranslatable("arithmetic with " + arguments.size() + " operands");
    }
    return alike(arguments);
  }

  private static Term arithmetic(String operator, List<Term> operands) {
    Term a = operands.get(0);
    Term b = operands.get(1);
    if (a.type() instanceof Floating) {
      if (operator.equals("*")) {
        throw new Untranslatable(
            "a product of floating-point numbers that is too small is 0 in MySQL and an error in"
                + " PostgreSQL");
      }
      return Term.of(infix(a.sql(), operator, b.sql()), new Floating());
    }
    if (a.type() instanceof Whole left && b.type() instanceof Whole right) {
      return integers(operator, a, left, b, right);
    }
    Decimal left = decimal(a);
    Decimal right = decimal(b);
    int scale =
        operator.equals("*") ? left.scale() + right.scale() : Math.max(left.scale(), right.scale());
    int digits =
        operator.equals("*")
            ? left.digits() + right.digits()
            : Math.max(left.digits() - left.scale(), right.digits() - right.scale()) + scale + 1;
    if (digits > MAX_DIGITS || scale > MAX_SCALE) {
      throw new Untranslatable(
          "the result of " + operator + " may have more digits than a decimal of MySQL's holds");
    }
    return Term.of(
        infix(exact(a), operator, exact(b)),
        new Decimal(digits, scale, left.shown() && right.shown()));
  }

  private static Term integers(String operator, Term a, Whole left, Term b, Whole right) {
    List<BigInteger> ends =
        switch (operator) {
          case "+" -> List.of(left.min().add(right.min()), left.max().add(right.max()));
          case "-" -> List.of(left.min().subtract(right.max()), left.max().subtract(right.min()));
          default ->
              Stream.of(left.min(), left.max())
                  .flatMap(l -> Stream.of(l.multiply(right.min()), l.multiply(right.max())))
                  .toList();
        };
    return computed(operator, a, b, ends, left.unsigned() || right.unsigned());
  }

  /** An operation whose result is between the least and the greatest of some numbers. */
  private static Term computed(
      String operator, Term a, Term b, List<BigInteger> ends, boolean unsigned) {
    Whole result = bounded(operator, ends, unsigned);
    boolean numeric = width(a) == Width.NUMERIC || width(b) == Width.NUMERIC;
    if (!unsigned || (!numeric && result.width() == Width.BIGINT)) {
      // In bigint, so that PostgreSQL fails where MySQL does.
      return Term.of(infix(as(Width.BIGINT, a), operator, as(Width.BIGINT, b)), result);
    }
    return Term.of(
        infix(a.as("numeric"), operator, b.sql()),
        new Whole(result.min(), result.max(), unsigned, Width.NUMERIC, /* year= */ false));
  }

  private static String as(Width width, Term term) {
    return width(term) == width ? term.sql() : term.as("bigint");
  }

  static Whole bounded(String operator, List<BigInteger> ends, boolean unsigned) {
    BigInteger min = ends.stream().reduce(BigInteger::min).orElseThrow();
    BigInteger max = ends.stream().reduce(BigInteger::max).orElseThrow();
    if (unsigned) {
      if (min.signum() < 0 || max.compareTo(Whole.HIGHEST_UNSIGNED) > 0) {
        throw new Untranslatable(
            operator
                + " with an unsigned number fails in MySQL where the result is negative or too"
                + " large, but not in PostgreSQL");
      }
      Width width = max.compareTo(Whole.HIGHEST) > 0 ? Width.NUMERIC : Width.BIGINT;
      return new Whole(min, max, /* unsigned= */ true, width, /* year= */ false);
    }
    // Beyond bigint both fail.
    BigInteger lowest = min.max(Whole.LOWEST);
    BigInteger highest = max.min(Whole.HIGHEST);
    return new Whole(lowest, highest, /* unsigned= */ false, Width.BIGINT, /* year= */ false);
  }

  private static Term divided(List<Term> operands) {
    if (operands.get(0).type() instanceof Floating) {
      throw new Untranslatable(
          "a quotient of floating-point numbers that is too small is 0 in MySQL and an error in"
              + " PostgreSQL");
    }
    throw new Untranslatable(
        "/ of exact numbers has as many digits in MySQL as its div_precision_increment says");
  }

  private static Term quotient(List<Term> operands) {
    Term a = operands.get(0);
    Term b = operands.get(1);
    if (!(a.type() instanceof Whole left) || !(b.type() instanceof Whole right)) {
      throw new Untranslatable("DIV of numbers that are not whole");
    }
    boolean unsigned = left.unsigned() || right.unsigned();
    if (unsigned && (left.min().signum() < 0 || right.min().signum() < 0)) {
      throw new Untranslatable(
          "DIV with an unsigned number fails in MySQL where the result is negative, but not in"
              + " PostgreSQL");
    }
    BigInteger largest = left.min().abs().max(left.max().abs());
    Whole result =
        bounded("DIV", List.of(unsigned ? BigInteger.ZERO : largest.negate(), largest), unsigned);
    if (width(a) == Width.NUMERIC || width(b) == Width.NUMERIC) {
      return Term.of(
          "div(" + a.as("numeric") + ", " + divisor(b) + ")",
          new Whole(result.min(), result.max(), unsigned, Width.NUMERIC, /* year= */ false));
    }
    return Term.of(infix(a.as("bigint"), "/", divisor(b)), result);
  }

  private static Term remainder(List<Term> operands) {
    Term a = operands.get(0);
    Term b = operands.get(1);
    if (a.type() instanceof Floating) {
      throw new Untranslatable("MOD of floating-point numbers");
    }
    if (a.type() instanceof Whole left && b.type() instanceof Whole right) {
      // The sign is the dividend's (MySQL manual 12.6.1), as in PostgreSQL.
      BigInteger largest = right.min().abs().max(right.max().abs());
      Width width =
          width(a) == Width.NUMERIC || width(b) == Width.NUMERIC ? Width.NUMERIC : Width.BIGINT;
      Whole result =
          new Whole(
              left.min().signum() < 0 ? largest.negate() : BigInteger.ZERO,
              left.max().signum() > 0 ? largest : BigInteger.ZERO,
              left.unsigned(),
              width,
              /* year= */ false);
      String dividend = width == Width.BIGINT ? a.as("bigint") : a.as("numeric");
      return Term.of(infix(dividend, "%", divisor(b)), result);
    }
    Decimal left = decimal(a);
    Decimal right = decimal(b);
    return Term.of(
        infix(exact(a), "%", divisor(b)),
        new Decimal(
            Math.min(MAX_DIGITS, left.digits() + right.digits()),
            Math.max(left.scale(), right.scale()),
            /* shown= */ false));
  }

  /** Division by zero is NULL in MySQL (manual 12.6.1). */
  private static String divisor(Term term) {
    boolean never = term.literal() != null && !term.literal().matches("[0.]*");
    return never ? term.sql() : "NULLIF(" + term.sql() + ", 0)";
  }

  private static Term negated(Term a) {
    if (a.literal() != null && !a.literal().startsWith("-")) {
      return Term.number("-" + a.literal());
    }
    if (!(a.type() instanceof Whole whole)) {
      return new Term("(- " + a.sql() + ")", a.type(), null, null);
    }
    if (whole.unsigned() && whole.max().compareTo(Whole.HIGHEST) > 0) {
      throw new Untranslatable("the negative of a bigint unsigned");
    }
    Whole result =
        bounded("-", List.of(whole.min().negate(), whole.max().negate()), /* unsigned= */ false);
    return Term.of("(- " + a.as("bigint") + ")", result);
  }

  /** Any exact number as a decimal. */
  static Decimal decimal(Term term) {
    if (term.type() instanceof Decimal decimal) {
      return decimal;
    }
    if (term.type() instanceof Whole whole) {
      return new Decimal(whole.digits(), 0, /* shown= */ true);
    }
    throw new Untranslatable("exact arithmetic with " + term.type().words());
  }

  private static String exact(Term term) {
    return term.type() instanceof Whole ? term.as("numeric") : term.sql();
  }

  private static @Nullable Width width(Term term) {
    return term.type() instanceof Whole whole ? whole.width() : null;
  }

  static String infix(String left, String operator, String right) {
    return "(" + left + " " + operator + " " + right + ")";
  }

  /** The type of a choice between numbers of one kind. */
  static ValueType together(List<Term> numbers) {
    if (numbers.get(0).type() instanceof Floating) {
      return numbers.get(0).type();
    }
    if (numbers.stream().allMatch(n -> n.type() instanceof Whole)) {
      List<Whole> wholes = numbers.stream().map(n -> (Whole) n.type()).collect(Collectors.toList());
      BigInteger min = wholes.stream().map(Whole::min).reduce(BigInteger::min).orElseThrow();
      BigInteger max = wholes.stream().map(Whole::max).reduce(BigInteger::max).orElseThrow();
      boolean unsigned = wholes.stream().anyMatch(Whole::unsigned);
      boolean mixed = unsigned && !wholes.stream().allMatch(Whole::unsigned);
      if (mixed && max.compareTo(Whole.HIGHEST) > 0) {
        throw new Untranslatable("a choice between a bigint unsigned and a signed number");
      }
      Width width = wholes.stream().map(Whole::width).reduce(Width.SMALL, Numbers::wider);
      // Versions differ in what a mixture is: it counts as unsigned, which is translated less.
      return new Whole(min, max, unsigned, width, wholes.stream().anyMatch(Whole::year));
    }
    List<Decimal> decimals = numbers.stream().map(Numbers::decimal).toList();
    int scale = decimals.stream().mapToInt(Decimal::scale).max().orElseThrow();
    int before = decimals.stream().mapToInt(d -> d.digits() - d.scale()).max().orElseThrow();
    boolean shown = decimals.stream().allMatch(d -> d.shown() && d.scale() == scale);
    if (before + scale > MAX_DIGITS) {
      throw new Untranslatable("a choice between decimals with more than 65 digits together");
    }
    return new Decimal(before + scale, scale, shown);
  }

  private static Width wider(Width a, Width b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
