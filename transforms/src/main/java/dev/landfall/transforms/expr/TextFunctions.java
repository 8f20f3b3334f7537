package dev.landfall.transforms.expr;

import static dev.landfall.transforms.expr.Type.BOOL;
import static dev.landfall.transforms.expr.Type.BYTES;
import static dev.landfall.transforms.expr.Type.DATE;
import static dev.landfall.transforms.expr.Type.DECIMAL;
import static dev.landfall.transforms.expr.Type.DOUBLE;
import static dev.landfall.transforms.expr.Type.INSTANT;
import static dev.landfall.transforms.expr.Type.INT;
import static dev.landfall.transforms.expr.Type.STRING;
import static dev.landfall.transforms.expr.Type.STRINGS;
import static dev.landfall.transforms.expr.Type.TIMESTAMP;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What texts and bytes can be asked and made to. Characters are Unicode's, not UTF-16's. */
final class TextFunctions {
  /** More characters than any text has. */
  private static final long MANY = Integer.MAX_VALUE;

  static final List<Overload> ALL =
      List.of(
          Overload.of("_+_", STRING, STRING, STRING, TextFunctions::concat),
          Overload.of("lower", STRING, STRING, (String s) -> s.toLowerCase(Locale.ROOT)),
          Overload.of("upper", STRING, STRING, (String s) -> s.toUpperCase(Locale.ROOT)),
          Overload.of("trim", STRING, STRING, TextFunctions::trim),
          Overload.of("collapse", STRING, STRING, TextFunctions::collapse),
          Overload.of("digits", STRING, STRING, TextFunctions::digits),
          Overload.of("size", STRING, INT, TextFunctions::length),
          Overload.of("length", STRING, INT, TextFunctions::length),
          Overload.of("size", BYTES, INT, (byte[] b) -> (long) b.length),
          Overload.of("startsWith", STRING, STRING, BOOL, (String s, String t) -> s.startsWith(t)),
          Overload.of("endsWith", STRING, STRING, BOOL, (String s, String t) -> s.endsWith(t)),
          Overload.of("contains", STRING, STRING, BOOL, (String s, String t) -> s.contains(t)),
          Overload.of("indexOf", STRING, STRING, INT, TextFunctions::indexOf),
          Overload.of("substr", STRING, INT, INT, STRING, TextFunctions::substr),
          Overload.of("substr", STRING, INT, STRING, (String s, Long n) -> substr(s, n, MANY)),
          Overload.of("left", STRING, INT, STRING, (String s, Long n) -> substr(s, 1, n)),
          Overload.of("right", STRING, INT, STRING, TextFunctions::right),
          Overload.of("padLeft", STRING, INT, STRING, STRING, TextFunctions::padLeft),
          Overload.of("replace", STRING, STRING, STRING, STRING, TextFunctions::replace),
          Overload.of("split", STRING, STRING, STRINGS, TextFunctions::split),
          Overload.of("join", STRINGS, STRING, STRING, TextFunctions::join),
          Overload.prepared(
              "matches",
              STRING,
              STRING,
              BOOL,
              "the pattern",
              (String re) -> {
                Pattern pattern = Patterns.compile(re);
                return (String s) -> pattern.matcher(s).find();
              }),
          Overload.prepared(
                  "extract",
                  STRING,
                  STRING,
                  STRING,
                  "the pattern",
                  (String re) -> {
                    Pattern pattern = Patterns.compile(re);
                    return (String s) -> extract(pattern.matcher(s));
                  })
              .orNull(),
          Overload.prepared(
              "normalize",
              STRING,
              STRING,
              STRING,
              "the form",
              (String form) -> {
                Normalizer.Form to = form(form);
                return (String s) -> Normalizer.normalize(s, to);
              }),
          Overload.of("md5", STRING, STRING, (String s) -> hash("MD5", utf8(s))),
          Overload.of("md5", BYTES, STRING, (byte[] b) -> hash("MD5", b)),
          Overload.of("sha256", STRING, STRING, (String s) -> hash("SHA-256", utf8(s))),
          Overload.of("sha256", BYTES, STRING, (byte[] b) -> hash("SHA-256", b)),
          Overload.of("hex", BYTES, STRING, (byte[] b) -> HexFormat.of().formatHex(b)),
          Overload.of("base64", BYTES, STRING, (byte[] b) -> Base64.getEncoder().encodeToString(b)),
          Overload.of("bytes", STRING, BYTES, TextFunctions::utf8),
          Overload.of("string", STRING, STRING, (String s) -> s),
          Overload.of("string", BOOL, STRING, (Boolean b) -> b.toString()),
          Overload.of("string", INT, STRING, (Long n) -> n.toString()),
          Overload.of("string", DECIMAL, STRING, (BigDecimal n) -> n.toPlainString()),
          Overload.of("string", DOUBLE, STRING, (Double n) -> DoubleText.of(n)),
          Overload.of("string", DATE, STRING, (Object d) -> d.toString()),
          Overload.of("string", TIMESTAMP, STRING, (LocalDateTime t) -> Values.text(t)),
          Overload.of("string", INSTANT, STRING, (LocalDateTime t) -> Values.text(t) + "+00"));

  private TextFunctions() {}

  /** All that is made longer than it was goes through here. */
  static String bound(String text) throws EvaluationException {
    room(text.length());
    return text;
  }

  private static void room(long length) throws EvaluationException {
    if (length > Values.MAX_TEXT) {
      throw new EvaluationException("a text of more than " + Values.MAX_TEXT + " characters");
    }
  }

  private static String concat(String a, String b) throws EvaluationException {
    room((long) a.length() + b.length());
    return a.concat(b);
  }

  private static String trim(String s) {
    int start = 0;
    int end = s.length();
    while (start < end && isBlank(s.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(s.charAt(end - 1))) {
      end--;
    }
    return s.substring(start, end);
  }

  private static String collapse(String s) {
    StringBuilder out = new StringBuilder(s.length());
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (!isBlank(c)) {
        out.append(c);
      } else if (out.length() > 0 && out.charAt(out.length() - 1) != ' ') {
        out.append(' ');
      }
    }
    int end = out.length();
    return end > 0 && out.charAt(end - 1) == ' ' ? out.substring(0, end - 1) : out.toString();
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static String digits(String s) {
    StringBuilder out = new StringBuilder(s.length());
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c >= '0' && c <= '9') {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static long length(String s) {
    return s.codePointCount(0, s.length());
  }

  private static Long indexOf(String s, String part) {
    int index = s.indexOf(part);
    return index < 0 ? -1L : s.codePointCount(0, index);
  }

  /** From the first character, which is number 1, as both databases count; cut to what is there. */
  private static String substr(String s, long from, long length) throws EvaluationException {
    if (length < 0) {
      throw new EvaluationException("a piece of " + length + " characters");
    }
    long count = length(s);
    long first = Math.max(from, Long.MIN_VALUE + 1) - 1;
    long start = Math.min(Math.max(first, 0), count);
    // Of a sum that is too large the sign changes.
    long end = first > 0 && first + length < 0 ? count : Math.min(count, first + length);
    return end <= start
        ? ""
        : s.substring(s.offsetByCodePoints(0, (int) start), s.offsetByCodePoints(0, (int) end));
  }

  private static String right(String s, long length) throws EvaluationException {
    return substr(s, Math.max(1, length(s) - Math.min(length, MANY) + 1), Math.min(length, MANY));
  }

  private static String padLeft(String s, long length, String with) throws EvaluationException {
    long missing = length - length(s);
    if (missing <= 0) {
      return s;
    }
    if (with.codePointCount(0, with.length()) != 1) {
      throw new EvaluationException("padLeft takes one character, not \"" + with + "\"");
    }
    room(s.length() + Math.min(missing, MANY) * with.length());
    return with.repeat((int) missing) + s;
  }

  private static String replace(String s, String part, String by) throws EvaluationException {
    if (by.length() > part.length()) {
      long count = 0;
      int width = Math.max(1, part.length());
      for (int i = s.indexOf(part); i >= 0 && i < s.length(); i = s.indexOf(part, i + width)) {
        count++;
      }
      room(s.length() + (count + 1) * (by.length() - part.length()));
    }
    return s.replace(part, by);
  }

  private static List<String> split(String s, String by) throws EvaluationException {
    if (by.isEmpty()) {
      throw new EvaluationException("split takes what is between the parts, not an empty text");
    }
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int end = s.indexOf(by); end >= 0; end = s.indexOf(by, start)) {
      parts.add(s.substring(start, end));
      start = end + by.length();
    }
    parts.add(s.substring(start));
    return Collections.unmodifiableList(parts);
  }

  /** What is NULL is left out. */
  private static String join(List<@Nullable String> parts, String between)
      throws EvaluationException {
    StringBuilder out = new StringBuilder();
    boolean first = true;
    for (String part : parts) {
      if (part != null) {
        out.append(first ? "" : between).append(part);
        room(out.length());
        first = false;
      }
    }
    return out.toString();
  }

  private static @Nullable String extract(Matcher matcher) {
    return !matcher.find() ? null : matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
  }

  private static Normalizer.Form form(String name) {
    try {
      return Normalizer.Form.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the form is one of NFC, NFD, NFKC, NFKD", e);
    }
  }

  private static byte[] utf8(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  private static String hash(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
