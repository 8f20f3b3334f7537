package dev.landfall.pipelines.prepare;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.ledger.ActivityLock;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.ledger.SnapshotReader;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.DdlSql;
import dev.landfall.transforms.sql.PresentSql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a migration back to before its first step, all or nothing: drops the tables and types that
 * it made with their views, empties the user's own that were empty then, and forgets its ledger but
 * for its history. Refuses where rows were added to tables that had some: nobody can tell them
 * apart.
 */
public final class Reset {
  private static final Logger LOG = LoggerFactory.getLogger(Reset.class);

  private final Connection connection;
  private final String name;

  public Reset(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /**
   * Changes nothing.
   *
   * @throws MigrationException where it would refuse
   */
  public void check() throws SQLException {
    Optional<MigrationLedger.Fixed> fixed = new MigrationLedger(connection, name).fixed();
    if (fixed.isPresent()) {
      requireNothingAdded(fixed.get().appended());
    }
  }

  public void run() throws SQLException {
    MigrationLedger ledger = new MigrationLedger(connection, name);
    Optional<MigrationLedger.Fixed> fixed = ledger.fixed();
    if (fixed.isEmpty()) {
      return;
    }
    requireNothingAdded(fixed.get().appended());
    ledger.install();
    ActivityLock lock = ActivityLock.ofAll(connection, name);
    if (!lock.tryLock()) {
      throw new MigrationException(
          Kind.HELD,
          "Migration \""
              + name
              + "\" is held by another run: "
              + lock.holder()
              + ". Stop it before beginning anew.");
    }
    connection.setAutoCommit(false);
    Set<TableName> made = present(fixed.get().made());
    Set<TableName> existing = present(fixed.get().existing());
    Set<TableName> views = made.isEmpty() ? Set.of() : viewsOn(connection, made);
    try (Statement statement = connection.createStatement()) {
      if (!made.isEmpty()) {
        if (!views.isEmpty()) {
          statement.execute(DdlSql.dropViews(views));
        }
        statement.execute(DdlSql.drop(made));
      }
      if (!fixed.get().types().isEmpty()) {
        statement.execute(DdlSql.dropTypes(fixed.get().types()));
      }
      if (!existing.isEmpty()) {
        statement.execute(DdlSql.truncate(existing));
      }
    }
    ledger.forget();
    connection.commit();
    lock.unlock();
    LOG.info(
        "migration {} is begun anew: tables dropped: {}; views dropped: {}; types dropped: {};"
            + " tables emptied: {}",
        name,
        listed(made),
        listed(views),
        listed(fixed.get().types()),
        listed(existing));
  }

  private static String listed(Set<TableName> names) {
    return names.isEmpty()
        ? "none"
        : names.stream().map(TableName::toString).sorted().collect(Collectors.joining(", "));
  }

  private void requireNothingAdded(Set<TableName> appended) throws SQLException {
    Set<String> loaded = SnapshotReader.read(connection, name).loadedTargets();
    List<String> added =
        appended.stream().map(TableName::toString).filter(loaded::contains).sorted().toList();
    if (!added.isEmpty()) {
      throw new MigrationException(
          Kind.USAGE,
          "Migration \""
              + name
              + "\" added rows to tables that had rows of their own: "
              + String.join(", ", added)
              + ". Nobody can tell them apart, so --restart can't take them back; nothing was"
              + " touched. Remove the added rows yourself and give the spec another name.");
    }
  }

  /** The views that migrations made on tables. */
  public static Set<TableName> viewsOn(Connection connection, Set<TableName> tables)
      throws SQLException {
    Set<TableName> views = new LinkedHashSet<>();
    try (PreparedStatement query = connection.prepareStatement(PresentSql.viewsMadeOn())) {
      query.setArray(1, array(connection, tables.stream().map(TableName::schema)));
      query.setArray(2, array(connection, tables.stream().map(TableName::table)));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          views.add(new TableName(row.getString("schema"), row.getString("name")));
        }
      }
    }
    return views;
  }

  private static Array array(Connection connection, Stream<String> values) throws SQLException {
    return connection.createArrayOf("text", values.toArray());
  }

  private Set<TableName> present(Collection<TableName> names) throws SQLException {
    TargetCatalog catalog = TargetCatalog.read(connection, names);
    return names.stream()
        .filter(name -> catalog.table(name).isPresent())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
