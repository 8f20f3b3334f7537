package dev.landfall.pipelines.repair;

import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.checksum.FindingLedger;
import dev.landfall.pipelines.checksum.LookUp;
import dev.landfall.pipelines.repair.RepairLedger.KeyName;
import dev.landfall.pipelines.repair.RepairLedger.NamedTarget;
import dev.landfall.pipelines.repair.RepairLedger.Verified;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.refresh.CopyRefresh;
import dev.landfall.transforms.refresh.KeyBatch;
import dev.landfall.transforms.refresh.KeyLookup;
import dev.landfall.transforms.refresh.KeyRefresh;
import dev.landfall.transforms.refresh.RefreshedKey;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import dev.landfall.validation.canonical.HashedIdentity;
import dev.landfall.validation.difference.KeyedComparison;
import dev.landfall.validation.result.Difference;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found, as keys to refresh: which they are, what would become of them, and
 * whether both sides agree on them.
 */
public final class Repair {
  private final ConnectionSettings source;
  private final MigrationKey verification;
  private final Mapping mapping;
  private final Verified verified;
  private final RepairRequest request;

  /** Keys that can be refreshed, by target table in the mapping's order. */
  private final Map<TargetPosition, List<List<@Nullable String>>> keys = new LinkedHashMap<>();

  /** Rows of tables without a key that are to be there another number of times. */
  private final Map<TargetPosition, List<List<@Nullable String>>> copies = new LinkedHashMap<>();

  /** Those that can't, with the reason. */
  private final Map<KeyName, RefreshedKey> impossible = new LinkedHashMap<>();

  /**
   * Why rows were rejected, by their keys: such a key has the source's own text, which need not
   * find the row again.
   */
  private final Map<KeyName, String> rejected = new HashMap<>();

  private final Map<TargetPosition, Long> named = new LinkedHashMap<>();

  /**
   * A repair of the keys of a verification.
   *
   * @throws MigrationException of kind USAGE when the request names a table that there is not
   */
  public Repair(
      ConnectionSettings source,
      ConnectionSettings target,
      String name,
      Mapping mapping,
      Verified verified,
      RepairRequest request)
      throws SQLException {
    this.source = source;
    this.verification = new MigrationKey(target, name, verified.run());
    this.mapping = mapping;
    this.verified = verified;
    this.request = request;
    List<TargetPosition> wanted = RepairTables.wanted(mapping, request.tables());
    wanted.forEach(position -> named.put(position, 0L));
    for (Difference difference : new FindingLedger(verification, mapping).named()) {
      TargetPosition position = position(difference);
      if (wanted.contains(position)) {
        named.merge(position, difference.copies(), Long::sum);
        add(position, difference);
      }
    }
  }

  private TargetPosition position(Difference difference) {
    return mapping.targets().stream()
        .filter(
            p ->
                mapping.table(p.table()).source().name().equals(difference.table())
                    && mapping.target(p).name().equals(difference.targetTable()))
        .findFirst()
        .orElseThrow();
  }

  private void add(TargetPosition position, Difference difference) {
    TargetTable table = mapping.target(position);
    KeyName name = KeyName.of(position, table, difference.key());
    if (KeyRefresh.possible(mapping, position)) {
      keys.computeIfAbsent(position, p -> new ArrayList<>()).add(name.key());
      String reject = difference.reject();
      if (reject != null) {
        rejected.put(name, reject);
      }
      return;
    }
    if (table.key().isEmpty() && difference.reject() == null) {
      copies.computeIfAbsent(position, p -> new ArrayList<>()).add(name.key());
      return;
    }
    impossible.put(
        name,
        new RefreshedKey(
            position,
            name.key(),
            Action.FAILED,
            null,
            null,
            RepairTables.why(table, difference.reject())));
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

  /** The keys to refresh, by target table. */
  Map<TargetPosition, List<List<@Nullable String>>> keys() {
    return keys;
  }

  /** Some rows of tables without a key. */
  Map<TargetPosition, List<List<@Nullable String>>> copies(Predicate<KeyName> among) {
    Map<TargetPosition, List<List<@Nullable String>>> some = new LinkedHashMap<>();
    copies.forEach(
        (position, rows) -> {
          List<List<@Nullable String>> wanted =
              rows.stream().filter(row -> among.test(new KeyName(position, row))).toList();
          if (!wanted.isEmpty()) {
            some.put(position, wanted);
          }
        });
    return some;
  }

  /** The keys that can't be refreshed. */
  Collection<RefreshedKey> impossible() {
    return impossible.values();
  }

  /** Batches of keys of one target table. */
  List<KeyBatch> batches(
      TargetPosition position, List<? extends List<@Nullable String>> some, boolean deletes) {
    int size = KeyLookup.keysAtOnce(mapping.table(position.table()).source());
    List<KeyBatch> batches = new ArrayList<>();
    for (int from = 0; from < some.size(); from += size) {
      batches.add(
          new KeyBatch(
              position,
              new ArrayList<>(some.subList(from, Math.min(some.size(), from + size))),
              deletes));
    }
    return batches;
  }

  /** What would become of each key at this moment; changes nothing. */
  public RepairReport look() throws SQLException {
    Map<KeyName, RefreshedKey> seen = new LinkedHashMap<>(impossible);
    KeyRefresh refresh =
        new KeyRefresh(mapping, HashedIdentity::new, verification, verification.run());
    try (Connection from = Pools.of(source, Pools.Use.GENERAL).getConnection();
        Connection to = Pools.of(verification.target(), Pools.Use.GENERAL).getConnection()) {
      for (Map.Entry<TargetPosition, List<List<@Nullable String>>> table : keys.entrySet()) {
        for (KeyBatch batch : batches(table.getKey(), table.getValue(), request.deleteExtra())) {
          for (RefreshedKey key : refresh.look(from, to, batch)) {
            seen.put(new KeyName(key.position(), key.key()), judged(key));
          }
        }
      }
    }
    for (RefreshedKey row : lookAtCopies(name -> true)) {
      seen.put(new KeyName(row.position(), row.key()), row);
    }
    boolean nothing = seen.values().stream().allMatch(k -> k.action() == Action.UNCHANGED);
    return report(seen.values(), false, nothing && !isNameless());
  }

  /**
   * A key of a rejected row that neither side has now: nothing shows that the row is gone from the
   * source, so nobody may call it settled.
   */
  private RefreshedKey judged(RefreshedKey key) {
    String rejection = rejection(new KeyName(key.position(), key.key()));
    boolean nowhere = key.action() == Action.UNCHANGED && key.before() == null;
    return rejection == null || !nowhere
        ? key
        : new RefreshedKey(key.position(), key.key(), Action.FAILED, null, null, rejection);
  }

  /** Why the source's row with a key was rejected; null where it was not. */
  @Nullable String rejection(KeyName name) {
    String reject = rejected.get(name);
    return reject == null ? null : "the source's row was rejected: " + reject;
  }

  private List<RefreshedKey> lookAtCopies(Predicate<KeyName> among) throws SQLException {
    List<RefreshedKey> seen = new ArrayList<>();
    try (Connection from = Pools.of(source, Pools.Use.GENERAL).getConnection();
        Connection to = Pools.of(verification.target(), Pools.Use.GENERAL).getConnection()) {
      for (Map.Entry<TargetPosition, List<List<@Nullable String>>> table :
          copies(among).entrySet()) {
        seen.addAll(
            new CopyRefresh(
                    mapping, table.getKey(), HashedIdentity::new, verification, verification.run())
                .look(from, to, table.getValue(), request.deleteExtra()));
      }
    }
    return seen;
  }

  /** Whether there are differences and none of them is named. */
  boolean isNameless() {
    return keys.isEmpty()
        && copies.isEmpty()
        && impossible.isEmpty()
        && named.keySet().stream().anyMatch(position -> counted(position) > 0);
  }

  private long counted(TargetPosition position) {
    return verified
        .differences()
        .getOrDefault(
            new NamedTarget(position.table(), mapping.target(position).name().toString()), 0L);
  }

  /** Those of some keys on which both sides do not agree at this moment. */
  List<KeyName> unsettled(Predicate<KeyName> among) throws SQLException {
    List<KeyName> unsettled = new ArrayList<>();
    try (Connection from = Pools.of(source, Pools.Use.GENERAL).getConnection();
        Connection to = Pools.of(verification.target(), Pools.Use.GENERAL).getConnection()) {
      for (Map.Entry<TargetPosition, List<List<@Nullable String>>> entry : keys.entrySet()) {
        TargetPosition position = entry.getKey();
        List<List<@Nullable String>> asked =
            entry.getValue().stream().filter(k -> among.test(new KeyName(position, k))).toList();
        List<KeyedComparison.@Nullable State> states =
            LookUp.of(mapping, new TableKey(position.table(), position.target()))
                .states(asked, from, to);
        for (int i = 0; i < states.size(); i++) {
          KeyedComparison.State state = states.get(i);
          KeyName name = new KeyName(position, asked.get(i));
          boolean settled = state != null && state.settled();
          boolean gone = state != null && state.counts().equals(RowCounts.NONE);
          if (!settled || (gone && rejected.containsKey(name))) {
            unsettled.add(name);
          }
        }
      }
    }
    for (RefreshedKey row : lookAtCopies(among)) {
      if (row.action() != Action.UNCHANGED) {
        unsettled.add(new KeyName(row.position(), row.key()));
      }
    }
    return unsettled;
  }

  /** The report of what became of keys. */
  RepairReport report(
      Collection<RefreshedKey> outcomes, boolean executed, boolean equal, String... warnings) {
    List<RepairReport.Table> tables = new ArrayList<>();
    for (Map.Entry<TargetPosition, Long> entry : named.entrySet()) {
      TargetPosition position = entry.getKey();
      long counted = counted(position);
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
      if (named.containsKey(key.position())) {
        reported.add(RepairTables.key(mapping.target(key.position()), key));
      }
    }
    List<String> all = RepairTables.warnings(verified);
    Collections.addAll(all, warnings);
    return new RepairReport(executed, equal, verified.finished(), tables, reported, all);
  }

  /** A failure of a database that ends a repair. */
  public static MigrationException failed(SQLException e) {
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
