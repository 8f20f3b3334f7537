package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.ColumnRule.Recipe;
import dev.landfall.transforms.compute.Followed;
import dev.landfall.transforms.compute.Formula;
import dev.landfall.transforms.compute.Operator;
import dev.landfall.transforms.compute.Winners;
import dev.landfall.transforms.ledger.LedgerWinners;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keys that a spec makes anew, and what follows them: a foreign key that refers to such a key, by
 * the source's catalogue, refers to the new one, whatever number of tables is between.
 */
final class Surrogates {
  private final Spec spec;
  private final Map<TableName, SourceTable> tables = new HashMap<>();
  private final Map<TableName, Map<List<String>, Reference>> keys = new HashMap<>();

  /**
   * What a reference to a key is made by.
   *
   * @param key the formula of one that is made anew; null where it is as it was
   * @param winners of the target whose key it is, where several of its rows may be one
   */
  record Reference(@Nullable Formula key, @Nullable Winners winners) {
    List<Operator> operators() {
      return winners == null ? List.of() : List.of(new Followed(winners));
    }
  }

  /**
   * @param tables all that move
   * @param rules of some of them
   */
  Surrogates(Spec spec, List<SourceTable> tables, Map<TableName, TableRule> rules) {
    this.spec = spec;
    for (SourceTable table : tables) {
      this.tables.put(table.name(), table);
      TableRule rule = rules.get(table.name());
      if (rule != null) {
        rule.targets().forEach(target -> add(table, rule, target));
      }
    }
  }

  private void add(SourceTable table, TableRule rule, TargetRule target) {
    Winners winners = target.duplicates() == null ? null : winners(target(table, rule, target));
    boolean made = false;
    for (ColumnRule column : target.columns()) {
      if (column instanceof ColumnRule.Made how && how.recipe() instanceof Recipe.NewKey key) {
        List<String> from = key.from().stream().map(Located::value).toList();
        // A UUID of other columns is not the key of what refers to the row.
        made |= lower(from).equals(lower(table.key()));
        put(table, from, new Reference(MadeResolver.newKey(spec, table, key), winners));
      }
    }
    if (!made && winners != null && !table.key().isEmpty()) {
      put(table, table.key(), new Reference(null, winners));
    }
  }

  private void put(SourceTable table, List<String> columns, Reference reference) {
    keys.computeIfAbsent(table.name(), name -> new HashMap<>())
        .putIfAbsent(lower(columns), reference);
  }

  /** What is settled of the rows of the target whose key a formula makes; empty where none is. */
  Optional<Winners> winners(Formula key) {
    return keys.values().stream()
        .flatMap(ofTable -> ofTable.values().stream())
        .filter(reference -> key.equals(reference.key()))
        .flatMap(reference -> Stream.ofNullable(reference.winners()))
        .findFirst();
  }

  /** What is settled of the rows of a target that are one to it. */
  Winners winners(TableName target) {
    return new LedgerWinners(spec.target().connection(), spec.name(), target.toString());
  }

  private TableName target(SourceTable table, TableRule rule, TargetRule target) {
    String schema = spec.databases().getOrDefault(table.name().schema(), spec.target().schema());
    return new TableName(
        schema,
        rule.names(target)
            ? target.name().value()
            : spec.target().names().of(table.name().table()));
  }

  /** How a foreign key refers to a key that is not what it was; empty for others. */
  Optional<Reference> of(SourceForeignKey key) {
    return of(key, new HashSet<>());
  }

  private Optional<Reference> of(SourceForeignKey key, Set<SourceForeignKey> seen) {
    SourceTable referenced = tables.get(key.referenced());
    if (referenced == null || !seen.add(key)) {
      return Optional.empty();
    }
    List<String> columns = lower(key.referencedColumns());
    Reference own = keys.getOrDefault(referenced.name(), Map.of()).get(columns);
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
