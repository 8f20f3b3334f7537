package dev.landfall.transforms.translate;

import dev.landfall.transforms.translate.ValueType.Decimal;
import dev.landfall.transforms.translate.ValueType.Floating;
import dev.landfall.transforms.translate.ValueType.Whole;
import dev.landfall.transforms.translate.ValueType.Whole.Width;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions of numbers (MySQL manual 12.6.2), and of their bits. */
final class NumberFunctions {
  private NumberFunctions() {}

  static @Nullable Term call(String name, List<Term> arguments) {
    return switch (name) {
      case "&", "|", "^", ">>" -> bits(name, Numbers.two(arguments));
      case "abs" -> absolute(Numbers.number(arguments.get(0)));
      case "sign" -> sign(Numbers.number(arguments.get(0)));
      case "floor", "ceil", "ceiling" ->
          whole(name.equals("floor") ? "floor" : "ceil", arguments.get(0));
      case "round" -> rounded("round", arguments);
      case "truncate" -> rounded("trunc", arguments);
      default -> null;
    };
  }

  /** MySQL computes with 64 bits without a sign (manual 12.12), so the sign bit must stay out. */
  private static Term bits(String operator, List<Term> operands) {
    Term a = operands.get(0);
    Term b = operands.get(1);
    if (!(a.type() instanceof Whole left) || !(b.type() instanceof Whole right)) {
      throw new Untranslatable(operator + " of numbers that are not whole");
    }
    boolean leftFits = left.within(0, Long.MAX_VALUE);
    boolean rightFits = right.within(0, Long.MAX_VALUE);
    boolean signed = left.within(Long.MIN_VALUE, Long.MAX_VALUE);
    boolean alsoSigned = right.within(Long.MIN_VALUE, Long.MAX_VALUE);
    boolean masked = operator.equals("&") && signed && alsoSigned && (leftFits || rightFits);
    if (!masked && !(leftFits && rightFits)) {
      throw new Untranslatable(
          operator + " of a number that may be negative or beyond bigint: MySQL's is unsigned");
    }
    if (operator.equals(">>")) {
      if (!right.within(0, Long.SIZE - 1)) {
        throw new Untranslatable(">> by more than 63 bits");
      }
      return Term.of(
          Numbers.infix(a.as("bigint"), ">>", b.as("integer")),
          new Whole(BigInteger.ZERO, left.max(), true, Width.BIGINT, /* year= */ false));
    }
    BigInteger max =
        masked
            ? leftFits && rightFits
                ? left.max().min(right.max())
                : leftFits ? left.max() : right.max()
            : Whole.HIGHEST;
    return Term.of(
        Numbers.infix(a.as("bigint"), operator.equals("^") ? "#" : operator, b.as("bigint")),
        new Whole(BigInteger.ZERO, max, true, Width.BIGINT, /* year= */ false));
  }

  private static Term absolute(Term a) {
    if (a.type() instanceof Whole whole) {
      BigInteger max = whole.min().abs().max(whole.max().abs());
      Whole result = Numbers.bounded("abs", List.of(BigInteger.ZERO, max), whole.unsigned());
      return whole.unsigned() ? a : Term.of("abs(" + a.as("bigint") + ")", result);
    }
    return Term.of("abs(" + a.sql() + ")", a.type());
  }

  private static Term sign(Term a) {
    return Term.of("CAST(sign(" + a.sql() + ") AS integer)", Whole.of(-1, 1, Width.SMALL));
  }

  private static Term whole(String function, Term argument) {
    Term a = Numbers.number(argument);
    if (a.type() instanceof Whole) {
      return a;
    }
    if (a.type() instanceof Floating) {
      return Term.of(function + "(" + a.sql() + ")", a.type());
    }
    Decimal decimal = Numbers.decimal(a);
    return Term.of(
        function + "(" + a.sql() + ")",
        new Decimal(decimal.digits() - decimal.scale() + 1, 0, /* shown= */ true));
  }

  private static Term rounded(String function, List<Term> arguments) {
    Term a = Numbers.number(arguments.get(0));
    Integer places = arguments.size() == 1 ? Integer.valueOf(0) : arguments.get(1).smallLiteral();
    if (a.type() instanceof Floating) {
      throw new Untranslatable(
          function + " of a floating-point number goes by its binary value in MySQL");
    }
    if (places == null || places < 0 || places > Numbers.MAX_SCALE) {
      throw new Untranslatable(function + " to a number of digits that is not plain");
    }
    if (a.type() instanceof Whole) {
      return a;
    }
    Decimal decimal = Numbers.decimal(a);
    int scale = Math.min(places, decimal.scale());
    return Term.of(
        function + "(" + a.sql() + ", " + scale + ")",
        new Decimal(
            decimal.digits() - decimal.scale() + scale + 1,
            scale,
            decimal.shown() && places <= decimal.scale()));
  }
}
