package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.ColumnRule.Recipe;
import dev.landfall.transforms.compute.KeyUuid;
import dev.landfall.transforms.model.SourceForeignKey;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys that a spec makes anew, and what follows them: a foreign key that refers to such a key, by
 * the source's catalogue, refers to the new one, whatever number of tables is between.
 */
final class Surrogates {
  private final Map<TableName, SourceTable> tables = new HashMap<>();
  private final Map<TableName, Map<List<String>, KeyUuid>> made = new HashMap<>();

  /**
   * @param tables all that move
   * @param rules of some of them
   */
  Surrogates(List<SourceTable> tables, Map<TableName, TableRule> rules) {
    for (SourceTable table : tables) {
      this.tables.put(table.name(), table);
      TableRule rule = rules.get(table.name());
      if (rule != null) {
        rule.targets().stream()
            .flatMap(target -> target.columns().stream())
            .forEach(column -> add(table, column));
      }
    }
  }

  private void add(SourceTable table, ColumnRule column) {
    if (column instanceof ColumnRule.Made rule && rule.recipe() instanceof Recipe.Uuid uuid) {
      made.computeIfAbsent(table.name(), name -> new HashMap<>())
          .putIfAbsent(
              lower(uuid.from().stream().map(Located::value).toList()),
              MadeResolver.uuid(table, uuid));
    }
  }

  /** The new key that a foreign key refers to, if there is one. */
  Optional<KeyUuid> of(SourceForeignKey key) {
    return of(key, new HashSet<>());
  }

  private Optional<KeyUuid> of(SourceForeignKey key, Set<SourceForeignKey> seen) {
    SourceTable referenced = tables.get(key.referenced());
    if (referenced == null || !seen.add(key)) {
      return Optional.empty();
    }
    List<String> columns = lower(key.referencedColumns());
    KeyUuid own = made.getOrDefault(referenced.name(), Map.of()).get(columns);
    return own != null
        ? Optional.of(own)
        : referenced.foreignKeys().stream()
            .filter(next -> lower(next.columns()).equals(columns))
            .flatMap(next -> of(next, seen).stream())
            .findFirst();
  }

  /** MySQL's column names do not mind their case (manual 9.2.3). */
  private static List<String> lower(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }
}
