package dev.landfall.runners.view;

import dev.landfall.pipelines.api.Difference;

/** Rows that differ. */
public final class Differences {
  private Differences() {}

  /** How many rows differ, without the sentence's end. */
  public static String differ(long rows) {
    return Numbers.count(rows, "row") + (rows == 1 ? " differs" : " differ");
  }

  /** What there is of a column's values: one where only one side has the row. */
  public static String values(Difference.Kind kind, String source, String between, String target) {
    return switch (kind) {
      case MISSING -> source;
      case EXTRA -> target;
      case CHANGED -> source + between + target;
    };
  }

  /** How many went away meanwhile. */
  public static String settled(long differences) {
    return Numbers.count(differences, "difference")
        + (differences == 1 ? " was" : " were")
        + " none any more when looked at again.";
  }
}
