package dev.landfall.transforms.refresh;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import dev.landfall.transforms.sql.LedgerSql;
import dev.landfall.transforms.sql.RefreshSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to write the rows of a batch within a transaction: all at once, and if one is
 * refused, one by one, each with those that must come before it.
 */
final class RefreshAttempt {
  /** A row that waits for so many others is not worth more of the stack. */
  private static final int LONGEST_CHAIN = 200;

  private final Connection connection;
  private final Mapping mapping;
  private final KeyWorks works;
  private final KeyRefresh refresh;
  private final boolean mayGrow;
  private final Map<TargetPosition, RowWriter> writers = new HashMap<>();

  /** Keys that belong to the batch as well. */
  private final List<KeyWork> more = new ArrayList<>();

  /** Keys written since the savepoint of the key in hand. */
  private final Set<KeyWork> inHand = new LinkedHashSet<>();

  /**
   * @param mayGrow whether another attempt is to come when more keys are found
   */
  RefreshAttempt(
      Connection connection, Mapping mapping, KeyWorks works, KeyRefresh refresh, boolean mayGrow) {
    this.connection = connection;
    this.mapping = mapping;
    this.works = works;
    this.refresh = refresh;
    this.mayGrow = mayGrow;
  }

  /** Why a key can't be written now. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String reason) {
      super(reason, null, false, false);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Writes.
   *
   * @param quick whether to try all at once first
   * @return keys that have to be read and written with these; if there are any, what was written is
   *     to be rolled back
   */
  List<KeyWork> run(boolean quick) throws SQLException {
    if (!(quick && allAtOnce())) {
      oneByOne();
    }
    if (more.isEmpty()) {
      confirm();
    }
    return more;
  }

  private boolean allAtOnce() throws SQLException {
    if (works.those(KeyWork::writes).isEmpty()) {
      return true;
    }
    execute(LedgerSql.SAVEPOINT);
    try {
      for (KeyWork work : works.those(w -> w.action == Action.DELETED)) {
        write(work);
      }
      for (Map.Entry<TargetPosition, List<KeyWork>> table : works.byTable().entrySet()) {
        List<KeyedRow> current = new ArrayList<>();
        List<KeyedRow> wanted = new ArrayList<>();
        List<KeyedRow> missing = new ArrayList<>();
        for (KeyWork work : table.getValue()) {
          if (work.action == Action.UPDATED) {
            requireUpdatable(work);
            current.add(Objects.requireNonNull(work.target));
            wanted.add(Objects.requireNonNull(work.source));
          } else if (work.action == Action.INSERTED) {
            missing.add(Objects.requireNonNull(work.source));
          }
        }
        writer(table.getKey()).update(current, wanted);
        writer(table.getKey()).insert(missing);
      }
      execute(LedgerSql.RELEASE);
      works.those(KeyWork::writes).forEach(w -> w.written = true);
      return true;
    } catch (SQLException e) {
      if (!Conflict.blamesRow(e)) {
        throw e;
      }
    } catch (Refused e) {
      // Found again and said one by one.
    }
    back();
    return false;
  }

  /** Until nothing changes any more: one that failed may have waited for one behind it. */
  private void oneByOne() throws SQLException {
    List<KeyWork> todo = works.those(KeyWork::writes);
    Map<KeyWork, String> refused = new HashMap<>();
    boolean progress = true;
    while (progress && !todo.isEmpty()) {
      progress = false;
      List<KeyWork> left = new ArrayList<>();
      for (KeyWork work : todo) {
        if (work.written) {
          continue;
        }
        String reason = alone(work);
        if (reason == null) {
          progress = true;
        } else {
          refused.put(work, reason);
          left.add(work);
        }
      }
      todo = left;
    }
    todo.stream().filter(w -> !w.written).forEach(w -> w.fail(refused.get(w)));
  }

  /** Writes a key and those before it, or nothing; returns why not. */
  private @Nullable String alone(KeyWork work) throws SQLException {
    inHand.clear();
    execute(LedgerSql.SAVEPOINT);
    try {
      write(work, new ArrayList<>());
      execute(LedgerSql.RELEASE);
      return null;
    } catch (Refused e) {
      back();
      inHand.forEach(w -> w.written = false);
      works.all().forEach(w -> w.takenOut = false);
      return e.reason();
    }
  }

  private void write(KeyWork work, List<KeyWork> chain) throws SQLException, Refused {
    if (chain.size() >= LONGEST_CHAIN) {
      throw new Refused("more than " + LONGEST_CHAIN + " rows are in each other's way");
    }
    chain.add(work);
    // Each round takes one row out of the way, or ends.
    for (int round = 0; ; round++) {
      execute(LedgerSql.SAVEPOINT);
      Conflict conflict;
      try {
        write(work);
        execute(LedgerSql.RELEASE);
        work.written = true;
        inHand.add(work);
        chain.remove(chain.size() - 1);
        return;
      } catch (SQLException e) {
        if (!Conflict.blamesRow(e)) {
          throw e;
        }
        conflict = Conflict.of(e);
      }
      back();
      if (round == LONGEST_CHAIN || work.action == Action.DELETED) {
        throw new Refused(conflict.words());
      }
      switch (conflict.kind()) {
        case UNIQUE -> clear(work, conflict, chain);
        case FOREIGN_KEY -> bringParent(work, conflict, chain);
        case OTHER -> throw new Refused(conflict.words());
      }
    }
  }

  /** Brings the rows up to date that are in the way of one by a unique index. */
  private void clear(KeyWork work, Conflict conflict, List<KeyWork> chain)
      throws SQLException, Refused {
    if (!isOwn(work, conflict)) {
      throw new Refused(conflict.words());
    }
    KeyedRow wanted = Objects.requireNonNull(work.source);
    TableAccess access = refresh.access(work.position);
    boolean found = false;
    for (List<KeyedRow> rows :
        access.byKey(writer(work.position).inTheWay(conflict, wanted)).values()) {
      KeyedRow row = rows.get(0);
      if (row.hash().key() == work.hash && work.action == Action.UPDATED) {
        continue;
      }
      found = true;
      KeyWork other = works.find(work.position, row.hash().key());
      if (other == null) {
        found(
            new KeyWork(
                work.position,
                row.key(access.table()),
                row.hash().key(),
                "was in the way of " + text(work)),
            conflict);
      } else if (other == work) {
        // Somebody inserted it since it was read.
        throw new Refused(conflict.words());
      } else if (chain.contains(other) && !other.written) {
        new Parking(writer(work.position), access.table(), connection).park(other, conflict);
      } else if (other.writes() && !other.written) {
        write(other, chain);
      } else {
        throw new Refused(
            conflict.words()
                + "; "
                + text(other)
                + switch (other.action) {
                  case LEFT -> " is only in the target and in the way: --delete-extra deletes it";
                  case FAILED -> " is in the way: " + other.reason;
                  default -> " has it in the source too";
                });
      }
    }
    if (!found) {
      throw new Refused(conflict.words());
    }
  }

  /** Brings the row that another refers to. */
  private void bringParent(KeyWork work, Conflict conflict, List<KeyWork> chain)
      throws SQLException, Refused {
    KeyWork parent =
        new ParentKeys(connection, mapping, refresh)
            .find(conflict, Objects.requireNonNull(work.source), refresh.access(work.position));
    if (parent == null) {
      throw new Refused(conflict.words());
    }
    KeyWork known = works.find(parent.position, parent.hash);
    if (known == null) {
      found(
          new KeyWork(
              parent.position, parent.key, parent.hash, "is what " + text(work) + " refers to"),
          conflict);
    } else if (known.writes() && !known.written && !chain.contains(known)) {
      write(known, chain);
    } else {
      throw new Refused(conflict.words());
    }
  }

  private void found(KeyWork work, Conflict conflict) throws Refused {
    if (mayGrow && KeyRefresh.possible(mapping, work.position)) {
      more.add(work);
    }
    throw new Refused(conflict.words());
  }

  /** Whether the rule is the key's own table's, or a partition's of it, and no trigger's victim. */
  private boolean isOwn(KeyWork work, Conflict conflict) throws SQLException {
    TargetTable table = mapping.target(work.position);
    return (table.name().table().equals(conflict.table())
            && table.name().schema().equals(conflict.schema()))
        || writer(work.position).isPartition(conflict);
  }

  /** Writes one row. */
  private void write(KeyWork work) throws SQLException, Refused {
    RowWriter writer = writer(work.position);
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

  private void requireUpdatable(KeyWork work) throws SQLException, Refused {
    if (work.targetRows > 1) {
      return;
    }
    TargetTable table = mapping.target(work.position);
    KeyedRow current = Objects.requireNonNull(work.target);
    KeyedRow wanted = Objects.requireNonNull(work.source);
    List<String> changing = current.hash().differing(wanted.hash(), table);
    RowWriter writer = writer(work.position);
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
  private void confirm() throws SQLException {
    for (Map.Entry<TargetPosition, List<KeyWork>> table : works.byTable().entrySet()) {
      List<KeyWork> written = table.getValue().stream().filter(w -> w.written).toList();
      if (written.isEmpty()) {
        continue;
      }
      List<List<@Nullable String>> keys = new ArrayList<>();
      written.forEach(w -> keys.add(w.key));
      TableAccess access = refresh.access(table.getKey());
      Map<Long, List<KeyedRow>> rows = access.target(connection, keys);
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

  private String text(KeyWork work) {
    TargetTable table = mapping.target(work.position);
    StringBuilder text = new StringBuilder(table.name().toString());
    for (int i = 0; i < work.key.size(); i++) {
      text.append(i == 0 ? " " : ", ").append(table.key().get(i)).append(" = ");
      text.append(work.key.get(i));
    }
    return text.toString();
  }

  private RowWriter writer(TargetPosition position) throws SQLException {
    RowWriter known = writers.get(position);
    if (known == null) {
      known =
          new RowWriter(connection, mapping.target(position), refresh.facts(connection, position));
      writers.put(position, known);
    }
    return known;
  }

  private void back() throws SQLException {
    execute(LedgerSql.ROLLBACK_TO);
    execute(LedgerSql.RELEASE);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
