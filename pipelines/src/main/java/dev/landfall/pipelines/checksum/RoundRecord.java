package dev.landfall.pipelines.checksum;

import dev.landfall.pipelines.api.JobLostException;
import dev.landfall.pipelines.checksum.ComparisonLedger.Piece;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RoundStatements;
import dev.landfall.transforms.ledger.RunStop;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes what a round comes to and writes it into the ledger, as part of the connection's
 * transaction. Differences are written as they come; what it keeps until {@link #save} is a few
 * numbers for each chunk.
 */
final class RoundRecord implements Found.Receiver {
  private final Connection connection;
  private final MigrationKey migration;
  private final int round;
  private final FindingLedger findings;
  private final Chunks source = new Chunks();
  private final Chunks target = new Chunks();
  private final Map<TableKey, RowCounts> counts = new HashMap<>();
  private final List<Found.Disagreeing> pieces = new ArrayList<>();

  RoundRecord(Connection connection, MigrationKey migration, Mapping mapping, int round) {
    this.connection = connection;
    this.migration = migration;
    this.round = round;
    this.findings = new FindingLedger(migration, mapping);
  }

  /** Chunks of one side. */
  private static final class Chunks {
    final List<Integer> tables = new ArrayList<>();
    final List<Long> numbers = new ArrayList<>();
    final List<Long> rows = new ArrayList<>();
    final List<Long> filtered = new ArrayList<>();
  }

  @Override
  public void read(Found.Read chunk) {
    Chunks side = chunk.side() == ChunkLedger.Plan.SOURCE ? source : target;
    side.tables.add(chunk.table());
    side.numbers.add(chunk.number());
    side.rows.add(chunk.rows());
    side.filtered.add(chunk.filtered());
  }

  @Override
  public void counted(Found.Counted part) {
    counts.merge(part.table(), part.rows(), RowCounts::plus);
  }

  @Override
  public void disagreeing(Found.Disagreeing disagreeing) {
    pieces.add(disagreeing);
  }

  @Override
  public void differing(Found.Differing differing) throws SQLException {
    findings.addDifferences(connection, round, differing.rows());
  }

  /**
   * Takes the chunks that were read off the pending ones.
   *
   * @return whether all is settled; if not the run was asked to stop before all was read
   * @throws JobLostException when the chunks that were read are not exactly those that were
   *     pending, each once, for any other reason
   */
  boolean settle() throws SQLException {
    int read = source.numbers.size() + target.numbers.size();
    int settled = settle(ChunkLedger.Plan.SOURCE, source) + settle(ChunkLedger.Plan.TARGET, target);
    long unread = unread();
    if (settled == read && unread == 0) {
      return true;
    }
    if (RunStop.reason(connection, migration.run()).isEmpty()) {
      throw new JobLostException(
          ("Round %d of run %d of migration \"%s\" read %d chunks where %d were to be read, %d of"
                  + " those once. Nothing of it is recorded.")
              .formatted(
                  round, migration.run(), migration.name(), read, settled + unread, settled));
    }
    return false;
  }

  private int settle(ChunkLedger.Plan side, Chunks chunks) throws SQLException {
    return new ChunkLedger(migration, side).settle(connection, chunks.tables, chunks.numbers);
  }

  private long unread() throws SQLException {
    return Query.of(connection, RoundStatements.UNREAD_CHUNKS)
        .bind("name", migration.name())
        .number();
  }

  /** Writes counts and pieces. */
  void save() throws SQLException {
    findings.addCounts(connection, round, counts);
    // Later rounds read parts of chunks, whose rows have been counted.
    if (round == 0) {
      Query.of(connection, RoundStatements.COUNT_READ)
          .bind("name", migration.name())
          .bind("tables", "int", source.tables)
          .bind("numbers", "bigint", source.numbers)
          .bind("rows", "bigint", source.rows)
          .bind("filtered", "bigint", source.filtered)
          .update();
    }
    Query insert = Query.of(connection, RoundStatements.ADD_PIECE).bind("run", migration.run());
    for (Found.Disagreeing disagreeing : pieces) {
      Piece piece = disagreeing.piece();
      BitSet cells = disagreeing.cells();
      insert
          .bind("table", piece.key().table())
          .bind("target", piece.key().target())
          .bind("piece", piece.key().piece())
          .bind("source_rows", piece.sourceRows())
          .bind("target_rows", piece.targetRows())
          .bind("cells", cells == null ? null : cells.toByteArray())
          .addBatch();
    }
    insert.executeBatch();
  }
}
