package dev.landfall.pipelines.spec.shape;

import org.jspecify.annotations.Nullable;

/**
 * A key of a map of the spec.
 *
 * @param description what it is for, in a line: editors show it
 * @param otherwise what holds without the key, as a spec would say it; null where nothing does
 * @param needed whether it has to be there
 * @param missing what is said where it is not there, behind its name; null if a reader says it
 */
public record Key(
    String name,
    Shape shape,
    String description,
    @Nullable Object otherwise,
    boolean needed,
    @Nullable String missing) {
  /** A key that may be there. */
  public static Key key(String name, Shape shape, String description) {
    return new Key(name, shape, description, null, false, null);
  }

  /** The same with what holds without it. */
  public Key otherwise(Object value) {
    return new Key(name, shape, description, value, needed, missing);
  }

  /** The same that has to be there; whoever reads it says so where it is not. */
  public Key required() {
    return new Key(name, shape, description, otherwise, true, null);
  }

  /**
   * The same that has to be there.
   *
   * @param what what is missing, as the message says it
   */
  public Key required(String what) {
    return new Key(name, shape, description, otherwise, true, " is missing: " + what);
  }
}
