package dev.landfall.transforms.refresh;

import dev.landfall.transforms.convert.TableConverter;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunTransaction;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.read.ScannedRows;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import dev.landfall.transforms.sql.KeyedSql;
import dev.landfall.transforms.sql.RefreshSql;
import dev.landfall.transforms.sql.TransactionSql;
import dev.landfall.transforms.value.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a table without a key have given rows as often as the source has them: counts them on both
 * sides, which reads both tables whole, and inserts or deletes as many as it takes. Nobody else
 * writes to the target's table while its rows are counted and changed, in one transaction. Not
 * thread-safe.
 */
public final class CopyRefresh {
  /** What the ledger keeps for a NUL, which its texts can't have: no row can be known by that. */
  private static final String NUL = "\\u0000";

  private final Mapping mapping;
  private final TargetPosition position;
  private final TargetTable target;
  private final RowIdentity identity;
  private final MigrationKey migration;
  private final @Nullable Long verification;

  /**
   * @param position a target table without a key
   * @param verification the run of the verification on whose behalf this is done, null for none
   */
  public CopyRefresh(
      Mapping mapping,
      TargetPosition position,
      MigrationKey migration,
      @Nullable Long verification) {
    this.mapping = mapping;
    this.position = position;
    this.target = mapping.target(position);
    this.identity = new RowIdentity(target);
    this.migration = migration;
    this.verification = verification;
  }

  /** One row of which there may be several. */
  private static final class Copies {
    final List<@Nullable String> texts;
    final String hash;
    long inSource;
    long inTarget;
    @Nullable KeyedRow sourceRow;
    @Nullable KeyedRow targetRow;
    Action action = Action.UNCHANGED;
    @Nullable String reason;

    Copies(List<@Nullable String> texts, String hash) {
      this.texts = texts;
      this.hash = hash;
    }

    long missing() {
      return inSource - inTarget;
    }

    void decide(boolean deletes) {
      if (texts.stream().anyMatch(text -> text != null && text.contains(NUL))) {
        fail("it has a NUL, which the ledger can't keep, so it can't be told from others");
      } else if (missing() > 0) {
        action = Action.INSERTED;
        reason = counts();
      } else if (missing() < 0) {
        action = deletes ? Action.DELETED : Action.LEFT;
        reason = counts();
      }
    }

    private String counts() {
      return "the source had " + inSource + " of it, the target " + inTarget;
    }

    void fail(String why) {
      action = Action.FAILED;
      reason = why;
    }
  }

  /**
   * What {@link #run} would do; changes nothing. Begins a transaction of the target, and ends it.
   */
  public List<RefreshedKey> look(
      Connection from, Connection to, List<List<@Nullable String>> rows, boolean deletes)
      throws SQLException {
    Map<String, Copies> wanted = wanted(rows);
    countSource(from, wanted);
    to.setAutoCommit(false);
    countTarget(to, wanted);
    to.rollback();
    to.setAutoCommit(true);
    wanted.values().forEach(copies -> copies.decide(deletes));
    return results(wanted.values());
  }

  /**
   * Does it, and commits.
   *
   * @param rows texts of the table's columns in their order, from either side
   * @param deletes whether rows are deleted that the target has too often; else they are left
   * @throws IllegalStateException when the run has ended
   * @throws SQLException when a connection fails; the same call may be made again
   */
  public List<RefreshedKey> run(
      Connection from, Connection to, List<List<@Nullable String>> rows, boolean deletes)
      throws SQLException {
    Map<String, Copies> wanted = wanted(rows);
    countSource(from, wanted);
    to.setAutoCommit(false);
    try {
      begin(to);
      countTarget(to, wanted);
      RowWriter writer = new RowWriter(to, target, TableFacts.read(to, target));
      for (Copies copies : wanted.values()) {
        copies.decide(deletes);
        write(to, writer, copies);
      }
      List<RefreshedKey> results = results(wanted.values());
      new RefreshAudit(to, mapping, migration, verification).add(results);
      to.commit();
      to.setAutoCommit(true);
      return results;
    } catch (SQLException | RuntimeException e) {
      try {
        to.rollback();
      } catch (SQLException broken) {
        e.addSuppressed(broken);
      }
      throw e;
    }
  }

  private Map<String, Copies> wanted(List<List<@Nullable String>> rows) {
    Map<String, Copies> wanted = new LinkedHashMap<>();
    for (List<@Nullable String> texts : rows) {
      Rows.Builder one = Rows.builder(texts.size());
      texts.forEach(one::addText);
      String hash = identity.hash(one.build(), 0).row();
      wanted.putIfAbsent(hash, new Copies(Collections.unmodifiableList(texts), hash));
    }
    return wanted;
  }

  private void countSource(Connection from, Map<String, Copies> wanted) throws SQLException {
    for (TargetPosition writer : mapping.writers(position)) {
      countSource(from, writer, wanted);
    }
  }

  private void countSource(Connection from, TargetPosition writer, Map<String, Copies> wanted)
      throws SQLException {
    TableMapping table = mapping.table(writer.table());
    TableConverter converter = new TableConverter(table);
    ScannedRows.ofSource(
        from,
        KeyedSql.all(table),
        read -> {
          Rows rows =
              converter
                  .convert(new RowBatch(writer.table(), 0, 0, true, read))
                  .targets()
                  .get(writer.target());
          for (int i = 0; i < rows.size(); i++) {
            RowIdentity.Hash hash = identity.hash(rows, i);
            Copies copies = wanted.get(hash.row());
            if (copies != null) {
              copies.inSource++;
              if (copies.sourceRow == null) {
                copies.sourceRow = alone(rows, i, hash);
              }
            }
          }
        });
  }

  private void countTarget(Connection to, Map<String, Copies> wanted) throws SQLException {
    ScannedRows.ofTarget(
        to,
        KeyedSql.all(target),
        rows -> {
          for (int i = 0; i < rows.size(); i++) {
            RowIdentity.Hash hash = identity.hash(rows, i);
            Copies copies = wanted.get(hash.row());
            if (copies != null) {
              copies.inTarget++;
              if (copies.targetRow == null) {
                copies.targetRow = alone(rows, i, hash);
              }
            }
          }
        });
  }

  /** Without those that were read with it. */
  private static KeyedRow alone(Rows rows, int row, RowIdentity.Hash hash) {
    int bytes = rows.end(row, rows.columns() - 1) - rows.start(row, 0);
    return new KeyedRow(Rows.builder(rows.columns(), 1, bytes).addRow(rows, row).build(), 0, hash);
  }

  private void begin(Connection to) throws SQLException {
    RunTransaction.share(to, migration);
    execute(to, RefreshSql.lockTable(target));
  }

  private void write(Connection to, RowWriter writer, Copies copies) throws SQLException {
    if (copies.action != Action.INSERTED && copies.action != Action.DELETED) {
      return;
    }
    execute(to, TransactionSql.SAVEPOINT);
    try {
      if (copies.action == Action.INSERTED) {
        KeyedRow row = java.util.Objects.requireNonNull(copies.sourceRow);
        List<KeyedRow> rows = new ArrayList<>();
        for (long left = copies.missing(); left > 0; left--) {
          rows.add(row);
          if (rows.size() == 100 || left == 1) {
            writer.insert(rows);
            rows.clear();
          }
        }
      } else {
        delete(writer, copies);
      }
      if (copies.action == Action.FAILED) {
        execute(to, TransactionSql.ROLLBACK_TO);
      }
    } catch (SQLException e) {
      if (!Conflict.blamesRow(e)) {
        throw e;
      }
      execute(to, TransactionSql.ROLLBACK_TO);
      copies.fail(Conflict.of(e).words());
    }
    execute(to, TransactionSql.RELEASE);
  }

  private void delete(RowWriter writer, Copies copies) throws SQLException {
    if (writer.facts().references().stream().anyMatch(RefreshSql.Reference::spreadsDeletes)) {
      copies.fail("foreign keys refer to the table that would delete or change other rows");
      return;
    }
    long wanted = -copies.missing();
    long deleted = writer.deleteSome(java.util.Objects.requireNonNull(copies.targetRow), wanted);
    if (deleted != wanted) {
      copies.fail("of " + wanted + " rows to delete only " + deleted + " are written alike");
    }
  }

  private List<RefreshedKey> results(Collection<Copies> all) {
    List<RefreshedKey> results = new ArrayList<>();
    for (Copies copies : all) {
      boolean changed = copies.action == Action.INSERTED || copies.action == Action.DELETED;
      results.add(
          new RefreshedKey(
              position,
              target.named(copies.texts),
              copies.action,
              copies.inTarget > 0 ? copies.hash : null,
              (changed ? copies.inSource : copies.inTarget) > 0 ? copies.hash : null,
              copies.reason));
    }
    return results;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
