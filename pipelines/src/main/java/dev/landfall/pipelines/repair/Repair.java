package dev.landfall.pipelines.repair;

import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.checksum.LookUp;
import dev.landfall.pipelines.repair.RepairLedger.KeyName;
import dev.landfall.pipelines.repair.RepairLedger.Verified;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.refresh.CopyRefresh;
import dev.landfall.transforms.refresh.KeyBatch;
import dev.landfall.transforms.refresh.KeyRefresh;
import dev.landfall.transforms.refresh.RefreshedKey;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import dev.landfall.transforms.refresh.RowKey;
import dev.landfall.validation.match.KeyedComparison;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found, as keys to refresh: which they are, what would become of them, and
 * whether both sides agree on them.
 */
final class Repair {
  private final ConnectionSettings source;
  private final MigrationKey verification;
  private final Mapping mapping;
  private final Verified verified;
  private final RepairRequest request;
  private final RepairKeys keys;

  /**
   * A repair of the keys of a verification.
   *
   * @throws MigrationException of kind USAGE when the request names a table that there is not
   */
  Repair(
      ConnectionSettings source,
      MigrationKey verification,
      Mapping mapping,
      Verified verified,
      RepairRequest request)
      throws SQLException {
    this.source = source;
    this.verification = verification;
    this.mapping = mapping;
    this.verified = verified;
    this.request = request;
    this.keys = new RepairKeys(verification, mapping, verified, request);
  }

  Mapping mapping() {
    return mapping;
  }

  Verified verified() {
    return verified;
  }

  RepairRequest request() {
    return request;
  }

  RepairKeys keys() {
    return keys;
  }

  /** What would become of each key at this moment; changes nothing. */
  RepairReport look() throws SQLException {
    Map<KeyName, RefreshedKey> seen = new LinkedHashMap<>();
    try (Connection from = Pools.of(source, Pools.Use.GENERAL).getConnection()) {
      keys.find(from, name -> true, rows -> {});
    }
    keys.impossible().forEach(key -> seen.put(KeyName.of(key), key));
    KeyRefresh refresh = new KeyRefresh(mapping, verification, verification.run());
    try (Connection from = Pools.of(source, Pools.Use.GENERAL).getConnection();
        Connection to = Pools.of(verification.target(), Pools.Use.GENERAL).getConnection()) {
      for (TargetPosition table : keys.tables()) {
        for (KeyBatch batch : keys.batches(table, name -> true, request.deleteExtra())) {
          for (RefreshedKey key : refresh.look(from, to, batch)) {
            seen.put(KeyName.of(key), judged(key));
          }
        }
      }
    }
    for (RefreshedKey row : lookAtCopies(name -> true)) {
      seen.put(KeyName.of(row), row);
    }
    boolean nothing = seen.values().stream().allMatch(k -> k.action() == Action.UNCHANGED);
    return report(seen.values(), false, nothing && !keys.isNameless());
  }

  /**
   * A key of a rejected row that neither side has now: nothing shows that the row is gone from the
   * source, so nobody may call it settled.
   */
  private RefreshedKey judged(RefreshedKey key) {
    String rejection = keys.rejection(KeyName.of(key));
    boolean nowhere = key.action() == Action.UNCHANGED && key.before() == null;
    return rejection == null || !nowhere
        ? key
        : new RefreshedKey(key.position(), key.key(), Action.FAILED, null, null, rejection);
  }

  private List<RefreshedKey> lookAtCopies(Predicate<KeyName> among) throws SQLException {
    List<RefreshedKey> seen = new ArrayList<>();
    try (Connection from = Pools.of(source, Pools.Use.GENERAL).getConnection();
        Connection to = Pools.of(verification.target(), Pools.Use.GENERAL).getConnection()) {
      for (Map.Entry<TargetPosition, List<List<@Nullable String>>> table :
          keys.copies(among).entrySet()) {
        seen.addAll(
            new CopyRefresh(mapping, table.getKey(), verification, verification.run())
                .look(from, to, table.getValue(), request.deleteExtra()));
      }
    }
    return seen;
  }

  /** Those of some keys on which both sides do not agree at this moment. */
  List<KeyName> unsettled(Predicate<KeyName> among) throws SQLException {
    List<KeyName> unsettled = new ArrayList<>();
    try (Connection from = Pools.of(source, Pools.Use.GENERAL).getConnection();
        Connection to = Pools.of(verification.target(), Pools.Use.GENERAL).getConnection()) {
      for (TargetPosition position : keys.tables()) {
        List<RowKey> asked = keys.refreshable(position, among);
        List<KeyedComparison.@Nullable State> states =
            LookUp.of(mapping, new TableKey(position.table(), position.target()))
                .states(asked, from, to);
        for (int i = 0; i < states.size(); i++) {
          KeyedComparison.State state = states.get(i);
          KeyName name =
              new KeyName(position, mapping.target(position).named(asked.get(i).target()));
          boolean settled = state != null && state.settled();
          boolean gone = state != null && state.counts().equals(RowCounts.NONE);
          if (!settled || (gone && keys.isRejected(name))) {
            unsettled.add(name);
          }
        }
      }
    }
    for (RefreshedKey row : lookAtCopies(among)) {
      if (row.action() != Action.UNCHANGED) {
        unsettled.add(KeyName.of(row));
      }
    }
    return unsettled;
  }

  /** The report of what became of keys. */
  RepairReport report(
      Collection<RefreshedKey> outcomes, boolean executed, boolean equal, String... warnings) {
    List<RepairReport.Table> tables = new ArrayList<>();
    for (Map.Entry<TargetPosition, Long> entry : keys.named().entrySet()) {
      TargetPosition position = entry.getKey();
      long counted = keys.counted(position);
      Map<Action, Long> counts = RepairTables.counts(position, outcomes);
      if (counted > 0 || !counts.isEmpty()) {
        tables.add(
            new RepairReport.Table(
                mapping.table(position.table()).source().name().toString(),
                mapping.target(position).name().toString(),
                counts,
                Math.max(0, counted - entry.getValue()),
                RepairTables.statements(mapping.target(position), counts)));
      }
    }
    List<RepairReport.Key> reported = new ArrayList<>();
    for (RefreshedKey key : outcomes) {
      if (keys.named().containsKey(key.position())) {
        reported.add(RepairTables.key(mapping.target(key.position()), key));
      }
    }
    List<String> all = RepairTables.warnings(verified);
    Collections.addAll(all, warnings);
    return new RepairReport(executed, equal, verified.finished(), tables, reported, all);
  }

  /** A failure of a database that ends a repair. */
  static MigrationException failed(SQLException e) {
    return new MigrationException(
        MigrationException.Kind.FAILED,
        "The repair failed: "
            + e.getMessage()
            + " (SQLState "
            + e.getSQLState()
            + "). Keys that were refreshed are committed: remove the cause and run the same command"
            + " again.",
        e);
  }
}
