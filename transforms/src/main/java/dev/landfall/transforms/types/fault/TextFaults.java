package dev.landfall.transforms.types.fault;

import java.text.Normalizer;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Faults of texts. */
public final class TextFaults {
  private TextFaults() {}

  /** Of texts of at most so many characters. */
  public static List<Fault> texts(int length) {
    return List.of(
        Fault.of("trailing blank", text -> trailingBlank(text, length)),
        Fault.of("case of one letter", TextFaults::otherCase),
        Fault.of("one character", TextFaults::otherCharacter),
        Fault.of("one character less", TextFaults::shorter),
        Fault.of("Unicode form", text -> fitting(text, TextFaults::otherForm, length)),
        Fault.of("U+0001 behind", text -> fitting(text, t -> t + "\u0001", length)),
        Fault.of("empty for a text", text -> ""),
        Fault.toNull("NULL for empty", String::isEmpty));
  }

  /** PostgreSQL prints a {@code char(n)} with all its blanks: one of them is taken off. */
  private static @Nullable String trailingBlank(String text, int length) {
    boolean full = text.codePointCount(0, text.length()) >= length;
    return full && text.endsWith(" ")
        ? text.substring(0, text.length() - 1)
        : fitting(text + " ", length);
  }

  /** The text changed, without the blanks behind it where they are in the way. */
  private static @Nullable String fitting(
      String text, UnaryOperator<@Nullable String> change, int length) {
    String changed = fitting(change.apply(text), length);
    return changed == null ? fitting(change.apply(text.stripTrailing()), length) : changed;
  }

  private static @Nullable String fitting(@Nullable String text, int length) {
    return text == null || text.codePointCount(0, text.length()) > length ? null : text;
  }

  private static @Nullable String otherCase(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
        return text.substring(0, i) + (char) (c ^ ' ') + text.substring(i + 1);
      }
    }
    return null;
  }

  private static @Nullable String otherCharacter(String text) {
    if (text.isBlank()) {
      return null;
    }
    int last = text.stripTrailing().offsetByCodePoints(text.stripTrailing().length(), -1);
    String other = text.codePointAt(last) == 'x' ? "y" : "x";
    return text.substring(0, last)
        + other
        + text.substring(last + Character.charCount(text.codePointAt(last)));
  }

  /** Without blanks behind it, which PostgreSQL prints of a {@code char(n)}. */
  private static @Nullable String shorter(String text) {
    String some = text.stripTrailing();
    return some.isEmpty() ? null : some.substring(0, some.offsetByCodePoints(some.length(), -1));
  }

  private static @Nullable String otherForm(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (!Normalizer.isNormalized(text, Normalizer.Form.NFD)) {
      return Normalizer.normalize(text, Normalizer.Form.NFD);
    }
    return Normalizer.isNormalized(text, Normalizer.Form.NFC)
        ? null
        : Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /** Whether a text has another Unicode form. */
  public static boolean hasOtherForm(String text) {
    return otherForm(text) != null;
  }

  /** Of bytes in PostgreSQL's hexadecimal form. */
  public static List<Fault> bytes() {
    return List.of(
        Fault.of("one bit", text -> text.length() < 3 ? null : lastHexDigit(text)),
        Fault.of("a zero byte behind", text -> text + "00"),
        Fault.of(
            "one byte less",
            text -> text.length() < 4 ? null : text.substring(0, text.length() - 2)),
        Fault.of("empty for bytes", text -> "\\x"),
        Fault.toNull("NULL for empty", "\\x"::equals));
  }

  /** Flips the last bit of hexadecimal digits. */
  public static String lastHexDigit(String text) {
    int last = text.length() - 1;
    int digit = Character.digit(text.charAt(last), 16) ^ 1;
    return text.substring(0, last) + Character.forDigit(digit, 16);
  }

  /** Flips the last of binary digits. */
  public static @Nullable String lastBit(String text) {
    if (text.isEmpty()) {
      return null;
    }
    int last = text.length() - 1;
    return text.substring(0, last) + (text.charAt(last) == '0' ? '1' : '0');
  }
}
