package dev.landfall.transforms.compute;

/**
 * A value can't be made of a row's values: the row becomes a reject. It has no stack trace, since
 * there may be one for every row.
 */
public final class UnfitException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason for a person, one sentence without a full stop; names values, not rows
   */
  public UnfitException(String reason) {
    super(reason, null, false, false);
  }

  /** What was wrong. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
