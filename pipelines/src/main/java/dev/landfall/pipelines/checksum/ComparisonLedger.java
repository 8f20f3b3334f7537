package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunTransaction;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.sql.ReconciliationSql;
import dev.landfall.transforms.sql.StepSql;
import dev.landfall.transforms.sql.VerificationSql;
import dev.landfall.validation.digest.CellRule;
import dev.landfall.validation.digest.Cutting;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.Pieces;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of a verification under way: the plans of both sides and how each target
 * table is compared. Workers ask it, wherever they are, so that the job's graph does not depend on
 * what was planned.
 */
public final class ComparisonLedger implements Serializable {
  private static final long serialVersionUID = 1L;

  private final MigrationKey migration;

  /** The verification of that migration's run. */
  public ComparisonLedger(MigrationKey migration) {
    this.migration = migration;
  }

  /**
   * How one target table is compared.
   *
   * @param position in {@link dev.landfall.transforms.model.Mapping#targets}
   * @param target the same as a pair
   * @param buckets 0 when it is compared chunk by chunk
   * @param cells how its pieces fall into cells
   */
  record Comparison(int position, TargetPosition target, int buckets, CellRule cells) {}

  /** A piece whose sides disagree, with the rows of each side. */
  public record Piece(DigestKey key, long sourceRows, long targetRows) implements Serializable {
    /** How many rows of a side are looked at when this piece is. */
    long rows() {
      return Math.max(sourceRows, targetRows);
    }

    /** What it counts for when one side has no rows of it. */
    Found.Counted known() {
      return new Found.Counted(key.tableKey(), RowCounts.of(0, 0, sourceRows, targetRows));
    }

    /** How many differences there are at least. */
    long differs() {
      return Math.max(1, Math.abs(sourceRows - targetRows));
    }
  }

  /**
   * Forgets what the run found before and all plans of both sides, unless the run is in the middle
   * of a verification: then that one goes on.
   *
   * @throws IllegalStateException when the run has ended
   */
  public void begin() throws SQLException {
    RunTransaction.require(
        migration,
        connection -> {
          if (planned(connection).isEmpty()) {
            execute(connection, VerificationSql.FORGET);
            execute(connection, ReconciliationSql.TAKE_BACK);
            for (String sql : VerificationSql.FORGET_ENDED) {
              try (PreparedStatement delete = connection.prepareStatement(sql)) {
                delete.setString(1, migration.name());
                delete.executeUpdate();
              }
            }
            dropPlans(connection);
          }
        });
  }

  /**
   * Forgets everything but the verdict, the differences and which rounds are recorded, as part of
   * the connection's transaction.
   */
  public void end(Connection connection) throws SQLException {
    execute(connection, VerificationSql.CLEAN_UP);
    dropPlans(connection);
  }

  /** How many rows the plans of both sides are thought to have; 0 before the first. */
  public long plannedRows() throws SQLException {
    return number(StepSql.PLANNED_ROWS);
  }

  /** How many chunks of both sides are to be read. */
  public long chunksToRead() throws SQLException {
    return number(StepSql.CHUNKS_TO_READ);
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = Pools.of(migration.target(), Pools.Use.GENERAL).getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, migration.name());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private void dropPlans(Connection connection) throws SQLException {
    new ChunkLedger(migration, ChunkLedger.Plan.SOURCE).drop(connection);
    new ChunkLedger(migration, ChunkLedger.Plan.TARGET).drop(connection);
  }

  private void execute(Connection connection, List<String> statements) throws SQLException {
    for (String sql : statements) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setLong(1, migration.run());
        statement.executeUpdate();
      }
    }
  }

  /** The tables that the run has planned. */
  Set<Integer> planned() throws SQLException {
    try (Connection connection = connect()) {
      return planned(connection);
    }
  }

  private Set<Integer> planned(Connection connection) throws SQLException {
    Set<Integer> planned = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(VerificationSql.PLANNED)) {
      select.setLong(1, migration.run());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          planned.add(row.getInt(1));
        }
      }
    }
    return planned;
  }

  /**
   * Stores the plans of some tables, of both sides, all or none; of a table that the run has
   * planned already the first plan stays, and so it does for all once a round is recorded. So
   * numbers of chunks mean the same to whoever works for the run.
   *
   * @throws IllegalStateException when the run has ended
   */
  void savePlans(List<Chunk> source, List<Chunk> target, List<Comparison> comparisons)
      throws SQLException {
    RunTransaction.require(
        migration,
        connection -> {
          if (RoundLedger.isRecorded(connection, migration.run(), 0)) {
            return;
          }
          Set<Integer> planned = planned(connection);
          List<Comparison> missing =
              comparisons.stream().filter(c -> !planned.contains(c.target().table())).toList();
          Set<Integer> positions =
              missing.stream().map(Comparison::position).collect(Collectors.toSet());
          new ChunkLedger(migration, ChunkLedger.Plan.SOURCE)
              .addPlans(
                  connection,
                  source.stream().filter(c -> !planned.contains(c.getTable())).toList());
          new ChunkLedger(migration, ChunkLedger.Plan.TARGET)
              .addPlans(
                  connection,
                  target.stream().filter(c -> positions.contains(c.getTable())).toList());
          addComparisons(connection, missing);
        });
  }

  /**
   * Stores the plans of a run's cell, all or none; a cell that the run has planned already stays.
   *
   * @param more what belongs to the same transaction
   * @throws IllegalStateException when the run has ended
   */
  void savePlans(
      List<Chunk> source,
      List<Chunk> target,
      List<Comparison> comparisons,
      RunTransaction.Work more)
      throws SQLException {
    RunTransaction.require(
        migration,
        connection -> {
          if (RoundLedger.isRecorded(connection, migration.run(), 0)
              || !planned(connection).isEmpty()) {
            return;
          }
          new ChunkLedger(migration, ChunkLedger.Plan.SOURCE).addPlans(connection, source);
          new ChunkLedger(migration, ChunkLedger.Plan.TARGET).addPlans(connection, target);
          addComparisons(connection, comparisons);
          more.change(connection);
        });
  }

  private void addComparisons(Connection connection, List<Comparison> comparisons)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(VerificationSql.ADD_COMPARISON)) {
      for (Comparison comparison : comparisons) {
        insert.setLong(1, migration.run());
        insert.setInt(2, comparison.position());
        insert.setInt(3, comparison.target().table());
        insert.setInt(4, comparison.target().target());
        insert.setInt(5, comparison.buckets());
        insert.setInt(6, comparison.cells().count());
        insert.setInt(7, comparison.cells().column());
        insert.setBigDecimal(8, decimal(comparison.cells().lowest()));
        insert.setBigDecimal(9, decimal(comparison.cells().highest()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static @Nullable BigDecimal decimal(@Nullable BigInteger number) {
    return number == null ? null : new BigDecimal(number);
  }

  /**
   * How pieces that have rows of a chunk fall into cells, by target table of its table, where they
   * do.
   *
   * @param table position of the chunk's source table
   * @param chunk of either side
   */
  Map<TableKey, Cutting> cuttings(int table, Chunk chunk) throws SQLException {
    Map<TableKey, Cutting> cuttings = new HashMap<>();
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(VerificationSql.CELLS)) {
      select.setLong(1, migration.run());
      select.setInt(2, table);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          CellRule rule =
              new CellRule(
                  row.getInt(2),
                  row.getInt(3),
                  integer(row.getString(4)),
                  integer(row.getString(5)));
          cuttings.put(new TableKey(table, row.getInt(1)), rule.of(chunk));
        }
      }
    }
    return cuttings;
  }

  private static @Nullable BigInteger integer(@Nullable String digits) {
    return digits == null ? null : new BigInteger(digits);
  }

  /** How the tables fall into pieces, once all are planned. */
  Pieces pieces() throws SQLException {
    Pieces pieces = Pieces.byChunk();
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(VerificationSql.BUCKETS)) {
      select.setLong(1, migration.run());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          pieces = pieces.withBuckets(row.getInt(1), row.getInt(2), row.getInt(3));
        }
      }
    }
    return pieces;
  }

  private Connection connect() throws SQLException {
    return Pools.of(migration.target(), Pools.Use.GENERAL).getConnection();
  }
}
