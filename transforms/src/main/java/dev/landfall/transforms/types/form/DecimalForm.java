package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.ValueBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * numeric: the digits without zeros at either end and without an exponent ({@code 12.5}, {@code
 * .05}, {@code 0}); numbers of more than a thousand places on one side of the point as digits and
 * exponent, so that {@code 1e999999999} in a json text stays short.
 */
public final class DecimalForm implements CanonicalForm {
  /** How far the point may be from the first digit for a number to be written without exponent. */
  private static final int PLAIN = 1000;

  /** Exponents of more digits are left as they are; no database takes them. */
  private static final Pattern EXPONENT = Pattern.compile("[eE]([-+]?[0-9]{1,15})");

  @Override
  public boolean append(byte[] text, int start, int end, ValueBuffer out) {
    return appendNumber(text, start, end, out) || appendSpecial(text, start, end, out);
  }

  /** Appends a finite number; false for any other text. */
  static boolean appendNumber(byte[] text, int start, int end, ValueBuffer out) {
    int i = start;
    boolean negative = false;
    if (i < end && (text[i] == '-' || text[i] == '+')) {
      negative = text[i] == '-';
      i++;
    }
    int first = i;
    while (i < end && text[i] == '0') {
      i++;
    }
    int whole = i;
    while (i < end && isDigit(text[i])) {
      i++;
    }
    int point = i;
    int last = i;
    int digits = i - first;
    if (i < end && text[i] == '.') {
      i++;
      while (i < end && isDigit(text[i])) {
        if (text[i++] != '0') {
          last = i;
        }
      }
      digits += i - point - 1;
    }
    if (digits == 0) {
      return false;
    }
    if (i < end || end - start > PLAIN) {
      return appendLong(text, whole, point, i, end, negative, out);
    }
    if (whole == last) {
      out.put('0');
      return true;
    }
    if (negative) {
      out.put('-');
    }
    out.put(text, whole, last);
    return true;
  }

  /**
   * Appends a number that has an exponent or is long.
   *
   * @param whole the first digit that counts, or the point
   * @param point where the point is or would be
   * @param mantissaEnd where the exponent begins, or the end
   */
  private static boolean appendLong(
      byte[] text,
      int whole,
      int point,
      int mantissaEnd,
      int end,
      boolean negative,
      ValueBuffer out) {
    long exponent = 0;
    if (mantissaEnd < end) {
      String suffix = new String(text, mantissaEnd, end - mantissaEnd, StandardCharsets.UTF_8);
      Matcher matcher = EXPONENT.matcher(suffix);
      if (!matcher.matches()) {
        return false;
      }
      exponent = Long.parseLong(matcher.group(1));
    }
    String fraction =
        point < mantissaEnd
            ? new String(text, point + 1, mantissaEnd - point - 1, StandardCharsets.UTF_8)
            : "";
    String all = new String(text, whole, point - whole, StandardCharsets.UTF_8) + fraction;
    int lead = 0;
    while (lead < all.length() && all.charAt(lead) == '0') {
      lead++;
    }
    int tail = all.length();
    while (tail > lead && all.charAt(tail - 1) == '0') {
      tail--;
    }
    String digits = all.substring(lead, tail);
    if (digits.isEmpty()) {
      out.put('0');
      return true;
    }
    // The value is 0.digits times ten to the power of magnitude.
    long magnitude = (point - whole) - lead + exponent;
    String canonical = (negative ? "-" : "") + write(digits, magnitude);
    byte[] bytes = canonical.getBytes(StandardCharsets.UTF_8);
    out.put(bytes, 0, bytes.length);
    return true;
  }

  private static String write(String digits, long magnitude) {
    if (Math.abs(magnitude) > PLAIN) {
      return digits + "e" + magnitude;
    }
    int places = (int) magnitude;
    if (places <= 0) {
      return "." + "0".repeat(-places) + digits;
    }
    if (places >= digits.length()) {
      return digits + "0".repeat(places - digits.length());
    }
    return digits.substring(0, places) + "." + digits.substring(places);
  }

  private static boolean appendSpecial(byte[] text, int start, int end, ValueBuffer out) {
    String word = new String(text, start, end - start, StandardCharsets.UTF_8);
    String canonical =
        switch (word.toLowerCase(Locale.ROOT)) {
          case "nan" -> "NaN";
          case "infinity", "+infinity", "inf", "+inf" -> "Infinity";
          case "-infinity", "-inf" -> "-Infinity";
          default -> null;
        };
    if (canonical == null) {
      return false;
    }
    byte[] bytes = canonical.getBytes(StandardCharsets.UTF_8);
    out.put(bytes, 0, bytes.length);
    return true;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
