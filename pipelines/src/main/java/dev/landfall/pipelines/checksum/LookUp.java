package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.read.Rows;
import dev.landfall.transforms.refresh.KeyLookup;
import dev.landfall.validation.difference.KeyedComparison;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks keys of one target table up on both sides, however many there are.
 *
 * @param target position of the table among those of its source table
 */
record LookUp(KeyLookup lookup, KeyedComparison comparison, int target) {
  /** Statements stay short, and so does what is in memory, of rows of any size. */
  private static final int KEYS_AT_ONCE = 100;

  /**
   * What is so of each key at this moment, in their order; null where the source's row can't be
   * converted.
   */
  List<KeyedComparison.@Nullable State> states(
      List<List<@Nullable String>> keys, Connection source, Connection target) throws SQLException {
    List<KeyedComparison.@Nullable State> states = new ArrayList<>();
    for (int i = 0; i < keys.size(); i += KEYS_AT_ONCE) {
      List<List<@Nullable String>> some = keys.subList(i, Math.min(i + KEYS_AT_ONCE, keys.size()));
      ConvertedBatch here = lookup.source(source, some);
      if (here.rejects().isEmpty() || some.size() == 1) {
        Rows there = lookup.target(target, some);
        if (here.rejects().isEmpty()) {
          states.addAll(comparison.compare(some, here.targets().get(this.target), there));
        } else {
          states.add(null);
        }
      } else {
        // Whose row it is, is told by asking for each.
        for (List<@Nullable String> key : some) {
          List<List<@Nullable String>> one = new ArrayList<>();
          one.add(key);
          states.addAll(states(one, source, target));
        }
      }
    }
    return states;
  }
}
