package dev.landfall.pipelines.checksum;

import dev.landfall.pipelines.checksum.ComparisonLedger.Piece;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunTransaction;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.sql.VerificationSql;
import dev.landfall.validation.digest.DigestKey;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rounds of a verification in the ledger. Round 0 compares digests, which leaves pieces that
 * disagree; each further one counts some of those, most of them by a job that matches their rows.
 * They are recorded one behind the other, each whole and once: what is recorded never changes, and
 * whoever finds the same again, or found it for a run that has ended, is passed over.
 */
public final class RoundLedger implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(RoundLedger.class);

  private final MigrationKey migration;
  private final Mapping mapping;

  /** The rounds of that migration's run. */
  public RoundLedger(MigrationKey migration, Mapping mapping) {
    this.migration = migration;
    this.mapping = mapping;
  }

  /** The number of the first round that is not recorded. */
  public int next() throws SQLException {
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(VerificationSql.NEXT_ROUND)) {
      select.setLong(1, migration.run());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /** Whether a round is recorded. */
  public boolean isRecorded(int round) throws SQLException {
    try (Connection connection = connect()) {
      return isRecorded(connection, migration.run(), round);
    }
  }

  static boolean isRecorded(Connection connection, long run, int round) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(VerificationSql.IS_RECORDED)) {
      select.setLong(1, run);
      select.setInt(2, round);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** Pieces that no recorded round counted, in the order of tables and of their numbers. */
  public List<Piece> uncounted() throws SQLException {
    List<Piece> pieces = new ArrayList<>();
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(VerificationSql.UNCOUNTED_PIECES)) {
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

  /**
   * Makes pending, on both sides, the chunks that may have rows of a round's pieces. Again does no
   * harm; of a round that is recorded nothing becomes pending.
   *
   * @throws IllegalStateException when the run has ended
   */
  public void open(int round, List<Piece> pieces) throws SQLException {
    RunTransaction.require(
        migration,
        connection -> {
          if (!isRecorded(connection, migration.run(), round)) {
            choose(connection, round, pieces);
            for (String sql :
                List.of(VerificationSql.REOPEN_SOURCE, VerificationSql.REOPEN_TARGET)) {
              try (PreparedStatement reopen = connection.prepareStatement(sql)) {
                reopen.setString(1, migration.name());
                reopen.setLong(2, migration.run());
                reopen.setInt(3, round);
                reopen.executeUpdate();
              }
            }
          }
        });
  }

  private void choose(Connection connection, int round, List<Piece> pieces) throws SQLException {
    try (PreparedStatement choose = connection.prepareStatement(VerificationSql.CHOOSE_PIECES)) {
      choose.setInt(1, round);
      Object[] tables = pieces.stream().map(p -> p.key().table()).toArray();
      Object[] targets = pieces.stream().map(p -> p.key().target()).toArray();
      Object[] numbers = pieces.stream().map(p -> p.key().piece()).toArray();
      choose.setArray(2, connection.createArrayOf("int", tables));
      choose.setArray(3, connection.createArrayOf("int", targets));
      choose.setArray(4, connection.createArrayOf("bigint", numbers));
      choose.setLong(5, migration.run());
      choose.executeUpdate();
    }
  }

  /**
   * The pieces of a round that rows of a chunk may be in, and those cells of them that are to be
   * looked at; none for all.
   *
   * @param table position of the chunk's source table
   * @param chunk the chunk's number
   */
  Map<DigestKey, BitSet> wanted(int round, int table, long chunk) throws SQLException {
    Map<DigestKey, BitSet> wanted = new HashMap<>();
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(VerificationSql.WANTED)) {
      select.setLong(1, migration.run());
      select.setInt(2, round);
      select.setInt(3, table);
      select.setLong(4, chunk);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          byte[] cells = row.getBytes(3);
          wanted.put(
              new DigestKey(table, row.getInt(1), row.getLong(2)),
              cells == null ? new BitSet() : BitSet.valueOf(cells));
        }
      }
    }
    return wanted;
  }

  /**
   * Records a round whose pieces need no look, because one side has no rows of them at all; nothing
   * when the round is recorded.
   *
   * @throws IllegalStateException when the run has ended
   */
  public void recordKnown(int round, List<Piece> pieces) throws SQLException {
    RunTransaction.require(
        migration,
        connection -> {
          if (add(connection, round)) {
            choose(connection, round, pieces);
            RoundRecord record = new RoundRecord(connection, migration, mapping, round);
            for (Piece piece : pieces) {
              record.counted(piece.known());
            }
            record.save();
          }
        });
  }

  /**
   * Records what a round's job found and takes the chunks that it read off the pending ones, in one
   * transaction. Nothing is changed when the round is recorded already, when the run has ended, and
   * when it was asked to stop before all was read.
   *
   * @param found read once, from the first to the last
   * @throws IllegalStateException when the chunks that were read are not exactly those that were
   *     pending, each once; nothing is changed then
   * @throws SQLException when the ledger fails; the same call may be made again
   */
  void record(int round, Iterable<Found> found) throws SQLException {
    boolean going =
        RunTransaction.attempt(
            migration,
            connection -> {
              if (add(connection, round)) {
                RoundRecord record = new RoundRecord(connection, migration, mapping, round);
                for (Found part : found) {
                  part.to(record);
                }
                if (record.settle()) {
                  record.save();
                } else {
                  connection.rollback();
                }
              } else {
                LOG.info("round {} of run {} is recorded already", round, migration.run());
              }
            });
    if (!going) {
      LOG.info("run {} has ended; its round {} is not recorded", migration.run(), round);
    }
  }

  private boolean add(Connection connection, int round) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(VerificationSql.ADD_ROUND)) {
      insert.setLong(1, migration.run());
      insert.setInt(2, round);
      return insert.executeUpdate() == 1;
    }
  }

  private Connection connect() throws SQLException {
    return Pools.of(migration.target(), Pools.Use.GENERAL).getConnection();
  }
}
