package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.refresh.KeyLookup;
import dev.landfall.transforms.refresh.RowKey;
import dev.landfall.transforms.value.Rows;
import dev.landfall.validation.match.KeyedComparison;
import dev.landfall.validation.result.TableKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks keys of one target table up on both sides, however many there are.
 *
 * @param keysAtOnce how many to ask for in one statement
 */
public record LookUp(KeyLookup lookup, KeyedComparison comparison, int keysAtOnce) {
  /**
   * Of keys of that target table.
   *
   * @throws IllegalArgumentException when it is not {@link KeyLookup#possible}
   */
  public static LookUp of(Mapping mapping, TableKey key) {
    TableMapping table = mapping.table(key.table());
    TargetTable target = table.targets().get(key.target());
    return new LookUp(
        new KeyLookup(mapping, position(key)),
        new KeyedComparison(table, target),
        KeyLookup.keysAtOnce(table.source()));
  }

  /** About how many rows of the source are read to find any keys of those tables at all. */
  static long scanned(Mapping mapping, Collection<TableKey> tables) {
    return tables.stream()
        .mapToLong(t -> new KeyLookup(mapping, position(t)).keys().scanned())
        .sum();
  }

  private static TargetPosition position(TableKey key) {
    return new TargetPosition(key.table(), key.target());
  }

  /** Why the source's row with that key can't be converted at this moment; null where it can. */
  @Nullable String rejection(RowKey key, Connection source) throws SQLException {
    return lookup.source(source, List.of(key)).rejects().stream()
        .map(rejected -> rejected.reject().located())
        .findFirst()
        .orElse(null);
  }

  /**
   * What is so of each key at this moment, in their order; null where the source's row can't be
   * converted.
   */
  public List<KeyedComparison.@Nullable State> states(
      List<RowKey> keys, Connection source, Connection target) throws SQLException {
    List<KeyedComparison.@Nullable State> states = new ArrayList<>();
    for (int i = 0; i < keys.size(); i += keysAtOnce) {
      List<RowKey> some = keys.subList(i, Math.min(i + keysAtOnce, keys.size()));
      KeyLookup.Found here = lookup.source(source, some);
      if (here.rejects().isEmpty()) {
        Rows there = lookup.target(target, some);
        states.addAll(
            comparison.compare(some.stream().map(RowKey::target).toList(), here.rows(), there));
      } else if (some.size() == 1) {
        states.add(null);
      } else {
        // Whose row it is, is told by asking for each.
        for (RowKey key : some) {
          states.addAll(states(List.of(key), source, target));
        }
      }
    }
    return states;
  }
}
