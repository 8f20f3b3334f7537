package dev.landfall.pipelines.preflight;

import dev.landfall.transforms.MigrationException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks at all preconditions, so that a person learns at once of everything that is in the way. */
public final class Preflight {
  private static final List<Precondition> ALL =
      List.of(
          new WritableTarget(),
          new UnicodeTarget(),
          new LoadsUndisturbed(),
          new OwnedTables(),
          new MergedKeys(),
          new RepairRights());

  private Preflight() {}

  /**
   * Refuses to begin unless all is as it must be.
   *
   * @throws MigrationException of kind USAGE saying what is not
   * @throws SQLException when the target can't be asked
   */
  public static void require(Surroundings surroundings) throws SQLException {
    List<String> found = new ArrayList<>();
    for (Precondition precondition : ALL) {
      found.addAll(precondition.look(surroundings));
    }
    if (!found.isEmpty()) {
      throw new MigrationException(
          MigrationException.Kind.USAGE, String.join("\n", found) + "\nNothing was touched.");
    }
  }
}
