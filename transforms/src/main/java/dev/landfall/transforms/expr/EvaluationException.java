package dev.landfall.transforms.expr;

/**
 * An expression has no value for a row. It has no stack trace, since there may be one for every
 * row.
 */
public final class EvaluationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  EvaluationException(String reason) {
    this(reason, reason);
  }

  private EvaluationException(String message, String reason) {
    super(message, null, false, false);
    this.reason = reason;
  }

  /** The same, told with the expression and the values. */
  EvaluationException in(String text) {
    return new EvaluationException(text + ": " + reason, reason);
  }

  /** What was wrong, for a person, without the expression and the inputs: {@code division by 0}. */
  public String reason() {
    return reason;
  }
}
