package dev.landfall.transforms.refresh;

import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunTransaction;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.sql.TransactionSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Brings the keys of one batch up to date: reads the current rows of the source through the mapping
 * of the load and makes the target agree with what was read. What both sides have at that moment
 * decides, not what anybody saw before, so it may be done again at any time, and the last one who
 * does it wins with the newest row: whoever refreshes keys of the same source table waits for those
 * before, and reads behind them. Not thread-safe.
 *
 * <p>A batch is one transaction of the target, with a row of {@code landfall.repair} for each key.
 * The source is read before the transaction writes. What fails as a whole leaves nothing; a key
 * that the target refuses fails alone.
 *
 * <ul>
 *   <li>Rows are inserted, updated and deleted, never replaced, so that no foreign key of the
 *       target goes on from a row to those that refer to it. A deletion that would delete or change
 *       other rows (ON DELETE CASCADE, SET NULL, SET DEFAULT) is refused; so is an update that
 *       would take a reference away (ON UPDATE SET NULL, SET DEFAULT).
 *   <li>Rows that are in the way by a unique index, whatever its expressions and collations, are
 *       brought up to date first, also those that nobody asked for. Where they are in each other's
 *       way, one of them gets another value in one column until its turn comes, within the
 *       transaction: NULL, where the column takes it and no foreign key refers to the index, else
 *       one that hardly anybody has; where there is none, its row is deleted and inserted again, if
 *       Landfall knows all its columns and nothing refers to it.
 *   <li>Parents that are missing are brought first, if they are of the mapping.
 *   <li>What stands for ON UPDATE CURRENT_TIMESTAMP leaves the rows alone; triggers of the user's
 *       fire. Sequences go on behind the keys that were inserted.
 * </ul>
 */
public final class KeyRefresh {
  /** So many times at most, more keys are found to belong to a batch. */
  private static final int MOST_ROUNDS = 50;

  private final Mapping mapping;
  private final MigrationKey migration;
  private final @Nullable Long verification;
  private final Map<TargetPosition, TableAccess> accesses = new HashMap<>();
  private final Map<TargetPosition, TableFacts> facts = new HashMap<>();

  /**
   * @param verification the run of the verification on whose behalf this is done, null for none
   */
  public KeyRefresh(Mapping mapping, MigrationKey migration, @Nullable Long verification) {
    this.mapping = mapping;
    this.migration = migration;
    this.verification = verification;
  }

  /**
   * What {@link #run} would do at this moment, as far as both sides tell: what the target would
   * refuse is not known. Changes nothing.
   *
   * @return one for each key, in the batch's order, without those that are there twice
   */
  public List<RefreshedKey> look(Connection source, Connection target, KeyBatch batch)
      throws SQLException {
    KeyWorks works = asked(batch);
    read(source, target, works, batch.deletes());
    return works.all().stream().map(this::result).toList();
  }

  /**
   * Does it, and commits.
   *
   * @return one for each key, and for each further one that had to be brought up to date as well
   * @throws IllegalStateException when the run has ended
   * @throws SQLException when a connection fails; unless it was the target's in the commit, nothing
   *     was changed, and the same call may be made again in any case
   */
  public List<RefreshedKey> run(Connection source, Connection target, KeyBatch batch)
      throws SQLException {
    target.setAutoCommit(false);
    try {
      KeyWorks works = asked(batch);
      boolean quick = true;
      for (int round = 0; ; round++) {
        begin(target, works);
        read(source, target, works, batch.deletes());
        boolean last = round >= MOST_ROUNDS;
        RefreshAttempt attempt =
            new RefreshAttempt(
                target, mapping, works, this, table -> !last && grows(source, table));
        List<FoundKey> more = attempt.run(quick);
        if (more.isEmpty()) {
          List<RefreshedKey> results = works.all().stream().map(this::result).toList();
          new RefreshAudit(target, mapping, migration, verification).add(results);
          target.commit();
          target.setAutoCommit(true);
          return results;
        }
        target.rollback();
        works = works.anew();
        add(source, works, more);
        quick = false;
      }
    } catch (SQLException | RuntimeException e) {
      try {
        target.rollback();
      } catch (SQLException broken) {
        e.addSuppressed(broken);
      }
      throw e;
    }
  }

  /**
   * Whether rows of a table can be brought up to date with others: not where the source would have
   * to be read as a whole for them while what is read of it is held.
   */
  private boolean grows(Connection source, TargetPosition table) {
    return possible(mapping, table) && !(access(table).scans() && HeldRows.areHeldBy(source));
  }

  private void add(Connection source, KeyWorks works, List<FoundKey> more) throws SQLException {
    Map<TargetPosition, List<FoundKey>> tables = new LinkedHashMap<>();
    more.forEach(key -> tables.computeIfAbsent(key.position(), p -> new ArrayList<>()).add(key));
    for (Map.Entry<TargetPosition, List<FoundKey>> table : tables.entrySet()) {
      access(table.getKey()).works(source, table.getValue()).forEach(works::add);
    }
  }

  private KeyWorks asked(KeyBatch batch) {
    KeyWorks works = new KeyWorks();
    TableAccess access = access(batch.position());
    batch.keys().forEach(key -> works.add(access.work(key, null)));
    return works;
  }

  private RefreshedKey result(KeyWork work) {
    return work.result(mapping.target(work.position));
  }

  private void begin(Connection target, KeyWorks works) throws SQLException {
    try (Statement statement = target.createStatement()) {
      statement.execute(TransactionSql.LIMIT_IDLE);
      statement.execute(TransactionSql.IMMEDIATE);
    }
    RunTransaction.share(target, migration);
    // In one order for all, so that nobody waits for each other.
    Set<Integer> tables = new TreeSet<>();
    works.all().forEach(w -> tables.add(w.position.table()));
    for (int table : tables) {
      RunTransaction.queueForTable(target, migration.name(), table);
    }
  }

  private void read(Connection source, Connection target, KeyWorks works, boolean deletes)
      throws SQLException {
    for (Map.Entry<TargetPosition, List<KeyWork>> table : works.byTable().entrySet()) {
      access(table.getKey()).readSource(source, table.getValue());
      access(table.getKey()).readTarget(target, table.getValue());
    }
    works.all().forEach(w -> w.decide(deletes));
  }

  /** Whether keys of that table can be refreshed. */
  public static boolean possible(Mapping mapping, TargetPosition position) {
    return KeyLookup.possible(mapping, position);
  }

  TableAccess access(TargetPosition position) {
    return accesses.computeIfAbsent(position, p -> new TableAccess(p, mapping));
  }

  /** What the target's table is like; asked once. */
  TableFacts facts(Connection target, TargetPosition position) throws SQLException {
    TableFacts known = facts.get(position);
    if (known == null) {
      known = TableFacts.read(target, mapping.target(position));
      facts.put(position, known);
    }
    return known;
  }
}
