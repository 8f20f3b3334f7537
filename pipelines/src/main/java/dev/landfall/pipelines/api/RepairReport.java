package dev.landfall.pipelines.api;

import dev.landfall.transforms.refresh.RefreshedKey.Action;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a repair did, or would do.
 *
 * @param executed whether the target was changed
 * @param equal whether both sides agree on every key that the verification named
 * @param verified when the verification was done whose keys these are
 * @param tables those of which keys are named or counted, in the mapping's order
 * @param keys each key with what became of it, or would
 * @param warnings what a person should know before going on
 */
public record RepairReport(
    boolean executed,
    boolean equal,
    Instant verified,
    List<Table> tables,
    List<Key> keys,
    List<String> warnings) {
  public RepairReport {
    tables = List.copyOf(tables);
    keys = List.copyOf(keys);
    warnings = List.copyOf(warnings);
  }

  /** The same as that of a repair that had nothing to do. */
  public RepairReport asExecuted() {
    return new RepairReport(true, equal, verified, tables, keys, warnings);
  }

  /** How many keys of all tables something became of. */
  public long count(Action action) {
    return tables.stream().mapToLong(t -> t.count(action)).sum();
  }

  /** How many differences of all tables were counted only. */
  public long unnamed() {
    return tables.stream().mapToLong(Table::unnamed).sum();
  }

  /**
   * One target table.
   *
   * @param table {@code database.table} of the source
   * @param target {@code schema.table} of the target
   * @param counts keys by what became of them, or would
   * @param unnamed differences that the verification counted and did not name
   * @param statements what is sent for each row, by what it does; its values are parameters
   */
  public record Table(
      String table,
      String target,
      Map<Action, Long> counts,
      long unnamed,
      Map<Action, String> statements) {
    public Table {
      counts = Map.copyOf(counts);
      statements = Collections.unmodifiableMap(new LinkedHashMap<>(statements));
    }

    /** How many keys something became of. */
    public long count(Action action) {
      return counts.getOrDefault(action, 0L);
    }
  }

  /**
   * One key.
   *
   * @param table {@code schema.table} of the target
   * @param key its columns in order, as PostgreSQL prints their values
   * @param action what became of it, or would
   * @param reason why it differs still, or what it was refreshed for; null where there is none
   */
  public record Key(
      String table, Map<String, @Nullable String> key, Action action, @Nullable String reason) {
    public Key {
      key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
    }
  }
}
