package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.model.Chunk;
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
     * dev.landfall.transforms.model.Mapping#targets}.
     */
    TARGET
  }

  /** A plan of that migration. */
  public ChunkLedger(MigrationKey migration, Plan plan) {
    this.migration = migration;
    this.plan = plan;
  }

  /** Nothing is handed out in it. */
  public static final long NO_TURN = 0;

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
        addPlans(connection, chunks);
      }
      connection.commit();
    }
  }

  /** Stores chunks of tables that have no plan, as part of the connection's transaction. */
  public void addPlans(Connection connection, List<Chunk> chunks) throws SQLException {
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
   * Takes chunks off the pending ones, in one statement, as part of the connection's transaction;
   * those that are not pending stay as they are.
   *
   * @param tables the chunks' tables
   * @param numbers the chunks' numbers, in the order of {@code tables}
   * @return how many were pending, each counted once
   */
  public int settle(Connection connection, List<Integer> tables, List<Long> numbers)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(VerificationSql.SETTLE_ALL)) {
      update.setArray(1, connection.createArrayOf("int", tables.toArray()));
      update.setArray(2, connection.createArrayOf("bigint", numbers.toArray()));
      update.setString(3, migration.name());
      update.setString(4, plan.name());
      return update.executeUpdate();
    }
  }

  /** Forgets the whole plan, as part of the connection's transaction. */
  public void drop(Connection connection) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(LedgerSql.DROP_PLAN)) {
      delete.setString(1, migration.name());
      delete.setString(2, plan.name());
      delete.executeUpdate();
    }
  }

  /**
   * How the plan stands.
   *
   * @param pending chunks that are not committed
   * @param done chunks that were planned and chunks that were committed, together: whatever gets on
   *     adds to it
   */
  public record Counts(long pending, long done) {}

  /** How the plan of the tables stands. */
  public Counts count(Collection<Integer> tables) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(LedgerSql.COUNT_CHUNKS)) {
      select.setString(1, migration.name());
      select.setString(2, plan.name());
      select.setArray(3, connection.createArrayOf("int", tables.toArray()));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Counts(row.getLong(1), row.getLong(2));
      }
    }
  }

  /**
   * Begins to hand out the pending chunks, each once. Ends what others began: they get no more. A
   * run that has ended ends nobody's turn and has none itself.
   *
   * @return the turn's number
   */
  public long beginTurn() throws SQLException {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      try (PreparedStatement end = connection.prepareStatement(LedgerSql.END_TURNS);
          PreparedStatement begin = connection.prepareStatement(LedgerSql.BEGIN_TURN)) {
        end.setString(1, migration.name());
        end.setString(2, plan.name());
        end.setLong(3, migration.run());
        end.executeUpdate();
        begin.setString(1, migration.name());
        begin.setString(2, plan.name());
        begin.setLong(3, migration.run());
        long turn;
        try (ResultSet row = begin.executeQuery()) {
          turn = row.next() ? row.getLong(1) : NO_TURN;
        }
        connection.commit();
        return turn;
      }
    }
  }

  /**
   * The turn's next pending chunks: one, or several that are a whole table each, in the order of
   * their ordinals. Any number of workers may ask at the same time; none gets what another got.
   * Empty when all are handed out, the turn is over, or the load shall stop.
   *
   * @param most how many at most
   * @param rows how many rows several have together at most, by their estimates
   */
  public List<Pending> take(long turn, Collection<Integer> tables, int most, long rows)
      throws SQLException {
    try (Connection connection = feeding();
        PreparedStatement advance = connection.prepareStatement(LedgerSql.ADVANCE_TURN)) {
      Array positions = connection.createArrayOf("int", tables.toArray());
      advance.setString(1, migration.name());
      advance.setString(2, plan.name());
      advance.setArray(3, positions);
      advance.setLong(4, migration.run());
      advance.setLong(5, migration.run());
      advance.setInt(6, most);
      advance.setLong(7, rows);
      advance.setLong(8, turn);
      long previous;
      long position;
      try (ResultSet row = advance.executeQuery()) {
        if (!row.next()) {
          return List.of();
        }
        previous = row.getLong(1);
        position = row.getLong(2);
      }
      return previous == position ? List.of() : pending(connection, previous, position, positions);
    }
  }

  private List<Pending> pending(Connection connection, long previous, long position, Array tables)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LedgerSql.PENDING)) {
      select.setString(1, migration.name());
      select.setString(2, plan.name());
      select.setLong(3, previous);
      select.setLong(4, position);
      select.setArray(5, tables);
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

  /**
   * Whoever comes next waits for the turn's row until the commit, which therefore waits for no
   * disk: a turn that the target forgets was handed out to workers whose sessions it has forgotten
   * too.
   */
  private Connection feeding() throws SQLException {
    return Pools.of(migration.target(), Pools.Use.LOAD).getConnection();
  }

  private Connection connect() throws SQLException {
    return Pools.of(migration.target(), Pools.Use.GENERAL).getConnection();
  }
}
