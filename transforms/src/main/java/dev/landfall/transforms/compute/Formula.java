package dev.landfall.transforms.compute;

import dev.landfall.transforms.types.PgType;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one value of some of a row's values, and of nothing else: the same inputs give the same
 * value at any time, in any process, for the load as for a comparison. Two are equal when they make
 * the same.
 */
public interface Formula extends Serializable {
  /** The type of what it makes. */
  PgType type();

  /** Whether it may make NULL of inputs, some of which may be NULL or none. */
  boolean nullable(List<Boolean> inputs);

  /**
   * What it does, as a mapping sheet says it: {@code first_name + ' ' + last_name}.
   *
   * @param inputs the source's columns, in order
   */
  String words(List<String> inputs);

  /**
   * What becomes of rows that it has nothing for, as a mapping sheet says it; empty where there are
   * none.
   */
  default String policy() {
    return "";
  }

  /** Whether the inputs can be told from what is made. */
  default Undo undo() {
    return Undo.NONE;
  }

  /** Makes values; for one thread. */
  Maker maker();

  /** Makes values, one after another. */
  @FunctionalInterface
  interface Maker {
    /**
     * The value, null for NULL.
     *
     * @param inputs in order, null for NULL; not kept
     * @throws UnfitException when there is none
     */
    @Nullable String make(@Nullable String[] inputs) throws UnfitException;

    /** Whether it wants to know beforehand what it will be asked for. */
    default boolean prepares() {
      return false;
    }

    /**
     * Tells of inputs that it will be asked for next, so that it finds out about all of them at
     * once.
     */
    default void prepare(List<@Nullable String[]> inputs) {}
  }
}
