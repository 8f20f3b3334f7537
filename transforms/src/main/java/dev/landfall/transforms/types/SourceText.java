package dev.landfall.transforms.types;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads texts so that what the server can't convert to UTF-8 is noticed. Without this it sends a
 * question mark in its place, and drops half a character at a text's end.
 */
public final class SourceText {
  /**
   * Character sets in which several bytes stand for one character, or in which the way back is
   * another: to come back as other bytes is no proof of a loss there.
   */
  private static final Set<String> NOT_ONE_TO_ONE =
      Set.of("armscii8", "cp932", "eucjpms", "sjis", "ujis");

  private SourceText() {}

  /**
   * Whether a text of a character set has one form only, so that what it is in UTF-8 finds it
   * again.
   */
  static boolean isOneToOne(@Nullable String charset) {
    return charset == null || !NOT_ONE_TO_ONE.contains(charset);
  }

  /**
   * The expression for a text column. A value that does not survive comes as the byte FF, which
   * UTF-8 never has, the text as converted, FF, the same with the byte 01 for each question mark
   * that is the text's own, FF, and the bytes as stored. To both conversions a byte 01 is appended,
   * so that half a character at the end is noticed. A lone FF is a value that does not survive and
   * is too long to be put together ({@code max_allowed_packet}, MySQL manual 12.8).
   */
  public static String utf8(String column, @Nullable String charset) {
    return switch (SourceCharset.of(charset)) {
      case SAFE -> column;
      case UTF8MB3 -> stored(column);
      case CONVERTED -> marked(column, plain(charset), false);
      case WIDE -> marked(column, plain(charset), true);
    };
  }

  /**
   * The bytes in UTF-8 that a client is sent, within an expression: those of a text that does not
   * survive have a byte that UTF-8 never has.
   */
  public static String converted(String column, @Nullable String charset) {
    return switch (SourceCharset.of(charset)) {
      // Without a conversion, which might change bytes that are no text.
      case SAFE -> "utf8mb4".equals(charset) ? bytes(column) : utf8(column);
      case UTF8MB3 -> bytes(column);
      case CONVERTED, WIDE -> utf8(column, charset);
    };
  }

  /**
   * The bytes as the column stores them. Not by a cast: MariaDB converts what a client gets of one
   * from the column's character set all the same.
   */
  public static String stored(String quotedColumn) {
    return "CONVERT(" + quotedColumn + " USING binary)";
  }

  /** The bytes of a text within an expression. */
  public static String bytes(String text) {
    return "CAST(" + text + " AS BINARY)";
  }

  private static String marked(String name, String charset, boolean wide) {
    String one = "_" + charset + " X'01'";
    String converted = utf8("CONCAT(" + name + ", " + one + ")");
    String replaced = replaced(name, charset);
    String survives = survivesIn(name, charset);
    String parts =
        wide
            ? "X'FFFFFF', "
            : "X'FF', COALESCE("
                + converted
                + ", X''), X'FF', COALESCE("
                + replaced
                + ", X''), X'FF', ";
    return "CASE WHEN "
        + name
        + " IS NULL THEN NULL WHEN "
        + survives
        + " THEN "
        + utf8(name)
        + " ELSE COALESCE(CONCAT("
        + parts
        + bytes(name)
        + "), X'FF') END";
  }

  /**
   * The condition that a text of a character set that the server has to convert survives that; may
   * be NULL for one that does not.
   */
  public static String survives(String column, @Nullable String charset) {
    return survivesIn(column, plain(charset));
  }

  private static String survivesIn(String name, String charset) {
    String same =
        bytes("CONVERT(CONVERT(" + name + " USING utf8mb4) USING " + charset + ")")
            + " = "
            + bytes(name);
    if (!NOT_ONE_TO_ONE.contains(charset)) {
      return same;
    }
    String replaced = replaced(name, charset);
    // U+FFFD is what some tables of the server have for what they don't know.
    return same
        + " OR (INSTR("
        + replaced
        + ", X'3F') = 0 AND INSTR("
        + replaced
        + ", X'EFBFBD') = 0)";
  }

  /** The text as converted, with the byte 01 for its own question marks, and one behind it. */
  private static String replaced(String name, String charset) {
    String one = "_" + charset + " X'01'";
    return utf8("CONCAT(REPLACE(" + name + ", '?', " + one + "), " + one + ")");
  }

  private static String utf8(String text) {
    return bytes("CONVERT(" + text + " USING utf8mb4)");
  }

  /** The name goes into the statement as it is. */
  private static String plain(@Nullable String charset) {
    String name = Objects.requireNonNull(charset);
    if (!name.matches("[A-Za-z0-9_]+")) {
      throw new IllegalArgumentException("character set " + name);
    }
    return name;
  }
}
