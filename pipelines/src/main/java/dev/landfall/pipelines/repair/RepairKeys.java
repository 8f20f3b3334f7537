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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The keys that a verification found different, sorted by what a repair can do about them. */
final class RepairKeys {
  private final Mapping mapping;
  private final Verified verified;

  /** Keys that can be refreshed, by target table in the mapping's order. */
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
    KeyName name = KeyName.of(position, table, difference.key());
    if (KeyRefresh.possible(mapping, position)) {
      RowKeys maker = makers.computeIfAbsent(position, p -> new KeyLookup(mapping, p).keys());
      String reject = difference.reject();
      RowKey key =
          (reject == null ? Optional.<RowKey>empty() : maker.ofRejected(difference.key()))
              .orElseGet(() -> maker.ofTarget(name.key()));
      KeyName known = new KeyName(position, key.target());
      keys.computeIfAbsent(position, p -> new LinkedHashMap<>()).put(known, key);
      if (reject != null) {
        rejected.put(known, reject);
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

  /** The keys to refresh, by target table. */
  Map<TargetPosition, Map<KeyName, RowKey>> refreshable() {
    return keys;
  }

  /** Some of those of a table. */
  List<RowKey> refreshable(TargetPosition position, Predicate<KeyName> among) {
    return keys.getOrDefault(position, Map.of()).entrySet().stream()
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
    return reject == null ? null : "the source's row was rejected: " + reject;
  }

  /** Whether there are differences and none of them is named. */
  boolean isNameless() {
    return keys.isEmpty()
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
