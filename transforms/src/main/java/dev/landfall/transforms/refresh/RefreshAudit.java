package dev.landfall.transforms.refresh;

import dev.landfall.transforms.ledger.JsonKeys;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.RepairSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what became of keys into {@code landfall.repair}, as part of the connection's transaction.
 * A key that a run could not refresh at first and then did has one row.
 */
public final class RefreshAudit {
  private final Connection connection;
  private final Mapping mapping;
  private final MigrationKey migration;
  private final @Nullable Long verification;

  /**
   * @param verification the run of the verification on whose behalf keys are refreshed, or null
   */
  public RefreshAudit(
      Connection connection, Mapping mapping, MigrationKey migration, @Nullable Long verification) {
    this.connection = connection;
    this.mapping = mapping;
    this.migration = migration;
    this.verification = verification;
  }

  /** Of how many keys a run has told what became of them: it only grows while it gets on. */
  public static long keys(Connection connection, long run) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(RepairSql.KEYS)) {
      select.setLong(1, run);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Adds a row for each. */
  public void add(List<RefreshedKey> keys) throws SQLException {
    try (PreparedStatement forget = connection.prepareStatement(RepairSql.FORGET);
        PreparedStatement insert = connection.prepareStatement(RepairSql.ADD)) {
      for (RefreshedKey key : keys) {
        TargetTable table = mapping.target(key.position());
        String json = JsonKeys.json(named(table, key.key()));
        forget.setLong(1, migration.run());
        forget.setString(2, table.name().toString());
        forget.setString(3, json);
        forget.addBatch();
        insert.setLong(1, migration.run());
        insert.setString(2, migration.name());
        if (verification == null) {
          insert.setNull(3, Types.BIGINT);
        } else {
          insert.setLong(3, verification);
        }
        insert.setInt(4, key.position().table());
        insert.setString(5, table.name().toString());
        insert.setString(6, json);
        insert.setString(7, key.action().name());
        insert.setString(8, key.before());
        insert.setString(9, key.after());
        insert.setString(10, key.reason() == null ? null : key.reason().replace("\0", "\\0"));
        insert.addBatch();
      }
      forget.executeBatch();
      insert.executeBatch();
    }
  }

  private static Map<String, @Nullable String> named(
      TargetTable table, List<@Nullable String> key) {
    // A row without a key is named by all of its values.
    List<String> names =
        table.key().isEmpty()
            ? table.columns().stream().map(ColumnMapping::name).toList()
            : table.key();
    Map<String, @Nullable String> named = new LinkedHashMap<>();
    for (int i = 0; i < key.size(); i++) {
      named.put(names.get(i), key.get(i));
    }
    return named;
  }
}
