package dev.landfall.transforms.schema;

/**
 * A constraint that rows of the source break, as MySQL lets them in with its checks off, or with a
 * constraint that was added later.
 *
 * @param table the target's table
 * @param constraint the constraint's name
 * @param rows how many rows break it
 * @param made whether it is there, for new rows; PostgreSQL below 18 has no such foreign key on a
 *     partitioned table
 * @param query the query that counts those rows
 */
public record Unproved(TableName table, String constraint, long rows, boolean made, String query) {
  /** What a person should know, and do. */
  @Override
  public String toString() {
    return table
        + ": "
        + constraint
        + (made
            ? " holds for new rows only (NOT VALID): "
            : " is left out: PostgreSQL can't make it for new rows only, and ")
        + rows
        + (rows == 1 ? " row breaks" : " rows break")
        + " it, in the source as well. Count them with: "
        + query.replaceAll("\\s+", " ")
        + (made ? "; once they are mended, ALTER TABLE … VALIDATE CONSTRAINT proves it" : "");
  }
}
