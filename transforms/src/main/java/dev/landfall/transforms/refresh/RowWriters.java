package dev.landfall.transforms.refresh;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import dev.landfall.transforms.sql.RefreshSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes single rows and reads what became of them, within the transaction of an attempt. */
final class RowWriters {
  private final Connection connection;
  private final Mapping mapping;
  private final KeyRefresh refresh;
  private final Map<TargetPosition, RowWriter> writers = new HashMap<>();

  RowWriters(Connection connection, Mapping mapping, KeyRefresh refresh) {
    this.connection = connection;
    this.mapping = mapping;
    this.refresh = refresh;
  }

  /** Writes one row. */
  void write(KeyWork work) throws SQLException, Refused {
    RowWriter writer = to(work.position);
    KeyedRow current = work.target;
    switch (work.action) {
      case INSERTED -> writer.insert(List.of(Objects.requireNonNull(work.source)));
      case UPDATED -> {
        KeyedRow row = Objects.requireNonNull(current);
        KeyedRow wanted = Objects.requireNonNull(work.source);
        if (work.takenOut) {
          writer.insert(List.of(wanted));
          return;
        }
        requireUpdatable(work);
        if (work.targetRows > 1) {
          List<@Nullable String> key = row.key(mapping.target(work.position));
          String reference = writer.referring(key);
          if (reference != null) {
            throw new Refused(
                "the target has "
                    + work.targetRows
                    + " rows of this key, and rows refer to one of them: foreign key "
                    + reference);
          }
          writer.deleteCopies(key);
        }
        writer.update(List.of(row), List.of(wanted));
      }
      case DELETED -> {
        List<@Nullable String> key =
            Objects.requireNonNull(current).key(mapping.target(work.position));
        String reference = writer.delete(key);
        if (reference != null) {
          throw new Refused("rows refer to it that would go with it: foreign key " + reference);
        }
      }
      case UNCHANGED, LEFT, FAILED -> throw new IllegalStateException(work.action + " is no work");
    }
  }

  void requireUpdatable(KeyWork work) throws SQLException, Refused {
    if (work.targetRows > 1) {
      return;
    }
    TargetTable table = mapping.target(work.position);
    KeyedRow current = Objects.requireNonNull(work.target);
    KeyedRow wanted = Objects.requireNonNull(work.source);
    List<String> changing = current.hash().differing(wanted.hash(), table);
    RowWriter writer = to(work.position);
    List<String> settable =
        RefreshSql.settable(table, writer.facts().numbered()).stream()
            .map(ColumnMapping::name)
            .toList();
    if (changing.stream().noneMatch(settable::contains)) {
      throw new Refused(
          "the target itself makes " + String.join(", ", changing) + ", and other than the source");
    }
    String reference =
        writer.losing(current.key(table), changing.stream().filter(settable::contains).toList());
    if (reference != null) {
      throw new Refused(
          "rows refer to it that would lose their reference: foreign key " + reference);
    }
  }

  /** Reads what was written: a trigger or an expression of the target may have its own mind. */
  void confirm(KeyWorks works) throws SQLException {
    for (Map.Entry<TargetPosition, List<KeyWork>> table : works.byTable().entrySet()) {
      List<KeyWork> written = table.getValue().stream().filter(w -> w.written).toList();
      if (written.isEmpty()) {
        continue;
      }
      TableAccess access = refresh.access(table.getKey());
      Map<Long, List<KeyedRow>> rows =
          access.target(connection, written.stream().map(w -> w.key).toList());
      for (KeyWork work : written) {
        confirm(work, rows.getOrDefault(work.hash, List.of()), access.table());
      }
    }
  }

  private static void confirm(KeyWork work, List<KeyedRow> rows, TargetTable table) {
    KeyedRow wanted = work.source;
    work.after = rows.isEmpty() ? null : rows.get(0).hash().row();
    if (wanted == null ? rows.isEmpty() : rows.size() == 1) {
      if (wanted == null || wanted.hash().row().equals(work.after)) {
        return;
      }
      work.action = Action.FAILED;
      work.reason =
          "the target made something else of "
              + String.join(", ", wanted.hash().differing(rows.get(0).hash(), table));
      return;
    }
    work.action = Action.FAILED;
    work.reason = "the target has " + rows.size() + " rows of it behind the refresh";
  }

  /** Whether the rule is the key's own table's, or a partition's of it, and no trigger's victim. */
  boolean isOwn(KeyWork work, Conflict conflict) throws SQLException {
    TargetTable table = mapping.target(work.position);
    return (table.name().table().equals(conflict.table())
            && table.name().schema().equals(conflict.schema()))
        || to(work.position).isPartition(conflict);
  }

  RowWriter to(TargetPosition position) throws SQLException {
    RowWriter known = writers.get(position);
    if (known == null) {
      known =
          new RowWriter(connection, mapping.target(position), refresh.facts(connection, position));
      writers.put(position, known);
    }
    return known;
  }
}
