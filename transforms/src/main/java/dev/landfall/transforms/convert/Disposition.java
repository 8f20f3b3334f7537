package dev.landfall.transforms.convert;

/** The rows of a batch in which a rule changed a column's value, or let it pass and counted it. */
public final class Disposition {
  private final int target;
  private final String column;
  private final String rule;
  private final int[] rows;

  Disposition(int target, String column, String rule, int[] rows) {
    this.target = target;
    this.column = column;
    this.rule = rule;
    this.rows = rows;
  }

  /** Position of the target table in the table's mapping. */
  public int target() {
    return target;
  }

  /** The column as the source names it. */
  public String column() {
    return column;
  }

  /** The rule, in the words of the documentation: {@code zero date → NULL}. */
  public String rule() {
    return rule;
  }

  /** How many rows there are. */
  public int size() {
    return rows.length;
  }

  /** The row of {@link ConvertedBatch#source} in that place. */
  public int row(int place) {
    return rows[place];
  }
}
