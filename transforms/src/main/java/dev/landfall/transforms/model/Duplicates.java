package dev.landfall.transforms.model;

import dev.landfall.transforms.compute.Winners;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of rows that are one to a target: it has one of them, and what refers to the others
 * refers to that.
 *
 * @param by the target's columns in which such rows have the same texts, none of them NULL
 * @param keep which of them the target has
 * @param column the target's column whose value decides, with {@link Keep#HIGHEST} and {@link
 *     Keep#LOWEST}; NULL is behind all others, and among equals the first row wins
 * @param winners what was settled
 */
public record Duplicates(List<String> by, Keep keep, @Nullable String column, Winners winners)
    implements Serializable {
  /** Which row a target has of those that are one to it. */
  public enum Keep {
    /** The first: by the order of the writers, and the source's key in each. */
    FIRST,
    /** The last by the same order. */
    LAST,
    /** That with the highest value of a column. */
    HIGHEST,
    /** That with the lowest value of a column. */
    LOWEST
  }

  public Duplicates {
    by = List.copyOf(by);
    if ((column != null) != (keep == Keep.HIGHEST || keep == Keep.LOWEST)) {
      throw new IllegalArgumentException(keep + " " + column);
    }
  }

  /** The rule for a person: {@code one row for each email: the highest updated_at}. */
  public String words() {
    String word = keep.name().toLowerCase(Locale.ROOT);
    return "one row for each "
        + String.join(", ", by)
        + ": the "
        + (column == null ? word : word + " " + column);
  }
}
