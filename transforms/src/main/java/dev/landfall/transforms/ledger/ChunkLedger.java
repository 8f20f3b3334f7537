package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Row;
import dev.landfall.transforms.model.Chunk;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /** Those of the tables that are still to be planned; none when the run has ended. */
  public List<Integer> unplanned(Collection<Integer> tables) throws SQLException {
    try (Connection connection = connect()) {
      return unplanned(connection, tables);
    }
  }

  /**
   * Stores tables' chunks, each table's all or none. A table that has a plan already keeps that
   * one, because chunks of it may be committed. For a run that has ended nothing is stored.
   */
  public void storePlans(List<Chunk> chunks) throws SQLException {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      Query.of(
              connection,
              "SELECT pg_advisory_xact_lock(hashtextextended('landfall plan:' || :plan, 0))")
          .bind("plan", migration.name() + " " + plan)
          .exists();
      Set<Integer> unplanned =
          Set.copyOf(
              unplanned(connection, chunks.stream().map(Chunk::getTable).distinct().toList()));
      addPlans(connection, chunks.stream().filter(c -> unplanned.contains(c.getTable())).toList());
      connection.commit();
    }
  }

  /** Stores chunks of tables that have no plan, as part of the connection's transaction. */
  public void addPlans(Connection connection, List<Chunk> chunks) throws SQLException {
    Query insert = query(connection, ChunkStatements.ADD);
    for (Chunk chunk : chunks) {
      insert
          .bind("table", chunk.getTable())
          .bind("number", chunk.getNumber())
          .bind("cut", chunk.getCut().name())
          .bind("key", "text", chunk.getKey())
          .bind("start", "text", chunk.getStart())
          .bind("end", "text", chunk.getEnd())
          .bind("pieces", chunk.getPieces())
          .bind("rows", chunk.getEstimatedRows())
          .addBatch();
    }
    insert.executeBatch();
  }

  /** Every chunk of the table, in order. */
  public List<Chunk> chunks(int table) throws SQLException {
    try (Connection connection = connect()) {
      return query(
              connection, ChunkStatements.SELECT + " AND table_position = :table ORDER BY number")
          .bind("table", table)
          .list(ChunkLedger::chunk);
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
    return query(connection, ChunkStatements.SETTLE)
        .bind("tables", "int", tables)
        .bind("numbers", "bigint", numbers)
        .update();
  }

  /** Forgets the whole plan, as part of the connection's transaction. */
  public void drop(Connection connection) throws SQLException {
    query(connection, "DELETE FROM" + ChunkStatements.OF_PLAN).update();
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
    try (Connection connection = connect()) {
      return query(
              connection,
              "SELECT count(*) AS planned, count(committed) AS committed FROM"
                  + ChunkStatements.OF_PLAN
                  + " AND table_position = ANY (:tables)")
          .bind("tables", "int", tables)
          .one(
              row -> {
                long planned = row.number("planned");
                long committed = row.number("committed");
                return new Counts(planned - committed, planned + committed);
              })
          .orElseThrow();
    }
  }

  /** Rows read of each table that is loaded, all its chunks by the run, by the table's position. */
  public static Map<Integer, Long> loadedBy(Connection connection, MigrationKey migration)
      throws SQLException {
    Map<Integer, Long> read = new LinkedHashMap<>();
    Query.of(connection, ChunkStatements.LOADED_BY)
        .bind("name", migration.name())
        .bind("run", migration.run())
        .each(row -> read.put(row.integer("table_position"), row.number("rows")));
    return read;
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
      query(
              connection,
              "DELETE FROM landfall.turn WHERE migration = :name AND plan = :plan AND "
                  + ChunkStatements.RUN_GOES_ON)
          .bind("run", migration.run())
          .update();
      long turn =
          query(
                  connection,
                  "INSERT INTO landfall.turn (migration, plan) SELECT :name, :plan WHERE "
                      + ChunkStatements.RUN_GOES_ON
                      + " RETURNING id")
              .bind("run", migration.run())
              .one(row -> row.number("id"))
              .orElse(NO_TURN);
      connection.commit();
      return turn;
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
    try (Connection connection = feeding()) {
      Stretch taken =
          query(connection, ChunkStatements.ADVANCE_TURN)
              .bind("tables", "int", tables)
              .bind("run", migration.run())
              .bind("most", most)
              .bind("rows", rows)
              .bind("turn", turn)
              .one(row -> new Stretch(row.number("previous"), row.number("position")))
              .orElse(Stretch.NONE);
      if (taken.previous == taken.position) {
        return List.of();
      }
      return query(
              connection,
              ChunkStatements.SELECT
                  + " AND committed IS NULL AND ordinal > :previous AND ordinal <= :position"
                  + " AND table_position = ANY (:tables) ORDER BY ordinal")
          .bind("previous", taken.previous)
          .bind("position", taken.position)
          .bind("tables", "int", tables)
          .list(row -> new Pending(row.number("ordinal"), chunk(row)));
    }
  }

  /** Ordinals behind one, up to another. */
  private record Stretch(long previous, long position) {
    static final Stretch NONE = new Stretch(0, 0);
  }

  private List<Integer> unplanned(Connection connection, Collection<Integer> tables)
      throws SQLException {
    return query(connection, ChunkStatements.UNPLANNED)
        .bind("tables", "int", tables)
        .bind("run", migration.run())
        .list(row -> row.integer("position"));
  }

  private Query query(Connection connection, String sql) {
    return Query.of(connection, sql).bind("name", migration.name()).bind("plan", plan.name());
  }

  private static Chunk chunk(Row row) throws SQLException {
    return Chunk.create(
        row.integer("table_position"),
        row.number("number"),
        Chunk.Cut.valueOf(row.text("cut")),
        row.texts("key"),
        row.textsOrNull("range_start"),
        row.textsOrNull("range_end"),
        row.number("pieces"),
        row.number("estimated_rows"));
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
