package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.partition.Chunk;
import dev.landfall.transforms.sql.LedgerSql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ledger's plan: which chunks there are and which are pending. */
public final class ChunkLedger {
  private final MigrationKey migration;

  /** The plan of that migration. */
  public ChunkLedger(MigrationKey migration) {
    this.migration = migration;
  }

  /** A pending chunk and its place in the order of all chunks. */
  public record Pending(long ordinal, Chunk chunk) {}

  /** Whether the table's chunks are stored. */
  public boolean isPlanned(int table) throws SQLException {
    try (Connection connection = connect()) {
      return isPlanned(connection, table);
    }
  }

  /**
   * Stores a table's chunks, all or none, unless it has a plan already: then that one stays,
   * because chunks of it may be committed.
   */
  public void storePlan(int table, List<Chunk> chunks) throws SQLException {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      try (PreparedStatement lock = connection.prepareStatement(LedgerSql.LOCK_PLAN)) {
        lock.setString(1, migration.name());
        lock.setString(2, String.valueOf(table));
        lock.execute();
      }
      if (!isPlanned(connection, table)) {
        insert(connection, chunks);
      }
      connection.commit();
    }
  }

  /** Every chunk of the table, in order. */
  public List<Chunk> chunks(int table) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(LedgerSql.CHUNKS)) {
      select.setString(1, migration.name());
      select.setInt(2, table);
      List<Chunk> chunks = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          chunks.add(chunk(row));
        }
      }
      return chunks;
    }
  }

  /** How many chunks of the tables are not committed. */
  public long countPending(Collection<Integer> tables) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(LedgerSql.COUNT_PENDING)) {
      select.setString(1, migration.name());
      select.setArray(2, connection.createArrayOf("int", tables.toArray()));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * The first pending chunk of a lane at or behind an ordinal. Lanes share out the chunks: each
   * belongs to one.
   */
  public Optional<Pending> nextPending(
      Collection<Integer> tables, int lane, int lanes, long fromOrdinal) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(LedgerSql.NEXT_PENDING)) {
      select.setString(1, migration.name());
      select.setLong(2, fromOrdinal);
      select.setArray(3, connection.createArrayOf("int", tables.toArray()));
      select.setInt(4, lanes);
      select.setInt(5, lane);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(new Pending(row.getLong(1), chunk(row))) : Optional.empty();
      }
    }
  }

  private boolean isPlanned(Connection connection, int table) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LedgerSql.IS_PLANNED)) {
      select.setString(1, migration.name());
      select.setInt(2, table);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private void insert(Connection connection, List<Chunk> chunks) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(LedgerSql.ADD_CHUNK)) {
      for (Chunk chunk : chunks) {
        insert.setString(1, migration.name());
        insert.setInt(2, chunk.getTable());
        insert.setLong(3, chunk.getNumber());
        insert.setString(4, chunk.getCut().name());
        insert.setArray(5, array(connection, chunk.getKey()));
        insert.setArray(6, array(connection, chunk.getStart()));
        insert.setArray(7, array(connection, chunk.getEnd()));
        insert.setLong(8, chunk.getPieces());
        insert.setLong(9, chunk.getEstimatedRows());
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
