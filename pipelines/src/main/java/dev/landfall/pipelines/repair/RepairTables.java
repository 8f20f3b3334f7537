package dev.landfall.pipelines.repair;

import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.pipelines.repair.RepairLedger.Verified;
import dev.landfall.pipelines.spec.MaskedUrl;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.refresh.RefreshedKey;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import dev.landfall.transforms.sql.RefreshSql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a repair says of tables and keys. */
final class RepairTables {
  private RepairTables() {}

  /**
   * The target tables that names choose.
   *
   * @param names of source or target tables, with or without their schema; none chooses all
   * @throws MigrationException of kind USAGE for a name that chooses none
   */
  static List<TargetPosition> wanted(Mapping mapping, List<String> names) {
    if (names.isEmpty()) {
      return mapping.targets();
    }
    List<TargetPosition> wanted = new ArrayList<>();
    for (String name : names) {
      List<TargetPosition> found =
          mapping.targets().stream()
              .filter(
                  p ->
                      mapping.sources(p).stream().anyMatch(source -> is(source, name))
                          || is(mapping.target(p).name(), name))
              .toList();
      if (found.isEmpty()) {
        throw new MigrationException(
            MigrationException.Kind.USAGE,
            "--table "
                + MaskedUrl.value(name)
                + " is none of the migration's tables. There are: "
                + mapping.tables().stream()
                    .map(t -> t.source().name().toString())
                    .limit(20)
                    .collect(Collectors.joining(", "))
                + (mapping.tables().size() > 20 ? ", …" : "")
                + ".");
      }
      wanted.addAll(found);
    }
    return mapping.targets().stream().filter(wanted::contains).toList();
  }

  private static boolean is(TableName table, String name) {
    return table.table().equals(name) || table.toString().equals(name);
  }

  /** Why keys of a table can't be refreshed, and what to do. */
  static String why(TargetTable table, @Nullable String reject) {
    return reject != null
        ? "the source's row can't be converted: " + reject
        : "the source's rows can't be found by the key ("
            + String.join(", ", table.key())
            + "), since a table of the source has no key itself and this one is the same for all its"
            + " rows: correct them by hand, or empty the table and load it anew with a migration of"
            + " its own";
  }

  static Map<Action, Long> counts(TargetPosition position, Collection<RefreshedKey> outcomes) {
    return outcomes.stream()
        .filter(k -> k.position().equals(position))
        .collect(
            Collectors.groupingBy(
                RefreshedKey::action, () -> new EnumMap<>(Action.class), Collectors.counting()));
  }

  /** What is sent for a row of each kind that there is. */
  static Map<Action, String> statements(TargetTable table, Map<Action, Long> counts) {
    Map<Action, String> statements = new LinkedHashMap<>();
    String key =
        table.key().stream()
            .map(column -> RefreshSql.name(column) + " = ?")
            .collect(Collectors.joining(" AND "));
    String delete =
        table.key().isEmpty() ? RefreshSql.deleteSome(table) : RefreshSql.delete(table, key);
    if (counts.containsKey(Action.INSERTED)) {
      statements.put(Action.INSERTED, RefreshSql.insert(table));
    }
    if (counts.containsKey(Action.UPDATED)) {
      statements.put(Action.UPDATED, RefreshSql.set(table, Set.of()) + key);
    }
    if (counts.containsKey(Action.DELETED)) {
      statements.put(Action.DELETED, delete);
    }
    return statements;
  }

  static RepairReport.Key key(TargetTable table, RefreshedKey key) {
    return new RepairReport.Key(table.name().toString(), key.key(), key.action(), key.reason());
  }

  /** What to know of a verification before going by it. */
  static List<String> warnings(Verified verified) {
    List<String> warnings = new ArrayList<>();
    if (verified.loadedSince()) {
      warnings.add(
          "Rows were loaded after the verification, so there may be differences that it does not"
              + " know: verify again.");
    }
    switch (verified.level()) {
      case COUNT ->
          warnings.add(
              "The newest verification counted rows only, so it names no keys: verify every row.");
      case SAMPLE ->
          warnings.add(
              "The newest verification looked at some rows only, so there may be differences that"
                  + " it does not know: verify every row.");
      case CHECKSUM, FULL -> {}
    }
    return warnings;
  }
}
