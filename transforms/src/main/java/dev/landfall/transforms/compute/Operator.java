package dev.landfall.transforms.compute;

import dev.landfall.transforms.types.PgText;
import dev.landfall.transforms.types.PgType;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes a value into another one, knowing nothing but the value: a step behind a {@link Formula}.
 * A class for each, and a line in the spec's reader. Two are equal when a spec writes them alike.
 * May be used by many threads.
 */
public abstract class Operator implements Serializable {
  private static final long serialVersionUID = 1L;

  /** As the spec writes it: {@code trim}, <code>{normalize: NFC}</code>. Without secrets. */
  public abstract String written();

  /**
   * The type of what it makes of values of a type; empty where it can do nothing with those. Most
   * take and make texts.
   */
  public Optional<PgType> type(PgType input) {
    return input instanceof PgText ? Optional.of(TEXT) : Optional.empty();
  }

  /** Text of any length. */
  public static final PgType TEXT = PgType.parse("text");

  /**
   * The same for values of a type that it takes, where it has to know that.
   *
   * @param output the type that what it makes becomes; null where no one said
   * @param mistakes is told a part of it as the spec writes that, and what is wrong there
   */
  public Operator fit(PgType input, @Nullable PgType output, BiConsumer<String, String> mistakes) {
    return this;
  }

  /**
   * The value that it makes, null for NULL.
   *
   * @param value in PostgreSQL's text form, null for NULL
   * @throws UnfitException when there is none
   */
  public abstract @Nullable String apply(@Nullable String value) throws UnfitException;

  /** Whether it may make NULL of what is not NULL, or something of NULL. */
  public boolean nullable(boolean input) {
    return input;
  }

  /**
   * What becomes of values that it has nothing for, as a mapping sheet says it: {@code values that
   * the map lacks: refuse}; empty where there are none.
   */
  public String policy() {
    return "";
  }

  /** Whether the value can be told from what is made of it. */
  public Undo undo() {
    return Undo.NONE;
  }

  /** Whether it is there so that nobody sees the value. */
  public boolean hides() {
    return false;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof Operator that
        && getClass() == that.getClass()
        && written().equals(that.written());
  }

  @Override
  public final int hashCode() {
    return written().hashCode();
  }

  @Override
  public final String toString() {
    return written();
  }
}
