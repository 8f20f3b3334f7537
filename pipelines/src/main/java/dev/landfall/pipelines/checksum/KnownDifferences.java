package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.ledger.KnownLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.validation.match.KeyIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    KnownLedger ledger = new KnownLedger(connection, migration);
    Batch batch = new Batch();
    ledger.each(
        AT_ONCE,
        (id, table, key) -> {
          batch.ids.add(id);
          batch.hashes.add(identity(table).of(key));
          if (batch.ids.size() == AT_ONCE) {
            batch.keep(ledger);
          }
        });
    batch.keep(ledger);
    if (everyRow) {
      ledger.forgetGone();
    }
    return ledger.countNew();
  }

  /** Differences by their ids and the identities of their keys. */
  private static final class Batch {
    final List<Long> ids = new ArrayList<>();
    final List<byte[]> hashes = new ArrayList<>();

    void keep(KnownLedger ledger) throws SQLException {
      ledger.keep(ids, hashes);
      ids.clear();
      hashes.clear();
    }
  }

  private KeyIdentity identity(String table) {
    return identities.computeIfAbsent(
        table, name -> new KeyIdentity(java.util.Objects.requireNonNull(tables.get(name), name)));
  }
}
