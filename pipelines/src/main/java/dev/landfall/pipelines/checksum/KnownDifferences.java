package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.ReconciliationSql;
import dev.landfall.validation.difference.KeyIdentity;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which differences are known. One is new when the look before this one at the same key did not
 * find it, so one that went away and comes back is new again. A table that is compared in slices
 * forgets what went away when a pass has come to the table's end.
 */
public final class KnownDifferences {
  private static final int AT_ONCE = 1_000;

  private final MigrationKey migration;
  private final Map<String, TargetTable> tables = new HashMap<>();
  private final Map<String, KeyIdentity> identities = new HashMap<>();

  /** The known differences of that migration, for that run. */
  public KnownDifferences(MigrationKey migration, Mapping mapping) {
    this.migration = migration;
    mapping
        .targets()
        .forEach(t -> tables.put(mapping.target(t).name().toString(), mapping.target(t)));
  }

  /**
   * Says which of the run's differences are new and keeps all, as part of the connection's
   * transaction. Behind the verdicts.
   *
   * @param everyRow whether the run looked at every row, so that what it did not find is gone
   * @return how many are new; those that are not named count by how many more a table has than
   *     before
   */
  public long update(Connection connection, boolean everyRow) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(ReconciliationSql.DIFFERENCE_KEYS)) {
      select.setLong(1, migration.run());
      select.setFetchSize(AT_ONCE);
      try (ResultSet row = select.executeQuery()) {
        Batch batch = new Batch();
        boolean more = row.next();
        while (more) {
          long id = row.getLong(1);
          String table = row.getString(2);
          Map<String, @Nullable String> key = new HashMap<>();
          do {
            key.put(row.getString(3), row.getString(4));
            more = row.next();
          } while (more && row.getLong(1) == id);
          batch.ids.add(id);
          batch.hashes.add(identity(table).of(key));
          if (batch.ids.size() == AT_ONCE || !more) {
            keep(connection, batch);
            batch = new Batch();
          }
        }
      }
    }
    try (PreparedStatement forget = connection.prepareStatement(ReconciliationSql.FORGET_GONE);
        PreparedStatement count = connection.prepareStatement(ReconciliationSql.COUNT_NEW)) {
      if (everyRow) {
        forget.setLong(1, migration.run());
        forget.executeUpdate();
      }
      count.setLong(1, migration.run());
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Differences by their ids and the identities of their keys. */
  private static final class Batch {
    final List<Long> ids = new ArrayList<>();
    final List<byte[]> hashes = new ArrayList<>();
  }

  private void keep(Connection connection, Batch batch) throws SQLException {
    Array ids = connection.createArrayOf("bigint", batch.ids.toArray());
    Array hashes = connection.createArrayOf("bytea", batch.hashes.toArray(new byte[0][]));
    try (PreparedStatement mark = connection.prepareStatement(ReconciliationSql.MARK_NEW);
        PreparedStatement keep = connection.prepareStatement(ReconciliationSql.KEEP_KNOWN)) {
      mark.setArray(1, ids);
      mark.setArray(2, hashes);
      mark.setLong(3, migration.run());
      mark.setString(4, migration.name());
      mark.setLong(5, migration.run());
      mark.executeUpdate();
      keep.setString(1, migration.name());
      keep.setLong(2, migration.run());
      keep.setLong(3, migration.run());
      keep.setArray(4, ids);
      keep.setArray(5, hashes);
      keep.executeUpdate();
    }
  }

  private KeyIdentity identity(String table) {
    return identities.computeIfAbsent(
        table, name -> new KeyIdentity(java.util.Objects.requireNonNull(tables.get(name), name)));
  }
}
