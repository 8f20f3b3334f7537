package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.partition.Chunk;
import dev.landfall.transforms.schema.Mapping.TargetPosition;
import dev.landfall.transforms.sql.VerificationSql;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.Pieces;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the ledger knows of a verification under way: the plans of both sides, how each target table
 * is compared, the pieces that disagree. Workers ask it, wherever they are, so that the job's graph
 * does not depend on what was planned.
 */
public final class ComparisonLedger {
  private final MigrationKey migration;

  /** The verification of that migration's run. */
  public ComparisonLedger(MigrationKey migration) {
    this.migration = migration;
  }

  /**
   * How one target table is compared.
   *
   * @param position in {@link dev.landfall.transforms.schema.Mapping#targets}
   * @param target the same as a pair
   * @param buckets 0 when it is compared chunk by chunk
   */
  record Comparison(int position, TargetPosition target, int buckets) {}

  /** A piece whose sides disagree, with the rows of each side. */
  public record Piece(DigestKey key, long sourceRows, long targetRows) implements Serializable {
    /** How many rows of a side are looked at when this piece is. */
    long rows() {
      return Math.max(sourceRows, targetRows);
    }

    /** How many differences there are at least. */
    long differs() {
      return Math.max(1, Math.abs(sourceRows - targetRows));
    }
  }

  /** Forgets what the run found before, and all plans of both sides. */
  public void begin() throws SQLException {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      execute(connection, VerificationSql.FORGET);
      connection.commit();
    }
    dropPlans();
  }

  /** Forgets everything but the verdict and the differences. */
  public void end() throws SQLException {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      execute(connection, VerificationSql.CLEAN_UP);
      connection.commit();
    }
    dropPlans();
  }

  private void dropPlans() throws SQLException {
    new ChunkLedger(migration, ChunkLedger.Plan.SOURCE).drop();
    new ChunkLedger(migration, ChunkLedger.Plan.TARGET).drop();
  }

  private void execute(Connection connection, List<String> statements) throws SQLException {
    for (String sql : statements) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setLong(1, migration.run());
        statement.executeUpdate();
      }
    }
  }

  /** Stores the plans of some tables, of both sides, all or none; again does no harm. */
  void savePlans(
      List<Integer> tables, List<Chunk> source, List<Chunk> target, List<Comparison> comparisons)
      throws SQLException {
    List<Integer> positions = comparisons.stream().map(Comparison::position).toList();
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      new ChunkLedger(migration, ChunkLedger.Plan.SOURCE).replacePlans(connection, tables, source);
      new ChunkLedger(migration, ChunkLedger.Plan.TARGET)
          .replacePlans(connection, positions, target);
      try (PreparedStatement insert =
          connection.prepareStatement(VerificationSql.SAVE_COMPARISON)) {
        for (Comparison comparison : comparisons) {
          insert.setLong(1, migration.run());
          insert.setInt(2, comparison.position());
          insert.setInt(3, comparison.target().table());
          insert.setInt(4, comparison.target().target());
          insert.setInt(5, comparison.buckets());
          insert.addBatch();
        }
        insert.executeBatch();
      }
      connection.commit();
    }
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

  /** Keeps the pieces that disagree, in place of those kept before. */
  void savePieces(Iterable<Piece> pieces) throws SQLException {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      execute(connection, List.of(VerificationSql.DROP_PIECES));
      try (PreparedStatement insert = connection.prepareStatement(VerificationSql.ADD_PIECE)) {
        for (Piece piece : pieces) {
          insert.setLong(1, migration.run());
          insert.setInt(2, piece.key().table());
          insert.setInt(3, piece.key().target());
          insert.setLong(4, piece.key().piece());
          insert.setLong(5, piece.sourceRows());
          insert.setLong(6, piece.targetRows());
          insert.addBatch();
        }
        insert.executeBatch();
      }
      connection.commit();
    }
  }

  /** The pieces that disagree, in the order of tables and of their numbers. */
  public List<Piece> disagreeing() throws SQLException {
    List<Piece> pieces = new ArrayList<>();
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(VerificationSql.PIECES)) {
      select.setLong(1, migration.run());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          DigestKey key = new DigestKey(row.getInt(1), row.getInt(2), row.getLong(3));
          pieces.add(new Piece(key, row.getLong(4), row.getLong(5)));
        }
      }
    }
    return pieces;
  }

  /** Makes pending, on both sides, the chunks that may have rows of those pieces. */
  public void openRound(int round, List<DigestKey> pieces) throws SQLException {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      try (PreparedStatement choose = connection.prepareStatement(VerificationSql.CHOOSE_PIECES)) {
        choose.setInt(1, round);
        Object[] tables = pieces.stream().map(DigestKey::table).toArray();
        Object[] targets = pieces.stream().map(DigestKey::target).toArray();
        Object[] numbers = pieces.stream().map(DigestKey::piece).toArray();
        choose.setArray(2, connection.createArrayOf("int", tables));
        choose.setArray(3, connection.createArrayOf("int", targets));
        choose.setArray(4, connection.createArrayOf("bigint", numbers));
        choose.setLong(5, migration.run());
        choose.executeUpdate();
      }
      for (String sql : List.of(VerificationSql.REOPEN_SOURCE, VerificationSql.REOPEN_TARGET)) {
        try (PreparedStatement reopen = connection.prepareStatement(sql)) {
          reopen.setString(1, migration.name());
          reopen.setLong(2, migration.run());
          reopen.setInt(3, round);
          reopen.executeUpdate();
        }
      }
      connection.commit();
    }
  }

  /** The pieces of a round. */
  Set<DigestKey> piecesOf(int round) throws SQLException {
    Set<DigestKey> pieces = new HashSet<>();
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(VerificationSql.PIECES_OF_ROUND)) {
      select.setLong(1, migration.run());
      select.setInt(2, round);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          pieces.add(new DigestKey(row.getInt(1), row.getInt(2), row.getLong(3)));
        }
      }
    }
    return pieces;
  }

  private Connection connect() throws SQLException {
    return Pools.of(migration.target(), Pools.Use.GENERAL).getConnection();
  }
}
