package dev.landfall.transforms.refresh;

import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import dev.landfall.transforms.sql.TransactionSql;
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
import java.util.function.Predicate;
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
  private final Predicate<TargetPosition> growth;
  private final RowWriters writers;

  /** Keys that belong to the batch as well. */
  private final List<FoundKey> more = new ArrayList<>();

  /** Keys written since the savepoint of the key in hand. */
  private final Set<KeyWork> inHand = new LinkedHashSet<>();

  /**
   * @param growth of which tables further keys may be found, for another attempt
   */
  RefreshAttempt(
      Connection connection,
      Mapping mapping,
      KeyWorks works,
      KeyRefresh refresh,
      Predicate<TargetPosition> growth) {
    this.connection = connection;
    this.mapping = mapping;
    this.works = works;
    this.refresh = refresh;
    this.growth = growth;
    this.writers = new RowWriters(connection, mapping, refresh);
  }

  /**
   * Writes.
   *
   * @param quick whether to try all at once first
   * @return keys that have to be read and written with these; if there are any, what was written is
   *     to be rolled back
   */
  List<FoundKey> run(boolean quick) throws SQLException {
    if (!(quick && allAtOnce())) {
      oneByOne();
    }
    if (more.isEmpty()) {
      writers.confirm(works);
    }
    return more;
  }

  private boolean allAtOnce() throws SQLException {
    if (works.those(KeyWork::writes).isEmpty()) {
      return true;
    }
    execute(TransactionSql.SAVEPOINT);
    try {
      for (KeyWork work : works.those(w -> w.action == Action.DELETED)) {
        writers.write(work);
      }
      for (Map.Entry<TargetPosition, List<KeyWork>> table : works.byTable().entrySet()) {
        List<KeyedRow> current = new ArrayList<>();
        List<KeyedRow> wanted = new ArrayList<>();
        List<KeyedRow> missing = new ArrayList<>();
        for (KeyWork work : table.getValue()) {
          if (work.action == Action.UPDATED) {
            writers.requireUpdatable(work);
            current.add(Objects.requireNonNull(work.target));
            wanted.add(Objects.requireNonNull(work.source));
          } else if (work.action == Action.INSERTED) {
            missing.add(Objects.requireNonNull(work.source));
          }
        }
        writers.to(table.getKey()).update(current, wanted);
        writers.to(table.getKey()).insert(missing);
      }
      execute(TransactionSql.RELEASE);
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
    todo.stream().filter(w -> !w.written).forEach(w -> w.fail(String.valueOf(refused.get(w))));
  }

  /** Writes a key and those before it, or nothing; returns why not. */
  private @Nullable String alone(KeyWork work) throws SQLException {
    inHand.clear();
    execute(TransactionSql.SAVEPOINT);
    try {
      write(work, new ArrayList<>());
      execute(TransactionSql.RELEASE);
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
      execute(TransactionSql.SAVEPOINT);
      Conflict conflict;
      try {
        writers.write(work);
        execute(TransactionSql.RELEASE);
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
    if (!writers.isOwn(work, conflict)) {
      throw new Refused(conflict.words());
    }
    KeyedRow wanted = Objects.requireNonNull(work.source);
    TableAccess access = refresh.access(work.position);
    boolean found = false;
    for (List<KeyedRow> rows :
        access.byKey(writers.to(work.position).inTheWay(conflict, wanted)).values()) {
      KeyedRow row = rows.get(0);
      if (row.hash().key() == work.hash && work.action == Action.UPDATED) {
        continue;
      }
      found = true;
      KeyWork other = works.find(work.position, row.hash().key());
      if (other == null) {
        found(
            access.found(row.key(access.table())).because("was in the way of " + text(work)),
            conflict);
      } else if (other == work) {
        // Somebody inserted it since it was read.
        throw new Refused(conflict.words());
      } else if (chain.contains(other) && !other.written) {
        new Parking(writers.to(work.position), access.table(), connection).park(other, conflict);
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
    FoundKey parent =
        new ParentKeys(connection, mapping, refresh)
            .find(conflict, Objects.requireNonNull(work.source), refresh.access(work.position));
    if (parent == null) {
      throw new Refused(conflict.words());
    }
    KeyWork known = works.find(parent.position(), parent.hash());
    if (known == null) {
      found(parent.because("is what " + text(work) + " refers to"), conflict);
    } else if (known.writes() && !known.written && !chain.contains(known)) {
      write(known, chain);
    } else {
      throw new Refused(conflict.words());
    }
  }

  private void found(FoundKey key, Conflict conflict) throws Refused {
    if (growth.test(key.position())) {
      more.add(key);
    }
    throw new Refused(conflict.words());
  }

  private String text(KeyWork work) {
    TargetTable table = mapping.target(work.position);
    StringBuilder text = new StringBuilder(table.name().toString());
    for (int i = 0; i < table.key().size(); i++) {
      text.append(i == 0 ? " " : ", ").append(table.key().get(i)).append(" = ");
      text.append(work.key.target().get(i));
    }
    return text.toString();
  }

  private void back() throws SQLException {
    execute(TransactionSql.ROLLBACK_TO);
    execute(TransactionSql.RELEASE);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
