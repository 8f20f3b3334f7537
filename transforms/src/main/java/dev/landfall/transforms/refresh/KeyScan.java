package dev.landfall.transforms.refresh;

import dev.landfall.transforms.convert.TableConverter;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.read.ScannedRows;
import dev.landfall.transforms.sql.KeyedSql;
import dev.landfall.transforms.sql.SourceKey;
import dev.landfall.transforms.value.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of a source table by keys of a target that do not tell the source's: reads what
 * the target's keys are made of, of all rows, makes them as the load does, and keeps the source's
 * key of those that are wanted. Not thread-safe.
 */
final class KeyScan {
  /** So many rows of one key at most are kept: that there are several is wrong enough. */
  static final int MOST = 10;

  private final TargetTable table;
  private final int target;
  private final SourceKey key;
  private final TableConverter converter;
  private final RowIdentity identity;

  KeyScan(Mapping mapping, TargetPosition writer, SourceKey key) {
    this.table = mapping.target(writer);
    this.target = writer.target();
    this.key = key;
    this.converter = new TableConverter(mapping.table(writer.table()));
    this.identity = new RowIdentity(table);
  }

  /**
   * The source's keys of the rows with wanted keys.
   *
   * @param wanted hashes of the target's keys, as {@link RowIdentity#key} has them
   * @param progress is told of each some rows that were read; what it throws ends the scan
   */
  Map<Long, List<List<@Nullable String>>> find(
      Connection source, Set<Long> wanted, LongConsumer progress) throws SQLException {
    Map<Long, List<List<@Nullable String>>> found = new HashMap<>();
    ScannedRows.ofSource(
        source,
        KeyedSql.scan(key, table),
        rows -> {
          progress.accept(rows.size());
          collect(rows, wanted, found);
        });
    return found;
  }

  private void collect(Rows rows, Set<Long> wanted, Map<Long, List<List<@Nullable String>>> found) {
    Rows.Builder keys = Rows.builder(table.key().size(), rows.size(), rows.byteCount());
    int[] from = new int[rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      if (converter.mayTake(target, rows, row) && converter.key(target, rows, row, keys)) {
        from[keys.size() - 1] = row;
      }
    }
    Rows made = keys.build();
    for (int i = 0; i < made.size(); i++) {
      long hash = identity.key(made, i);
      if (wanted.contains(hash)) {
        List<List<@Nullable String>> known = found.computeIfAbsent(hash, h -> new ArrayList<>());
        List<@Nullable String> texts = key.of(rows, from[i]);
        if (known.size() < MOST && !known.contains(texts)) {
          known.add(texts);
        }
      }
    }
  }
}
