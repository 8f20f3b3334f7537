package dev.landfall.transforms.load;

import java.io.Serializable;

/**
 * How many rejects a run bears.
 *
 * @param share of all rows of the migration, planned or read; 0.001 is 0.1 %
 * @param rows that are always borne, whatever the share says
 */
public record RejectLimit(double share, long rows) implements Serializable {
  /** 0.1 %, and ten rows also in a small database, where one bad row would be more. */
  public static final RejectLimit DEFAULT = new RejectLimit(0.001, 10);

  public RejectLimit {
    if (!(share >= 0 && share <= 1) || rows < 0) {
      throw new IllegalArgumentException("reject limit " + share + ", " + rows);
    }
  }

  /** Whether so many rejects of so many rows are too many. */
  public boolean exceededBy(long rejects, long total) {
    return rejects > allowed(total);
  }

  /** How many rejects of so many rows are borne. */
  public long allowed(long total) {
    return Math.max(rows, (long) Math.floor(share * total));
  }
}
