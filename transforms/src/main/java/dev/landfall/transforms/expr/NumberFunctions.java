package dev.landfall.transforms.expr;

import static dev.landfall.transforms.expr.Type.DECIMAL;
import static dev.landfall.transforms.expr.Type.DOUBLE;
import static dev.landfall.transforms.expr.Type.INT;
import static dev.landfall.transforms.expr.Type.STRING;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Arithmetic: exact, or refused; of doubles as IEEE 754 and PostgreSQL have it. */
final class NumberFunctions {
  /** Digits behind the point that a quotient has at most. */
  private static final int QUOTIENT_SCALE = 16;

  static final List<Overload> ALL =
      List.of(
          Overload.of("_+_", INT, INT, INT, (Long a, Long b) -> add(a, b)),
          Overload.of("_-_", INT, INT, INT, (Long a, Long b) -> subtract(a, b)),
          Overload.of("_*_", INT, INT, INT, (Long a, Long b) -> multiply(a, b)),
          Overload.of("_/_", INT, INT, INT, (Long a, Long b) -> divide(a, b)),
          Overload.of("_%_", INT, INT, INT, (Long a, Long b) -> remainder(a, b)),
          Overload.of("-_", INT, INT, (Long a) -> subtract(0, a)),
          Overload.of(
              "_+_", DECIMAL, DECIMAL, DECIMAL, (BigDecimal a, BigDecimal b) -> bound(a.add(b))),
          Overload.of(
              "_-_",
              DECIMAL,
              DECIMAL,
              DECIMAL,
              (BigDecimal a, BigDecimal b) -> bound(a.subtract(b))),
          Overload.of(
              "_*_",
              DECIMAL,
              DECIMAL,
              DECIMAL,
              (BigDecimal a, BigDecimal b) -> bound(a.multiply(b))),
          Overload.of(
              "_/_", DECIMAL, DECIMAL, DECIMAL, (BigDecimal a, BigDecimal b) -> divide(a, b)),
          Overload.of(
              "_%_", DECIMAL, DECIMAL, DECIMAL, (BigDecimal a, BigDecimal b) -> remainder(a, b)),
          Overload.of("-_", DECIMAL, DECIMAL, (BigDecimal a) -> a.negate()),
          Overload.of("_+_", DOUBLE, DOUBLE, DOUBLE, (Double a, Double b) -> finite(a + b, a, b)),
          Overload.of("_-_", DOUBLE, DOUBLE, DOUBLE, (Double a, Double b) -> finite(a - b, a, b)),
          Overload.of("_*_", DOUBLE, DOUBLE, DOUBLE, (Double a, Double b) -> finite(a * b, a, b)),
          Overload.of("_/_", DOUBLE, DOUBLE, DOUBLE, NumberFunctions::quotient),
          Overload.of("-_", DOUBLE, DOUBLE, (Double a) -> -a),
          Overload.of("abs", INT, INT, (Long a) -> a < 0 ? subtract(0, a) : a),
          Overload.of("abs", DECIMAL, DECIMAL, (BigDecimal a) -> a.abs()),
          Overload.of("abs", DOUBLE, DOUBLE, (Double a) -> Math.abs(a)),
          rounded("round", RoundingMode.HALF_UP),
          rounded("floor", RoundingMode.FLOOR),
          rounded("ceil", RoundingMode.CEILING),
          rounded("trunc", RoundingMode.DOWN),
          Overload.of("floor", DOUBLE, DOUBLE, (Double a) -> Math.floor(a)),
          Overload.of("ceil", DOUBLE, DOUBLE, (Double a) -> Math.ceil(a)),
          Overload.of("round", DECIMAL, INT, DECIMAL, NumberFunctions::round),
          Overload.of("greatest", INT, INT, INT, (Long a, Long b) -> Math.max(a, b)),
          Overload.of("least", INT, INT, INT, (Long a, Long b) -> Math.min(a, b)),
          Overload.of(
              "greatest", DECIMAL, DECIMAL, DECIMAL, (BigDecimal a, BigDecimal b) -> a.max(b)),
          Overload.of("least", DECIMAL, DECIMAL, DECIMAL, (BigDecimal a, BigDecimal b) -> a.min(b)),
          Overload.of("int", INT, INT, (Long a) -> a),
          Overload.of("int", DECIMAL, INT, (BigDecimal a) -> whole(a, a.toPlainString())),
          Overload.of("int", DOUBLE, INT, (Double a) -> whole(a)),
          Overload.of("int", STRING, INT, (String s) -> whole(s)),
          Overload.of("decimal", DECIMAL, DECIMAL, (BigDecimal a) -> a),
          Overload.of("decimal", DOUBLE, DECIMAL, (Double a) -> decimal(a)),
          Overload.of("decimal", STRING, DECIMAL, (String s) -> decimal(s)),
          Overload.of("double", DOUBLE, DOUBLE, (Double a) -> a),
          Overload.of("double", DECIMAL, DOUBLE, (BigDecimal a) -> a.doubleValue()),
          Overload.of("double", STRING, DOUBLE, NumberFunctions::approximate));

  private NumberFunctions() {}

  private static Long add(long a, long b) throws EvaluationException {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      throw tooLarge();
    }
    return sum;
  }

  private static Long subtract(long a, long b) throws EvaluationException {
    long difference = a - b;
    if (((a ^ b) & (a ^ difference)) < 0) {
      throw tooLarge();
    }
    return difference;
  }

  private static Long multiply(long a, long b) throws EvaluationException {
    long product = a * b;
    if (Math.multiplyHigh(a, b) != product >> 63) {
      throw tooLarge();
    }
    return product;
  }

  /** Towards 0, as CEL has it. */
  private static Long divide(long a, long b) throws EvaluationException {
    if (a == Long.MIN_VALUE && b == -1) {
      throw tooLarge();
    }
    return a / divisor(b);
  }

  private static Long remainder(long a, long b) throws EvaluationException {
    return a % divisor(b);
  }

  private static long divisor(long b) throws EvaluationException {
    if (b == 0) {
      throw new EvaluationException("division by 0");
    }
    return b;
  }

  private static EvaluationException tooLarge() {
    return new EvaluationException("the number is too large for a bigint");
  }

  private static BigDecimal bound(BigDecimal number) throws EvaluationException {
    if (number.precision() > Values.MAX_DIGITS || Math.abs(number.scale()) > Values.MAX_DIGITS) {
      throw new EvaluationException("a decimal of more than " + Values.MAX_DIGITS + " digits");
    }
    return number;
  }

  /** As many digits as it has, sixteen behind the point at most, and no fewer than both have. */
  private static BigDecimal divide(BigDecimal a, BigDecimal b) throws EvaluationException {
    if (b.signum() == 0) {
      throw new EvaluationException("division by 0");
    }
    int least = Math.max(0, Math.max(a.scale(), b.scale()));
    BigDecimal quotient =
        a.divide(b, Math.max(QUOTIENT_SCALE, least), RoundingMode.HALF_UP).stripTrailingZeros();
    return bound(quotient.scale() < least ? quotient.setScale(least) : quotient);
  }

  private static BigDecimal remainder(BigDecimal a, BigDecimal b) throws EvaluationException {
    if (b.signum() == 0) {
      throw new EvaluationException("division by 0");
    }
    return bound(a.remainder(b));
  }

  private static Overload rounded(String name, RoundingMode mode) {
    return Overload.of(name, DECIMAL, DECIMAL, (BigDecimal a) -> a.setScale(0, mode));
  }

  private static BigDecimal round(BigDecimal a, Long digits) throws EvaluationException {
    if (Math.abs(digits) > Values.MAX_DIGITS) {
      throw new EvaluationException("round to " + digits + " digits");
    }
    BigDecimal rounded = a.setScale(digits.intValue(), RoundingMode.HALF_UP);
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }

  private static Long whole(BigDecimal number, String shown) throws EvaluationException {
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      throw new EvaluationException(
          "\"" + Values.shortened(shown) + "\" is no integer of a bigint's size");
    }
  }

  private static Long whole(double number) throws EvaluationException {
    return whole(decimal(number), DoubleText.of(number));
  }

  private static Long whole(String text) throws EvaluationException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new EvaluationException(
          "\"" + Values.shortened(text) + "\" is no integer of a bigint's size");
    }
  }

  /** Infinity comes of infinity only, as PostgreSQL has it. */
  private static Double finite(double result, double a, double b) throws EvaluationException {
    if (Double.isInfinite(result) && Double.isFinite(a) && Double.isFinite(b)) {
      throw new EvaluationException("the number is too large for a double");
    }
    return result;
  }

  private static Double quotient(double a, double b) throws EvaluationException {
    if (b == 0) {
      throw new EvaluationException("division by 0");
    }
    return finite(a / b, a, b);
  }

  /** With the digits that tell the double from all others. */
  private static BigDecimal decimal(double number) throws EvaluationException {
    if (!Double.isFinite(number)) {
      throw new EvaluationException(number + " is no number");
    }
    BigDecimal decimal = new BigDecimal(DoubleText.shortest(number)).stripTrailingZeros();
    return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
  }

  private static BigDecimal decimal(String text) throws EvaluationException {
    return (BigDecimal) Values.read(DECIMAL, text);
  }

  private static Double approximate(String text) throws EvaluationException {
    return (Double) Values.read(DOUBLE, text);
  }
}
