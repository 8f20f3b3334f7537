package dev.landfall.transforms.ddl;

import dev.landfall.transforms.ddl.DdlStatement.Claim;
import dev.landfall.transforms.model.TableName;

/**
 * A constraint that rows of the target break: the source has such rows too, as MySQL lets them in
 * with its checks off or with a constraint that was added later, or lacks none of those that the
 * target lacks.
 *
 * @param table the target's table
 * @param claim the constraint
 * @param rows how many rows break it
 * @param made whether it is there, for new rows; PostgreSQL below 18 has no such foreign key on a
 *     partitioned table
 */
public record Unproved(TableName table, Claim claim, long rows, boolean made) {
  /** A constraint of a table, for events and for a person. */
  public static String name(TableName table, Claim claim) {
    return table + ": " + claim.name();
  }

  /**
   * What a person should know, and do.
   *
   * @param why why the rows are there, as the end of a sentence
   */
  public String text(String why) {
    return name(table, claim)
        + (made
            ? " holds for new rows only (NOT VALID): "
            : " is left out: PostgreSQL can't make it for new rows only, and ")
        + rows
        + (rows == 1 ? " row breaks" : " rows break")
        + " it"
        + why
        + ". Count them with: "
        + claim.breaking().replaceAll("\\s+", " ")
        + (made
            ? "; once none does, landfall repair --execute, or landfall migrate again, proves it"
            : "");
  }
}
