package dev.landfall.pipelines.spec.shape;

import java.util.List;

/**
 * What one key of a map means for others of it.
 *
 * @param when where it holds
 * @param others one of which must be there then, or none
 * @param there whether one must be there
 * @param place where the mistake is shown
 * @param what what is said of it; {@code %s} stands for the other key
 */
public record Clause(When when, List<When> others, boolean there, Place place, String what) {
  /** Where a mistake is shown. */
  public enum Place {
    /** At the map. */
    MAP,
    /** At the value of the key that it holds for, once. */
    KEY,
    /** At the values of the others. */
    OTHER
  }

  public Clause {
    others = List.copyOf(others);
  }

  /** What is said of another key. */
  public String what(When other) {
    return what.formatted(other.key());
  }
}
