package dev.landfall.transforms.model;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A half-open range of a key in the order of the database that has it: start inclusive, end
 * exclusive, null open. Bounds are tuples of the key's columns in text form; they are never
 * compared in Java, because only the database knows its collations.
 *
 * @param start the first key in the range, null for the very first
 * @param end the first key behind the range, null when nothing is behind it
 */
public record KeyRange(@Nullable List<String> start, @Nullable List<String> end)
    implements Serializable {
  /** The range of all keys. */
  public static final KeyRange ALL = new KeyRange(null, null);

  public KeyRange {
    start = start == null ? null : List.copyOf(start);
    end = end == null ? null : List.copyOf(end);
    if (start != null && end != null && start.size() != end.size()) {
      throw new IllegalArgumentException("bounds of different widths: " + start + ", " + end);
    }
  }

  @Override
  public String toString() {
    return "[" + (start == null ? "-∞" : start) + ", " + (end == null ? "∞" : end) + ")";
  }
}
