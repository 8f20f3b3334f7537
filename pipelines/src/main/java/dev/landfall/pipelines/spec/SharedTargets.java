package dev.landfall.pipelines.spec;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Targets that several source tables write: where the spec wants it, they have to agree what the
 * table is; elsewhere it is a mistake.
 */
final class SharedTargets {
  private final List<TableMapping> tables;
  private final Map<TableName, TableRule> rules;
  private final Mistakes mistakes;
  private final Map<TableName, List<Writer>> writers = new HashMap<>();

  private record Writer(TableMapping table, TargetTable target) {}

  SharedTargets(List<TableMapping> tables, Map<TableName, TableRule> rules, Mistakes mistakes) {
    this.tables = tables;
    this.rules = rules;
    this.mistakes = mistakes;
    for (TableMapping table : tables) {
      for (TargetTable target : table.targets()) {
        writers
            .computeIfAbsent(target.name(), n -> new ArrayList<>())
            .add(new Writer(table, target));
      }
    }
  }

  /** The tables, with columns that take NULL in all writers where they do in one. */
  List<TableMapping> agreed() {
    int before = mistakes.count();
    writers.values().stream().filter(all -> all.size() > 1).forEach(this::check);
    if (mistakes.count() > before) {
      return tables;
    }
    return tables.stream()
        .map(table -> table.withTargets(table.targets().stream().map(this::wide).toList()))
        .toList();
  }

  private TargetTable wide(TargetTable target) {
    List<Writer> all = writers.get(target.name());
    if (all == null || all.size() == 1) {
      return target;
    }
    List<ColumnMapping> columns = new ArrayList<>();
    for (int i = 0; i < target.columns().size(); i++) {
      int place = i;
      ColumnMapping column = target.columns().get(i);
      boolean nullable = all.stream().anyMatch(w -> w.target.columns().get(place).nullable());
      columns.add(nullable ? column.withNull() : column);
    }
    return target.withColumns(columns);
  }

  private void check(List<Writer> all) {
    Writer first = all.get(0);
    for (Writer other : all.subList(1, all.size())) {
      if (!merged(first) || !merged(other)) {
        mistakes.add(
            place(other),
            "target table "
                + other.target.name()
                + " is written by both "
                + first.table.source().name()
                + " and "
                + other.table.source().name()
                + ". Rename one with `to`, or exclude one; if it is to have the rows of both, say"
                + " `merge: true` in both mappings.");
      } else {
        agree(first, other);
      }
    }
  }

  private void agree(Writer first, Writer other) {
    Map<String, ColumnMapping> columns = new HashMap<>();
    first.target.columns().forEach(column -> columns.put(column.name(), column));
    List<String> order = first.target.columns().stream().map(ColumnMapping::name).toList();
    List<String> others = other.target.columns().stream().map(ColumnMapping::name).toList();
    if (!order.equals(others)) {
      mistakes.add(
          place(other),
          both(first, other)
              + " do not make the same columns: "
              + String.join(", ", order)
              + " and "
              + String.join(", ", others)
              + ". List the columns of both, in one order; a constant stands for one that there is"
              + " not.");
      return;
    }
    for (ColumnMapping column : other.target.columns()) {
      ColumnMapping known = columns.get(column.name());
      if (known != null
          && (!known.type().equals(column.type()) || known.equality() != column.equality())) {
        mistakes.add(
            place(other),
            both(first, other)
                + " do not agree what column "
                + column.name()
                + " is: "
                + known.type()
                + " and "
                + column.type()
                + ". Give both the same `type`.");
      }
    }
    if (!Objects.equals(first.target.duplicates(), other.target.duplicates())) {
      mistakes.add(
          place(other),
          both(first, other)
              + " do not agree which rows count. Say the same `duplicates` in both.");
    }
    if (!first.target.key().equals(other.target.key())) {
      mistakes.add(
          place(other),
          both(first, other)
              + " do not agree what tells the rows apart: "
              + first.target.key()
              + " and "
              + other.target.key()
              + ". Say the same `key` in both.");
    }
  }

  private static String both(Writer first, Writer other) {
    return first.table.source().name()
        + " and "
        + other.table.source().name()
        + ", which both become "
        + first.target.name()
        + ",";
  }

  private boolean merged(Writer writer) {
    TableRule rule = rules.get(writer.table.source().name());
    return rule != null && rule.merged();
  }

  private Location place(Writer writer) {
    TableRule rule = rules.get(writer.table.source().name());
    return rule == null
        ? Location.of("source")
        : rule.targets().stream()
            .map(TargetRule::name)
            .filter(name -> name.value().equals(writer.target.name().table()))
            .map(Located::at)
            .findFirst()
            .orElse(rule.table().at());
  }
}
