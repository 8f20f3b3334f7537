package dev.landfall.pipelines;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.schema.TableName;
import dev.landfall.transforms.schema.TargetCatalog;
import dev.landfall.transforms.sql.DdlSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes a migration back to before its first step, all or nothing: drops the tables that it made,
 * empties the user's own that were empty then, and forgets its ledger.
 */
final class Reset {
  private final Connection connection;
  private final String name;
  private final boolean appended;

  /**
   * @param appended whether rows were added to tables that had some: then those tables keep all of
   *     theirs, since nobody can tell them apart
   */
  Reset(Connection connection, String name, boolean appended) {
    this.connection = connection;
    this.name = name;
    this.appended = appended;
  }

  void run() throws SQLException {
    MigrationLedger ledger = new MigrationLedger(connection, name);
    Optional<MigrationLedger.Fixed> fixed = ledger.fixed();
    if (fixed.isEmpty()) {
      return;
    }
    connection.setAutoCommit(false);
    if (!ledger.tryLock()) {
      throw new MigrationException(
          Kind.HELD,
          "Migration \""
              + name
              + "\" is held by another run: "
              + ledger.holder()
              + ". Stop it before beginning anew.");
    }
    Set<TableName> made = present(fixed.get().made());
    Set<TableName> existing = appended ? Set.of() : present(fixed.get().existing());
    try (Statement statement = connection.createStatement()) {
      if (!made.isEmpty()) {
        statement.execute(DdlSql.drop(made));
      }
      if (!existing.isEmpty()) {
        statement.execute(DdlSql.truncate(existing));
      }
    }
    ledger.forget();
    connection.commit();
  }

  private Set<TableName> present(Collection<TableName> names) throws SQLException {
    TargetCatalog catalog = TargetCatalog.read(connection, names);
    return names.stream()
        .filter(name -> catalog.table(name).isPresent())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
