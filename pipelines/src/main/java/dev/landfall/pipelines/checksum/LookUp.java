package dev.landfall.pipelines.checksum;

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

  /** What is so of each key at this moment, in their order. */
  List<KeyedComparison.State> states(
      List<List<@Nullable String>> keys, Connection source, Connection target) throws SQLException {
    List<KeyedComparison.State> states = new ArrayList<>();
    for (int i = 0; i < keys.size(); i += KEYS_AT_ONCE) {
      List<List<@Nullable String>> some = keys.subList(i, Math.min(i + KEYS_AT_ONCE, keys.size()));
      Rows here = lookup.source(source, some).targets().get(this.target);
      states.addAll(comparison.compare(some, here, lookup.target(target, some)));
    }
    return states;
  }
}
