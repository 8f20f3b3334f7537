package dev.landfall.transforms.translate;

/**
 * A word of MySQL's SQL.
 *
 * @param kind what it is
 * @param text its value: a name without backticks, a text without quotes and escapes, the digits of
 *     a hexadecimal literal; a word in lower case
 */
record Token(Kind kind, String text) {
  enum Kind {
    /** A key word, a function's name. */
    WORD,
    /** A name in backticks. */
    NAME,
    TEXT,
    NUMBER,
    HEX,
    SIGN,
    END
  }

  static final Token LAST = new Token(Kind.END, "");

  boolean is(String word) {
    return (kind == Kind.WORD || kind == Kind.SIGN) && text.equals(word);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case WORD, NUMBER, SIGN -> text;
      case NAME -> "`" + text + "`";
      case TEXT -> "'" + text + "'";
      case HEX -> "0x" + text;
      case END -> "the end";
    };
  }
}
