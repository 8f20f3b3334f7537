package dev.landfall.transforms.promise;

import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.check.Finding.Severity;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceForeignKey;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of the source's tables between two looks: added, dropped, renamed, of another type,
 * or another table under the same name, as online schema changes put it there. Each change is one
 * finding. Comments, counters, partitions and checks don't matter to rows and are not told.
 */
public final class SourceChanges {
  private static final String ADDED = "added to the source meanwhile, and not moved";

  /** What of a source may change. */
  private enum Kind {
    SOURCE_TABLE,
    SOURCE_COLUMN,
    SOURCE_KEY
  }

  private final List<Finding> findings = new ArrayList<>();

  private SourceChanges() {}

  /**
   * The source at one moment.
   *
   * @param tables those that move
   * @param identities what tells tables apart whatever they are called, of all tables that have it
   */
  public record Look(List<SourceTable> tables, Map<TableName, String> identities) {
    private @Nullable String identity(SourceTable table) {
      return identities.get(table.name());
    }
  }

  /** The changes, in the order of the tables' names. */
  public static List<Finding> between(Look before, Look now) {
    SourceChanges changes = new SourceChanges();
    Map<TableName, SourceTable> old = byName(before.tables(), SourceTable::name);
    Map<TableName, SourceTable> current = byName(now.tables(), SourceTable::name);
    Map<TableName, SourceTable> added = new LinkedHashMap<>(current);
    added.keySet().removeAll(old.keySet());
    for (SourceTable table : old.values()) {
      SourceTable there = current.get(table.name());
      if (there != null) {
        changes.compare(table, there);
        changes.identify(table, before, now);
        continue;
      }
      Optional<SourceTable> renamed =
          added.values().stream().filter(t -> isSame(table, before, t, now)).findFirst();
      renamed.ifPresent(t -> added.remove(t.name()));
      changes.add(
          Kind.SOURCE_TABLE,
          table,
          table.name().table(),
          "a table",
          renamed.map(t -> "renamed to " + t.name()).orElse(null),
          renamed.isPresent()
              ? "renamed in the source meanwhile"
              : "dropped from the source meanwhile; the target has what was read before");
    }
    added
        .values()
        .forEach(t -> changes.add(Kind.SOURCE_TABLE, t, t.name().table(), null, "a table", ADDED));
    return changes.findings.stream()
        .sorted(
            Comparator.comparing((Finding f) -> String.valueOf(f.table()))
                .thenComparing(f -> Kind.valueOf(f.kind()))
                .thenComparing(f -> String.valueOf(f.object())))
        .toList();
  }

  private static boolean isSame(SourceTable table, Look before, SourceTable other, Look now) {
    String identity = before.identity(table);
    return identity == null
        ? columns(table).equals(columns(other))
        : identity.equals(now.identity(other));
  }

  /** Says so where another table, or a remade one, has the name. */
  private void identify(SourceTable table, Look before, Look now) {
    String was = before.identity(table);
    String is = now.identity(table);
    if (was == null || is == null || was.equals(is)) {
      return;
    }
    Optional<TableName> other =
        before.identities().entrySet().stream()
            .filter(e -> e.getValue().equals(is))
            .map(Map.Entry::getKey)
            .min(Comparator.naturalOrder());
    if (other.isPresent()) {
      add(
          Kind.SOURCE_TABLE,
          table,
          table.name().table(),
          "the table of that name",
          "the one that was called " + other.get(),
          "renamed in the source meanwhile, so some rows may be of the one and some of the other");
    } else if (findings.stream().noneMatch(f -> table.name().toString().equals(f.table()))) {
      // Somebody who alters a table may have the server make it anew.
      add(
          Kind.SOURCE_TABLE,
          table,
          table.name().table(),
          "the table of that name",
          "another one of that name",
          "emptied, rebuilt or put in its place in the source meanwhile, so some rows may be of the"
              + " one and some of the other");
    }
  }

  private void compare(SourceTable before, SourceTable now) {
    List<SourceColumn> gone = without(before.columns(), now.columns());
    List<SourceColumn> added = new ArrayList<>(without(now.columns(), before.columns()));
    for (SourceColumn column : gone) {
      Optional<SourceColumn> renamed =
          added.stream()
              .filter(c -> now.columns().indexOf(c) == before.columns().indexOf(column))
              .filter(c -> definition(c).equals(definition(column)))
              .findFirst();
      renamed.ifPresent(added::remove);
      add(
          Kind.SOURCE_COLUMN,
          before,
          column.name(),
          definition(column),
          renamed.map(c -> "renamed to " + c.name()).orElse(null),
          renamed.isPresent()
              ? "renamed in the source meanwhile"
              : "dropped from the source meanwhile; the target has what was read before");
    }
    added.forEach(c -> add(Kind.SOURCE_COLUMN, before, c.name(), null, definition(c), ADDED));
    for (SourceColumn column : before.columns()) {
      now.column(column.name())
          .filter(c -> !definition(c).equals(definition(column)))
          .ifPresent(
              c ->
                  add(
                      Kind.SOURCE_COLUMN,
                      before,
                      column.name(),
                      definition(column),
                      definition(c),
                      "changed in the source meanwhile"));
    }
    keys(before, keys(before), keys(now));
  }

  private void keys(SourceTable table, Map<String, String> before, Map<String, String> now) {
    Stream.concat(before.keySet().stream(), now.keySet().stream())
        .distinct()
        .filter(key -> !String.valueOf(before.get(key)).equals(String.valueOf(now.get(key))))
        .forEach(
            key ->
                add(
                    Kind.SOURCE_KEY,
                    table,
                    key,
                    before.get(key),
                    now.get(key),
                    "changed in the source meanwhile"));
  }

  private void add(
      Kind kind,
      SourceTable table,
      String object,
      @Nullable String before,
      @Nullable String now,
      String reason) {
    findings.add(
        Finding.of(kind.name(), table.name(), object, before, now).as(Severity.DIFFERENT, reason));
  }

  private static List<SourceColumn> without(List<SourceColumn> some, List<SourceColumn> others) {
    return some.stream()
        .filter(c -> others.stream().noneMatch(o -> o.name().equals(c.name())))
        .toList();
  }

  private static List<String> columns(SourceTable table) {
    return table.columns().stream().map(c -> c.name() + " " + definition(c)).toList();
  }

  private static String definition(SourceColumn column) {
    return column.columnType()
        + (column.collation() == null ? "" : " collate " + column.collation())
        + (column.nullable() ? "" : " NOT NULL")
        + (column.defaultValue() == null ? "" : " DEFAULT " + column.defaultValue())
        + (column.autoIncrement() ? " auto_increment" : "")
        + (column.onUpdateNow() ? " ON UPDATE now" : "")
        + (column.generated() == null ? "" : " generated as " + column.generated());
  }

  private static Map<String, String> keys(SourceTable table) {
    Map<String, String> keys = new LinkedHashMap<>();
    table.indexes().forEach(index -> keys.put(index.name(), index.declared()));
    for (SourceForeignKey key : table.foreignKeys()) {
      keys.put(
          key.name(),
          "FOREIGN KEY "
              + key.columns()
              + " REFERENCES "
              + key.referenced()
              + " "
              + key.referencedColumns()
              + " ON UPDATE "
              + key.onUpdate()
              + " ON DELETE "
              + key.onDelete());
    }
    return keys;
  }

  private static <K, T> Map<K, T> byName(List<T> all, Function<T, K> name) {
    return all.stream()
        .collect(Collectors.toMap(name, t -> t, (one, other) -> one, LinkedHashMap::new));
  }
}
