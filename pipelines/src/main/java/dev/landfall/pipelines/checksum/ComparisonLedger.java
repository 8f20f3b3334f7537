package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.PassLedger;
import dev.landfall.transforms.ledger.RoundStatements;
import dev.landfall.transforms.ledger.RunTransaction;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
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
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of a verification under way: the plans of both sides and how each target
 * table is compared. Workers ask it, wherever they are, so that the job's graph does not depend on
 * what was planned.
 */
public final class ComparisonLedger implements Serializable {
  private static final long serialVersionUID = 1L;

  private final MigrationKey migration;
  private final Mapping mapping;

  /** The verification of that migration's run. */
  public ComparisonLedger(MigrationKey migration, Mapping mapping) {
    this.migration = migration;
    this.mapping = mapping;
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
            execute(connection, RoundStatements.FORGET);
            new PassLedger(migration).takeBack(connection);
            for (String sql : RoundStatements.FORGET_ENDED) {
              Query.of(connection, sql).bind("name", migration.name()).update();
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
    execute(connection, RoundStatements.CLEAN_UP);
    dropPlans(connection);
  }

  /** How many rows the plans of both sides are thought to have; 0 before the first. */
  public long plannedRows() throws SQLException {
    return number(RoundStatements.PLANNED_ROWS);
  }

  /** How many chunks of both sides are to be read. */
  public long chunksToRead() throws SQLException {
    return number(RoundStatements.UNREAD_CHUNKS);
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = connect()) {
      return Query.of(connection, sql).bind("name", migration.name()).number();
    }
  }

  private void dropPlans(Connection connection) throws SQLException {
    new ChunkLedger(migration, ChunkLedger.Plan.SOURCE).drop(connection);
    new ChunkLedger(migration, ChunkLedger.Plan.TARGET).drop(connection);
  }

  private void execute(Connection connection, List<String> statements) throws SQLException {
    for (String sql : statements) {
      query(connection, sql).update();
    }
  }

  private Query query(Connection connection, String sql) {
    return Query.of(connection, sql).bind("run", migration.run());
  }

  /** The source tables that the run has planned. */
  Set<Integer> planned() throws SQLException {
    try (Connection connection = connect()) {
      return planned(connection);
    }
  }

  private Set<Integer> planned(Connection connection) throws SQLException {
    Set<Integer> firsts =
        Set.copyOf(
            query(connection, RoundStatements.PLANNED).list(row -> row.integer("table_position")));
    return IntStream.range(0, mapping.tables().size())
        .filter(table -> firsts.contains(mapping.writtenBy(table).get(0).table()))
        .boxed()
        .collect(Collectors.toUnmodifiableSet());
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
    Query insert = query(connection, RoundStatements.ADD_COMPARISON);
    for (Comparison comparison : comparisons) {
      insert
          .bind("position", comparison.position())
          .bind("table", comparison.target().table())
          .bind("target", comparison.target().target())
          .bind("buckets", comparison.buckets())
          .bind("cells", comparison.cells().count())
          .bind("column", comparison.cells().column())
          .bind("lowest", decimal(comparison.cells().lowest()))
          .bind("highest", decimal(comparison.cells().highest()))
          .addBatch();
    }
    insert.executeBatch();
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
    List<TargetPosition> targets = mapping.writtenBy(table);
    try (Connection connection = connect()) {
      query(connection, RoundStatements.CELLS)
          .bind("tables", "int", targets.stream().map(TargetPosition::table).toList())
          .bind("targets", "int", targets.stream().map(TargetPosition::target).toList())
          .each(
              row -> {
                CellRule rule =
                    new CellRule(
                        row.integer("cells"),
                        row.integer("cell_column"),
                        integer(row.textOrNull("lowest")),
                        integer(row.textOrNull("highest")));
                cuttings.put(
                    new TableKey(row.integer("table_position"), row.integer("target_position")),
                    rule.of(chunk));
              });
    }
    return cuttings;
  }

  private static @Nullable BigInteger integer(@Nullable String digits) {
    return digits == null ? null : new BigInteger(digits);
  }

  /** How the tables fall into pieces, once all are planned. */
  Pieces pieces() throws SQLException {
    Pieces[] pieces = {Pieces.byChunk()};
    try (Connection connection = connect()) {
      query(connection, RoundStatements.BUCKETS)
          .each(
              row ->
                  pieces[0] =
                      pieces[0].withBuckets(
                          row.integer("table_position"),
                          row.integer("target_position"),
                          row.integer("buckets")));
    }
    return pieces[0];
  }

  private Connection connect() throws SQLException {
    return Pools.of(migration.target(), Pools.Use.GENERAL).getConnection();
  }
}
