package dev.landfall.transforms.expr;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A text is no expression, or none over the columns that there are. */
public final class ExpressionMistake extends Exception {
  private static final long serialVersionUID = 1L;

  private final String text;
  private final int offset;
  private final @Nullable String unknown;

  ExpressionMistake(String text, int offset, String message) {
    this(text, offset, message, null);
  }

  /**
   * @param unknown the name that no column has, when that is the mistake
   */
  ExpressionMistake(String text, int offset, String message, @Nullable String unknown) {
    super(message);
    this.text = text;
    this.offset = Math.max(0, Math.min(offset, text.length()));
    this.unknown = unknown;
  }

  /** What is wrong and what would do, for a person: one sentence without a full stop. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** Where in the text it is, from 0 in UTF-16 units; the length of the text at its end. */
  public int offset() {
    return offset;
  }

  /** The line of the text, from 1. */
  public int line() {
    return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
  }

  /** The character of the line, from 1. */
  public int column() {
    return 1 + text.codePointCount(lineStart(), offset);
  }

  /** The name that no column has, when that is the mistake: the caller knows the nearest one. */
  public Optional<String> unknown() {
    return Optional.ofNullable(unknown);
  }

  /** The line of the text, and a line with a caret under the place. */
  public String shown() {
    int end = text.indexOf('\n', offset);
    String line = text.substring(lineStart(), end < 0 ? text.length() : end).replace('\t', ' ');
    return line + "\n" + " ".repeat(column() - 1) + "^";
  }

  private int lineStart() {
    return text.lastIndexOf('\n', offset - 1) + 1;
  }
}
