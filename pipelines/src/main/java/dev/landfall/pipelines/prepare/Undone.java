package dev.landfall.pipelines.prepare;

import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.model.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * What {@link Reset} takes away, for whoever looks at the target as it will be then.
 *
 * @param dropped tables and views
 * @param emptied tables of the user's own
 * @param types enum types
 */
record Undone(Set<TableName> dropped, Set<TableName> emptied, Set<TableName> types) {
  static final Undone NOTHING = new Undone(Set.of(), Set.of(), Set.of());

  /** All that a migration made and filled. */
  static Undone of(Connection connection, MigrationLedger.Fixed fixed) throws SQLException {
    return new Undone(
        fixed.made().isEmpty()
            ? Set.of()
            : Begun.both(fixed.made(), Reset.viewsOn(connection, fixed.made())),
        fixed.existing(),
        fixed.types());
  }

  /** The target as if it were done. */
  TargetCatalog in(TargetCatalog target) {
    return target.without(dropped).emptied(emptied);
  }
}
