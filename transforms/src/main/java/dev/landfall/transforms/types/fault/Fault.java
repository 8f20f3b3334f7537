package dev.landfall.transforms.types.fault;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A way to make another value of one. What becomes of it PostgreSQL decides: where it calls both
 * equal the change is a control, which must not be reported.
 *
 * @param name in the words of a report
 * @param change the other value's text
 */
public record Fault(String name, Change change) {
  /** Makes another value's text, null for NULL, of a text of the type. */
  @FunctionalInterface
  public interface Change {
    /** Another value, or null when there is no such fault of this one. */
    @Nullable Value of(@Nullable String text);
  }

  /**
   * A value.
   *
   * @param text as PostgreSQL reads it; null for NULL
   */
  public record Value(@Nullable String text) {}

  /**
   * A fault of values that are not NULL.
   *
   * @param change gives the other text, or null when there is none
   */
  public static Fault of(String name, UnaryOperator<@Nullable String> change) {
    return new Fault(
        name,
        text -> {
          String other = text == null ? null : change.apply(text);
          return other == null || other.equals(text) ? null : new Value(other);
        });
  }

  /** NULL in the place of texts. */
  public static Fault toNull(String name, Predicate<String> texts) {
    return new Fault(
        name, text -> text == null || !texts.test(text) ? null : new Value(/* text= */ null));
  }

  /** A text in the place of NULL. */
  public static Fault fromNull(String name, String value) {
    return new Fault(name, text -> text == null ? new Value(value) : null);
  }

  /**
   * A value that a column has to have for some faults to be possible.
   *
   * @param met whether a value is one
   * @param value one, as the source prints it
   */
  public record Need(Predicate<String> met, String value) {}
}
