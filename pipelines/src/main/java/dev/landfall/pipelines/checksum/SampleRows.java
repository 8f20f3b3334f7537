package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.refresh.KeyLookup;
import dev.landfall.transforms.refresh.RowKey;
import dev.landfall.transforms.value.Rows;
import dev.landfall.validation.match.KeyedComparison;
import dev.landfall.validation.result.Difference;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares rows of a target table that chance chooses: so many of the source and so many of the
 * target, each row of a side as likely as any other, so that rows that one side lacks are found in
 * either direction. The same seed chooses the same rows while the tables stay the same.
 */
final class SampleRows implements ByTable.Question<SampleRows.Sampled> {
  private final Mapping mapping;
  private final long rows;
  private final long seed;
  private final LongConsumer progress;

  /**
   * @param progress is told of rows of the source that are read to find keys; what it throws ends
   *     that
   */
  SampleRows(Mapping mapping, long rows, long seed, LongConsumer progress) {
    this.progress = progress;
    this.mapping = mapping;
    this.rows = rows;
    this.seed = seed;
  }

  /** What was found of the rows that were looked at. */
  record Sampled(RowCounts counts, List<Difference> differences) {}

  @Override
  public Sampled ask(TableKey key, Connection source, Connection target) throws SQLException {
    TableMapping table = mapping.table(key.table());
    TargetTable definition = table.targets().get(key.target());
    LookUp lookUp = LookUp.of(mapping, key);
    KeyLookup lookup = lookUp.lookup();
    KeyLookup.Found chosen = lookup.sampleSource(source, seed, rows);
    Map<Long, List<@Nullable String>> keys = new LinkedHashMap<>();
    collect(keys, lookUp, definition, chosen.rows());
    collect(keys, lookUp, definition, lookup.sampleTarget(target, seed, rows));
    RowCounts counts = RowCounts.of(0, 0, chosen.rejects().size(), 0);
    List<Difference> differences = new ArrayList<>();
    for (KeyLookup.Rejected rejected : chosen.rejects()) {
      differences.add(RejectedRows.difference(mapping, rejected.writer(), rejected.reject()));
    }
    List<RowKey> looked = lookup.keys().ofTarget(source, List.copyOf(keys.values()), progress);
    List<KeyedComparison.@Nullable State> states = lookUp.states(looked, source, target);
    for (int i = 0; i < states.size(); i++) {
      KeyedComparison.State state = states.get(i);
      if (state == null) {
        counts = counts.plus(RowCounts.of(0, 0, 1, 0));
        Difference missing = unconvertible(table, definition, looked.get(i).target());
        String why = lookUp.rejection(looked.get(i), source);
        differences.add(why == null ? missing : missing.rejected(why));
      } else {
        counts = counts.plus(state.counts());
        differences.addAll(state.differences());
      }
    }
    return new Sampled(counts, differences);
  }

  /** What the source has of a key now is nothing that the target could have. */
  private static Difference unconvertible(
      TableMapping table, TargetTable target, List<@Nullable String> key) {
    return new Difference(
        table.source().name(),
        target.name(),
        target.named(key),
        Difference.Kind.MISSING,
        List.of(),
        1);
  }

  private static void collect(
      Map<Long, List<@Nullable String>> keys, LookUp lookUp, TargetTable table, Rows rows) {
    int[] positions = table.keyPositions();
    for (int row = 0; row < rows.size(); row++) {
      List<@Nullable String> key = new ArrayList<>();
      for (int column : positions) {
        key.add(rows.text(row, column));
      }
      keys.putIfAbsent(lookUp.comparison().keyHash(key), key);
    }
  }
}
