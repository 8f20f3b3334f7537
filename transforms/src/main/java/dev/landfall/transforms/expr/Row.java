package dev.landfall.transforms.expr;

import org.jspecify.annotations.Nullable;

/** What one evaluation has in hand. */
final class Row {
  /** Elements of lists that one evaluation may look at, in loops within loops too. */
  private static final int MAX_STEPS = 100_000;

  private @Nullable String[] texts = {};
  private final @Nullable Object[] slots;
  private int steps;
  private long kept;

  /**
   * @param slots how many loops are within each other at most
   */
  Row(int slots) {
    this.slots = new @Nullable Object[slots];
  }

  /** The same for another row. */
  void begin(@Nullable String[] inputs) {
    texts = inputs;
    steps = 0;
    kept = 0;
  }

  /** The text of an input. */
  @Nullable String text(int input) {
    return texts[input];
  }

  /** The element that a loop is at. */
  @Nullable Object slot(int loop) {
    return slots[loop];
  }

  /** Goes on to a loop's next element. */
  void next(int loop, @Nullable Object element) throws EvaluationException {
    slots[loop] = element;
    steps++;
    if (steps > MAX_STEPS) {
      throw new EvaluationException("more than " + MAX_STEPS + " elements of lists to look at");
    }
  }

  /** Counts what a list that is made holds. */
  @Nullable Object kept(@Nullable Object element) throws EvaluationException {
    if (element instanceof String text) {
      kept += text.length();
      if (kept > Values.MAX_TEXT) {
        throw new EvaluationException(
            "lists of more than " + Values.MAX_TEXT + " characters together");
      }
    }
    return element;
  }
}
