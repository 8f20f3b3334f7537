package dev.landfall.pipelines.repair;

import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.checksum.FindingLedger;
import dev.landfall.pipelines.repair.RepairLedger.KeyName;
import dev.landfall.pipelines.repair.RepairLedger.NamedTarget;
import dev.landfall.pipelines.repair.RepairLedger.Verified;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.refresh.KeyBatch;
import dev.landfall.transforms.refresh.KeyLookup;
import dev.landfall.transforms.refresh.KeyRefresh;
import dev.landfall.transforms.refresh.RefreshedKey;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import dev.landfall.transforms.refresh.RowKey;
import dev.landfall.transforms.refresh.RowKeys;
import dev.landfall.validation.result.Difference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The keys that a verification found different, sorted by what a repair can do about them. */
final class RepairKeys {
  private final Mapping mapping;
  private final Verified verified;

  /** The differences whose keys can be refreshed, by target table in the mapping's order. */
  private final Map<TargetPosition, List<Difference>> differences = new LinkedHashMap<>();

  /** Their keys, each with the rows of the source that were found when somebody looked. */
  private final Map<TargetPosition, Map<KeyName, RowKey>> keys = new LinkedHashMap<>();

  private final Map<TargetPosition, RowKeys> makers = new HashMap<>();

  /** Rows of tables without a key that are to be there another number of times. */
  private final Map<TargetPosition, List<List<@Nullable String>>> copies = new LinkedHashMap<>();

  /** Those that can't, with the reason. */
  private final Map<KeyName, RefreshedKey> impossible = new LinkedHashMap<>();

  /** Why rows were rejected, by their keys: such a key need not find the row again. */
  private final Map<KeyName, String> rejected = new HashMap<>();

  private final Map<TargetPosition, Long> named = new LinkedHashMap<>();

  /**
   * The keys of a verification.
   *
   * @throws MigrationException of kind USAGE when the request names a table that there is not
   */
  RepairKeys(MigrationKey verification, Mapping mapping, Verified verified, RepairRequest request)
      throws SQLException {
    this.mapping = mapping;
    this.verified = verified;
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
    if (KeyRefresh.possible(mapping, position)) {
      differences.computeIfAbsent(position, p -> new ArrayList<>()).add(difference);
      makers.computeIfAbsent(position, p -> new KeyLookup(mapping, p).keys());
      return;
    }
    KeyName name = KeyName.of(position, table, difference.key());
    if (table.key().isEmpty() && difference.reject() == null) {
      copies.computeIfAbsent(position, p -> new ArrayList<>()).add(name.texts());
      return;
    }
    fail(name, RepairTables.why(table, difference.reject()));
  }

  private void fail(KeyName name, String why) {
    impossible.put(
        name, new RefreshedKey(name.position(), name.key(), Action.FAILED, null, null, why));
  }

  /** The tables with keys to refresh. */
  Set<TargetPosition> tables() {
    return differences.keySet();
  }

  /** About how many rows of the source are read to find some of the keys. */
  long scanned(Predicate<KeyName> among) {
    return makers.entrySet().stream()
        .filter(
            table ->
                !begun(table.getKey()) || keysOf(table.getKey()).keySet().stream().anyMatch(among))
        .mapToLong(table -> table.getValue().scanned())
        .sum();
  }

  private boolean begun(TargetPosition table) {
    return keys.containsKey(table);
  }

  private Map<KeyName, RowKey> keysOf(TargetPosition table) {
    return keys.getOrDefault(table, Map.of());
  }

  /**
   * Finds the rows of the source that belong to some of the keys; anew, where keys of the target do
   * not tell them. Before the keys are asked for, and may be done again.
   *
   * @param progress is told of each some rows of the source that were read for that; what it throws
   *     ends it
   */
  void find(Connection source, Predicate<KeyName> among, LongConsumer progress)
      throws SQLException {
    for (Map.Entry<TargetPosition, RowKeys> table : makers.entrySet()) {
      TargetPosition position = table.getKey();
      Set<KeyName> names =
          begun(position) ? keysOf(position).keySet() : names(source, position, table.getValue());
      if (begun(position) && (table.getValue().scanned() == 0 || names.stream().noneMatch(among))) {
        continue;
      }
      List<RowKey> rows =
          table.getValue().ofTarget(source, names.stream().map(KeyName::texts).toList(), progress);
      Map<KeyName, RowKey> found = new LinkedHashMap<>();
      int place = 0;
      for (KeyName name : names) {
        found.put(name, rows.get(place++));
      }
      keys.put(position, found);
    }
  }

  /** The keys of a table's differences; a rejected row has the one that it would get now. */
  private Set<KeyName> names(Connection source, TargetPosition position, RowKeys maker)
      throws SQLException {
    TargetTable table = mapping.target(position);
    Map<Map<String, @Nullable String>, String> rejects = new LinkedHashMap<>();
    Set<KeyName> names = new LinkedHashSet<>();
    for (Difference difference : differences.getOrDefault(position, List.of())) {
      String reject = difference.reject();
      if (reject == null) {
        names.add(KeyName.of(position, table, difference.key()));
      } else {
        rejects.put(difference.key(), reject);
      }
    }
    List<Map<String, @Nullable String>> shown = List.copyOf(rejects.keySet());
    Set<Map<String, @Nullable String>> known = new HashSet<>();
    for (TargetPosition writer : mapping.writers(position)) {
      List<@Nullable RowKey> rows = maker.ofRejected(source, writer, shown);
      for (int i = 0; i < shown.size(); i++) {
        RowKey row = rows.get(i);
        if (row != null) {
          add(names, new KeyName(position, table.named(row.target())), rejects.get(shown.get(i)));
          known.add(shown.get(i));
        }
      }
    }
    rejects.forEach(
        (key, reject) -> {
          KeyName name = KeyName.of(position, table, key);
          if (!known.contains(key) && name.key().keySet().containsAll(table.key())) {
            add(names, name, reject);
          } else if (!known.contains(key)) {
            fail(name, rejection(reject));
          }
        });
    return names;
  }

  private void add(Set<KeyName> names, KeyName name, @Nullable String reject) {
    names.add(name);
    rejected.put(name, java.util.Objects.requireNonNull(reject));
  }

  /** Some of those of a table. */
  List<RowKey> refreshable(TargetPosition position, Predicate<KeyName> among) {
    return keysOf(position).entrySet().stream()
        .filter(key -> among.test(key.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Some rows of tables without a key. */
  Map<TargetPosition, List<List<@Nullable String>>> copies(Predicate<KeyName> among) {
    Map<TargetPosition, List<List<@Nullable String>>> some = new LinkedHashMap<>();
    copies.forEach(
        (position, rows) -> {
          List<List<@Nullable String>> wanted =
              rows.stream().filter(row -> among.test(copy(position, row))).toList();
          if (!wanted.isEmpty()) {
            some.put(position, wanted);
          }
        });
    return some;
  }

  private KeyName copy(TargetPosition position, List<@Nullable String> row) {
    return new KeyName(position, mapping.target(position).named(row));
  }

  /** The keys that can't be refreshed. */
  Collection<RefreshedKey> impossible() {
    return impossible.values();
  }

  /** Batches of some keys of one target table. */
  List<KeyBatch> batches(TargetPosition position, Predicate<KeyName> among, boolean deletes) {
    List<RowKey> some = refreshable(position, among);
    int size = KeyLookup.keysAtOnce(mapping.table(position.table()).source());
    List<KeyBatch> batches = new ArrayList<>();
    for (int from = 0; from < some.size(); from += size) {
      batches.add(
          new KeyBatch(position, some.subList(from, Math.min(some.size(), from + size)), deletes));
    }
    return batches;
  }

  /** How many copies of rows are named of each table that was asked for, in the mapping's order. */
  Map<TargetPosition, Long> named() {
    return named;
  }

  /** Whether the key is that of a row that was rejected. */
  boolean isRejected(KeyName name) {
    return rejected.containsKey(name);
  }

  /** Why the source's row with a key was rejected; null where it was not. */
  @Nullable String rejection(KeyName name) {
    String reject = rejected.get(name);
    return reject == null ? null : rejection(reject);
  }

  private static String rejection(String reject) {
    return "the source's row was rejected: " + reject;
  }

  /**
   * Whether a key is known no more: a row that was rejected is called by the source's columns until
   * its key in the target is known.
   */
  boolean isPast(KeyName name) {
    List<String> key = mapping.target(name.position()).key();
    return !name.key().keySet().containsAll(key) && !impossible.containsKey(name);
  }

  /** Whether there are differences and none of them is named. */
  boolean isNameless() {
    return differences.isEmpty()
        && copies.isEmpty()
        && impossible.isEmpty()
        && named.keySet().stream().anyMatch(position -> counted(position) > 0);
  }

  /** How many differences the verification counted. */
  long counted(TargetPosition position) {
    return verified
        .differences()
        .getOrDefault(
            new NamedTarget(position.table(), mapping.target(position).name().toString()), 0L);
  }
}
