package dev.landfall.pipelines.checksum;

import dev.landfall.pipelines.checksum.ComparisonLedger.Piece;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RoundStatements;
import dev.landfall.transforms.ledger.RunTransaction;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.validation.digest.DigestKey;
import java.io.Serializable;
import java.sql.Connection;
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
    try (Connection connection = connect()) {
      return (int) query(connection, RoundStatements.NEXT_ROUND).number();
    }
  }

  /** Whether a round is recorded. */
  public boolean isRecorded(int round) throws SQLException {
    try (Connection connection = connect()) {
      return isRecorded(connection, migration.run(), round);
    }
  }

  static boolean isRecorded(Connection connection, long run, int round) throws SQLException {
    return Query.of(connection, RoundStatements.IS_RECORDED)
        .bind("run", run)
        .bind("round", round)
        .exists();
  }

  /** Pieces that no recorded round counted, in the order of tables and of their numbers. */
  public List<Piece> uncounted() throws SQLException {
    try (Connection connection = connect()) {
      return query(connection, RoundStatements.UNCOUNTED_PIECES)
          .list(
              row ->
                  new Piece(
                      new DigestKey(
                          row.integer("table_position"),
                          row.integer("target_position"),
                          row.number("piece")),
                      row.number("source_rows"),
                      row.number("target_rows")));
    }
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
            reopen(connection, round, pieces);
          }
        });
  }

  private void reopen(Connection connection, int round, List<Piece> pieces) throws SQLException {
    List<TargetPosition> written = new ArrayList<>();
    List<TargetPosition> targets = new ArrayList<>();
    pieces.stream()
        .map(piece -> new TargetPosition(piece.key().table(), piece.key().target()))
        .distinct()
        .forEach(
            target ->
                mapping
                    .writers(target)
                    .forEach(
                        writer -> {
                          written.add(writer);
                          targets.add(target);
                        }));
    query(connection, RoundStatements.REOPEN_SOURCE)
        .bind("name", migration.name())
        .bind("round", round)
        .bind("writers", "int", written.stream().map(TargetPosition::table).toList())
        .bind("tables", "int", targets.stream().map(TargetPosition::table).toList())
        .bind("targets", "int", targets.stream().map(TargetPosition::target).toList())
        .update();
    query(connection, RoundStatements.REOPEN_TARGET)
        .bind("name", migration.name())
        .bind("round", round)
        .update();
  }

  private void choose(Connection connection, int round, List<Piece> pieces) throws SQLException {
    query(connection, RoundStatements.CHOOSE_PIECES)
        .bind("round", round)
        .bind("tables", "int", pieces.stream().map(p -> p.key().table()).toList())
        .bind("targets", "int", pieces.stream().map(p -> p.key().target()).toList())
        .bind("pieces", "bigint", pieces.stream().map(p -> p.key().piece()).toList())
        .update();
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
    List<TargetPosition> targets = mapping.writtenBy(table);
    try (Connection connection = connect()) {
      query(connection, RoundStatements.WANTED)
          .bind("round", round)
          .bind("tables", "int", targets.stream().map(TargetPosition::table).toList())
          .bind("targets", "int", targets.stream().map(TargetPosition::target).toList())
          .bind("chunk", chunk)
          .each(
              row -> {
                byte[] cells = row.bytesOrNull("cells");
                wanted.put(
                    new DigestKey(
                        row.integer("table_position"),
                        row.integer("target_position"),
                        row.number("piece")),
                    cells == null ? new BitSet() : BitSet.valueOf(cells));
              });
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
    return query(connection, RoundStatements.ADD_ROUND).bind("round", round).update() == 1;
  }

  private Query query(Connection connection, String sql) {
    return Query.of(connection, sql).bind("run", migration.run());
  }

  private Connection connect() throws SQLException {
    return Pools.of(migration.target(), Pools.Use.GENERAL).getConnection();
  }
}
