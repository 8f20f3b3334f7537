package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.partition.Chunk;
import dev.landfall.transforms.sql.LedgerSql;
import dev.landfall.transforms.sql.VerificationSql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ledger's plan: which chunks there are and which are pending. */
public final class ChunkLedger {
  private final MigrationKey migration;
  private final Plan plan;

  /** What chunks are planned for. */
  public enum Plan {
    /** Loading; stays for good, with what became of each chunk. */
    LOAD,
    /** The source's side of a verification; positions are those of the mapping. */
    SOURCE,
    /**
     * The target's side of a verification; positions are those of {@link
     * dev.landfall.transforms.schema.Mapping#targets}.
     */
    TARGET
  }

  /** A plan of that migration. */
  public ChunkLedger(MigrationKey migration, Plan plan) {
    this.migration = migration;
    this.plan = plan;
  }

  /** A pending chunk and its place in the order of all chunks. */
  public record Pending(long ordinal, Chunk chunk) {}

  /** Whether the table is still to be planned: it has no plan, and the run has not ended. */
  public boolean wantsPlan(int table) throws SQLException {
    try (Connection connection = connect()) {
      return !isPlanned(connection, table) && !isEnded(connection);
    }
  }

  /**
   * Stores a table's chunks, all or none, unless it has a plan already: then that one stays,
   * because chunks of it may be committed. For a run that has ended nothing is stored.
   */
  public void storePlan(int table, List<Chunk> chunks) throws SQLException {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      try (PreparedStatement lock = connection.prepareStatement(LedgerSql.LOCK_PLAN)) {
        lock.setString(1, migration.name());
        lock.setString(2, plan + " " + table);
        lock.execute();
      }
      if (!isPlanned(connection, table) && !isEnded(connection)) {
        insert(connection, chunks);
      }
      connection.commit();
    }
  }

  /**
   * Stores chunks of tables in place of what those tables had, as part of the connection's
   * transaction. For plans that are made anew each time, with few statements for many tables.
   */
  public void replacePlans(Connection connection, Collection<Integer> tables, List<Chunk> chunks)
      throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(VerificationSql.DROP_PLANS_OF)) {
      delete.setString(1, migration.name());
      delete.setString(2, plan.name());
      delete.setArray(3, connection.createArrayOf("int", tables.toArray()));
      delete.executeUpdate();
    }
    insert(connection, chunks);
  }

  /** Every chunk of the table, in order. */
  public List<Chunk> chunks(int table) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(LedgerSql.CHUNKS)) {
      select.setString(1, migration.name());
      select.setString(2, plan.name());
      select.setInt(3, table);
      List<Chunk> chunks = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          chunks.add(chunk(row));
        }
      }
      return chunks;
    }
  }

  /**
   * Takes chunks off the pending ones, in one statement; those that are not pending stay as they
   * are.
   *
   * @param tables the chunks' tables
   * @param numbers the chunks' numbers, in the order of {@code tables}
   */
  public void settle(List<Integer> tables, List<Long> numbers) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement update = connection.prepareStatement(VerificationSql.SETTLE_ALL)) {
      update.setArray(1, connection.createArrayOf("int", tables.toArray()));
      update.setArray(2, connection.createArrayOf("bigint", numbers.toArray()));
      update.setString(3, migration.name());
      update.setString(4, plan.name());
      update.executeUpdate();
    }
  }

  /** Forgets the whole plan. */
  public void drop() throws SQLException {
    try (Connection connection = connect();
        PreparedStatement delete = connection.prepareStatement(LedgerSql.DROP_PLAN)) {
      delete.setString(1, migration.name());
      delete.setString(2, plan.name());
      delete.executeUpdate();
    }
  }

  /** How many chunks of the tables are not committed. */
  public long countPending(Collection<Integer> tables) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(LedgerSql.COUNT_PENDING)) {
      select.setString(1, migration.name());
      select.setString(2, plan.name());
      select.setArray(3, connection.createArrayOf("int", tables.toArray()));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * The first pending chunks of a lane at or behind an ordinal, in order. Lanes share out the
   * chunks: each belongs to one. Of a load that shall stop, and for a run that has ended, nothing
   * is pending any more.
   *
   * @param limit how many at most
   */
  public List<Pending> nextPending(
      Collection<Integer> tables, int lane, int lanes, long fromOrdinal, int limit)
      throws SQLException {
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(LedgerSql.NEXT_PENDING)) {
      select.setString(1, migration.name());
      select.setString(2, plan.name());
      select.setLong(3, fromOrdinal);
      select.setArray(4, connection.createArrayOf("int", tables.toArray()));
      select.setInt(5, lanes);
      select.setInt(6, lane);
      select.setLong(7, migration.run());
      select.setLong(8, migration.run());
      select.setInt(9, limit);
      List<Pending> pending = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          pending.add(new Pending(row.getLong(1), chunk(row)));
        }
      }
      return pending;
    }
  }

  private boolean isPlanned(Connection connection, int table) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LedgerSql.IS_PLANNED)) {
      select.setString(1, migration.name());
      select.setString(2, plan.name());
      select.setInt(3, table);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private boolean isEnded(Connection connection) throws SQLException {
    return RunStop.reason(connection, migration.run()).filter(RunStop.ENDED::equals).isPresent();
  }

  private void insert(Connection connection, List<Chunk> chunks) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(LedgerSql.ADD_CHUNK)) {
      for (Chunk chunk : chunks) {
        insert.setString(1, migration.name());
        insert.setString(2, plan.name());
        insert.setInt(3, chunk.getTable());
        insert.setLong(4, chunk.getNumber());
        insert.setString(5, chunk.getCut().name());
        insert.setArray(6, array(connection, chunk.getKey()));
        insert.setArray(7, array(connection, chunk.getStart()));
        insert.setArray(8, array(connection, chunk.getEnd()));
        insert.setLong(9, chunk.getPieces());
        insert.setLong(10, chunk.getEstimatedRows());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static @Nullable Array array(Connection connection, @Nullable List<String> texts)
      throws SQLException {
    return texts == null ? null : connection.createArrayOf("text", texts.toArray());
  }

  private static Chunk chunk(ResultSet row) throws SQLException {
    List<String> key = texts(row.getArray(5));
    return Chunk.create(
        row.getInt(2),
        row.getLong(3),
        Chunk.Cut.valueOf(row.getString(4)),
        key == null ? List.of() : key,
        texts(row.getArray(6)),
        texts(row.getArray(7)),
        row.getLong(8),
        row.getLong(9));
  }

  private static @Nullable List<String> texts(@Nullable Array array) throws SQLException {
    return array == null ? null : List.of((String[]) array.getArray());
  }

  private Connection connect() throws SQLException {
    return Pools.of(migration.target(), Pools.Use.GENERAL).getConnection();
  }
}
