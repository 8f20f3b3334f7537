package dev.landfall.transforms.refresh;

import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.ledger.JsonKeys;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RepairStatements;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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
    return Query.of(connection, RepairStatements.KEYS).bind("run", run).number();
  }

  /** Adds a row for each. */
  public void add(List<RefreshedKey> keys) throws SQLException {
    Query forget = Query.of(connection, RepairStatements.FORGET).bind("run", migration.run());
    Query insert =
        Query.of(connection, RepairStatements.ADD)
            .bind("run", migration.run())
            .bind("name", migration.name())
            .bind("verification", verification);
    for (RefreshedKey key : keys) {
      TargetTable table = mapping.target(key.position());
      String target = table.name().toString();
      String json = JsonKeys.json(key.key());
      forget.bind("target", target).bind("key", json).addBatch();
      insert
          .bind("table", key.position().table())
          .bind("target", target)
          .bind("key", json)
          .bind("action", key.action().name())
          .bind("before", key.before())
          .bind("after", key.after())
          .bind("reason", key.reason() == null ? null : key.reason().replace("\0", "\\0"))
          .addBatch();
    }
    forget.executeBatch();
    insert.executeBatch();
  }
}
