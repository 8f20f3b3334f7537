package dev.landfall.transforms.types.fault;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Faults of numbers. Towards zero, where there is a choice, so that each type takes them. */
public final class NumberFaults {
  private NumberFaults() {}

  /** Of integers of so many bits. */
  public static List<Fault> integers(int bits) {
    BigInteger smallest = BigInteger.ONE.shiftLeft(bits - 1).negate();
    return List.of(
        Fault.of("last digit", text -> lastDigit(new BigInteger(text)).toString()),
        Fault.of(
            "sign",
            text -> {
              BigInteger number = new BigInteger(text);
              return number.equals(smallest) ? null : number.negate().toString();
            }),
        Fault.of("one bit", text -> new BigInteger(text).flipBit(8).toString()));
  }

  public static List<Fault> decimals() {
    return List.of(
        Fault.of(
            "last digit",
            text -> {
              BigDecimal number = decimal(text);
              return number == null
                  ? null
                  : new BigDecimal(lastDigit(number.unscaledValue()), number.scale())
                      .toPlainString();
            }),
        Fault.of(
            "sign",
            text -> {
              BigDecimal number = decimal(text);
              return number == null ? null : number.negate().toPlainString();
            }),
        Fault.of(
            "a zero behind the last digit",
            text -> decimal(text) == null ? null : text.contains(".") ? text + "0" : text + ".0"));
  }

  public static List<Fault> reals() {
    return List.of(
        Fault.of(
            "one bit",
            text -> {
              float value = Float.parseFloat(text);
              return Float.isFinite(value) && value != 0
                  ? Float.toString(Float.intBitsToFloat(Float.floatToRawIntBits(value) ^ 1))
                  : null;
            }),
        Fault.of("sign", NumberFaults::sign),
        Fault.of("sign of zero", NumberFaults::signOfZero));
  }

  public static List<Fault> doubles() {
    return List.of(
        Fault.of(
            "one bit",
            text -> {
              double value = Double.parseDouble(text);
              return Double.isFinite(value) && value != 0
                  ? Double.toString(Double.longBitsToDouble(Double.doubleToRawLongBits(value) ^ 1))
                  : null;
            }),
        Fault.of("sign", NumberFaults::sign),
        Fault.of("sign of zero", NumberFaults::signOfZero));
  }

  private static @Nullable String sign(String text) {
    double value = Double.parseDouble(text);
    return value == 0 || Double.isNaN(value) ? null : turned(text);
  }

  private static @Nullable String signOfZero(String text) {
    return Double.parseDouble(text) == 0 ? turned(text) : null;
  }

  private static String turned(String text) {
    return text.startsWith("-") ? text.substring(1) : "-" + text;
  }

  private static BigInteger lastDigit(BigInteger number) {
    return number.signum() > 0 ? number.subtract(BigInteger.ONE) : number.add(BigInteger.ONE);
  }

  private static @Nullable BigDecimal decimal(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      // NaN and the infinities have neither digits nor, all of them, a sign.
      return null;
    }
  }
}
