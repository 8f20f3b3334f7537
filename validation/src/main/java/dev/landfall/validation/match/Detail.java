package dev.landfall.validation.match;

/** How much is kept of each row that is looked at again. */
public enum Detail {
  /**
   * Its hashes, those of its columns, and the texts of its key: about 150 bytes a row of twelve
   * columns. A million rows on each side just fit 512 MiB of heap on the Direct runner.
   */
  KEYS_AND_COLUMNS(400_000),
  /**
   * Its hashes only, 24 bytes: enough to count exactly, not to name what differs. Two million rows
   * on each side, all different, need 250 MiB on the Direct runner.
   */
  COUNTS(2_000_000);

  private final int rowsPerRound;

  Detail(int rowsPerRound) {
    this.rowsPerRound = rowsPerRound;
  }

  /**
   * How many rows of a side to look at in one job on a runner that does not spill, so that it does
   * with half of 512 MiB.
   */
  public int rowsPerRound() {
    return rowsPerRound;
  }
}
