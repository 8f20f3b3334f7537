package dev.landfall.validation.result;

import java.io.Serializable;

/**
 * How many rows of a table, or a piece of one, were found to be what. Adds up.
 *
 * @param sourceRows rows on the source's side, as mapped to the target table
 * @param targetRows rows in the target
 * @param matched rows that are equal on both sides
 * @param changed rows with the same key and different values
 * @param missing rows of the source that the target does not have
 * @param extra rows of the target that the source does not have
 */
public record RowCounts(
    long sourceRows, long targetRows, long matched, long changed, long missing, long extra)
    implements Serializable {
  /** Of no rows. */
  public static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0, 0);

  public RowCounts {
    if (matched < 0 || changed < 0 || missing < 0 || extra < 0) {
      throw new IllegalArgumentException(
          "counts below 0: matched %d, changed %d, missing %d, extra %d"
              .formatted(matched, changed, missing, extra));
    }
    if (sourceRows != matched + changed + missing || targetRows != matched + changed + extra) {
      throw new IllegalArgumentException(
          "counts that do not add up: source %d, target %d, matched %d, changed %d, missing %d, extra %d"
              .formatted(sourceRows, targetRows, matched, changed, missing, extra));
    }
  }

  /** From what was found. */
  public static RowCounts of(long matched, long changed, long missing, long extra) {
    return new RowCounts(
        matched + changed + missing, matched + changed + extra, matched, changed, missing, extra);
  }

  /** Rows that are all equal. */
  public static RowCounts matched(long rows) {
    return of(rows, 0, 0, 0);
  }

  /** Of both together. */
  public RowCounts plus(RowCounts other) {
    return of(
        matched + other.matched,
        changed + other.changed,
        missing + other.missing,
        extra + other.extra);
  }

  /** Whether both sides have the same rows. */
  public boolean equal() {
    return changed == 0 && missing == 0 && extra == 0;
  }
}
