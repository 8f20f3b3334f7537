package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.BoundQuery;
import dev.landfall.transforms.sql.SourceChunkSql;
import dev.landfall.transforms.sql.WitnessSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second opinion of how many rows the source has: the server counts them, in one row that nothing
 * can cut short, where reading gets them by ranges of keys, each with as many rows as there are. So
 * rows that reading loses, whatever the cause, do not stay unseen because load and comparison read
 * alike.
 *
 * <p>Where nobody has written to a table since the reading began, both numbers must be the same.
 * Where somebody has, or the server does not know, some of the chunks that the load had are read
 * and counted side by side in one snapshot.
 */
public final class RowWitness {
  private static final Logger LOG = LoggerFactory.getLogger(RowWitness.class);

  private final ConnectionSettings source;
  private final ChunkLedger load;
  private final long began;
  private final Map<Integer, Long> counted = new ConcurrentHashMap<>();

  private volatile boolean ended;

  /** What goes on beside the reading; its monitor keeps a session that is used again from it. */
  private final AtomicReference<@Nullable Statement> counting = new AtomicReference<>();

  private RowWitness(ConnectionSettings source, ChunkLedger load, long began) {
    this.source = source;
    this.load = load;
    this.began = began;
  }

  /** One who watches from now on, by the server's clock. */
  public static RowWitness from(ConnectionSettings source, MigrationKey migration)
      throws SQLException {
    try (Connection connection = Pools.of(source, Pools.Use.GENERAL).getConnection()) {
      return new RowWitness(
          source,
          new ChunkLedger(migration, ChunkLedger.Plan.LOAD),
          number(connection, WitnessSql.CLOCK));
    }
  }

  /**
   * Counts the rows of all tables, which {@link #contradictions} need not do then.
   *
   * @param stopped whether to count no further table
   */
  public void count(Mapping mapping, BooleanSupplier stopped) throws SQLException {
    try (Connection connection = Pools.of(source, Pools.Use.GENERAL).getConnection();
        Statement statement = connection.createStatement()) {
      counting.set(statement);
      try {
        for (int i = 0; i < mapping.tables().size() && !ended && !stopped.getAsBoolean(); i++) {
          String sql = SourceChunkSql.count(mapping.table(i).source());
          try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            counted.put(i, row.getLong(1));
          }
        }
      } finally {
        synchronized (counting) {
          counting.set(null);
        }
      }
    }
  }

  /** Ends {@link #count}, which the server would go on with although nobody waits for it. */
  public void stop() {
    // Between two tables there is nothing to cancel.
    ended = true;
    synchronized (counting) {
      Statement statement = counting.get();
      if (statement != null) {
        try {
          statement.cancel();
        } catch (SQLException e) {
          LOG.debug("the server could not be told to stop counting", e);
        }
      }
    }
  }

  /**
   * A sentence about each table of which fewer or more rows were read than there are.
   *
   * @param read how many rows were read of each table since this witness watches, by its position
   * @param stopped whether to look at no further table
   */
  public List<String> contradictions(
      Mapping mapping, Map<Integer, Long> read, BooleanSupplier stopped) throws SQLException {
    long start = System.nanoTime();
    List<String> found = new ArrayList<>();
    try (Connection connection = Pools.of(source, Pools.Use.GENERAL).getConnection()) {
      for (Map.Entry<Integer, Long> table : read.entrySet()) {
        if (stopped.getAsBoolean()) {
          return found;
        }
        contradiction(connection, table.getKey(), mapping.table(table.getKey()), table.getValue())
            .ifPresent(found::add);
      }
    }
    LOG.info(
        "held the rows of {} tables of the source against those that were read, in {} ms: {}",
        read.size(),
        (System.nanoTime() - start) / 1_000_000,
        found.isEmpty() ? "as many as were read" : found);
    return found;
  }

  private Optional<String> contradiction(
      Connection connection, int position, TableMapping table, long read) throws SQLException {
    TableName name = table.source().name();
    Long before = counted.get(position);
    long count = before != null ? before : number(connection, SourceChunkSql.count(table.source()));
    if (count == read) {
      return Optional.empty();
    }
    if (isUntouched(connection, name)) {
      return Optional.of(
          "%s: %,d rows were read, and the server counts %,d, though nobody has written to it since"
              .formatted(name, read, count));
    }
    return table.source().engine().equalsIgnoreCase("InnoDB")
        ? sideBySide(connection, table, load.chunks(position))
        // Others have no snapshots: a write in between would look like a loss.
        : Optional.empty();
  }

  /** Whether the server knows that nobody has written to the table since the reading began. */
  private boolean isUntouched(Connection connection, TableName table) throws SQLException {
    long now = number(connection, WitnessSql.CLOCK);
    if (number(connection, WitnessSql.READ_ONLY) != 0) {
      // Somebody else writes to the storage that it reads.
      return false;
    }
    boolean forgets;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(WitnessSql.MEMORY)) {
      row.next();
      forgets = row.getLong(2) >= number(connection, WitnessSql.KEPT);
      row.next();
      if (now - row.getLong(2) >= began) {
        // What was written before it was started it has forgotten.
        return false;
      }
    }
    try (PreparedStatement select = prepare(connection, WitnessSql.touched(table));
        ResultSet row = select.executeQuery()) {
      return row.next()
          && row.getBoolean("known")
          && row.getLong("made") < began
          && row.getLong("written") < began
          && !(row.wasNull() && forgets);
    }
  }

  /** The first, the middle and the last chunk: among them is one that is as full as any. */
  private static Optional<String> sideBySide(
      Connection connection, TableMapping table, List<Chunk> chunks) throws SQLException {
    Set<Integer> some =
        chunks.isEmpty()
            ? Set.of()
            : new TreeSet<>(List.of(0, chunks.size() / 2, chunks.size() - 1));
    execute(connection, WitnessSql.SNAPSHOT);
    try {
      for (int i : some) {
        long counted = 0;
        try (PreparedStatement statement =
                prepare(connection, SourceChunkSql.count(table.source(), chunks.get(i)));
            ResultSet row = statement.executeQuery()) {
          row.next();
          counted = row.getLong(1);
        }
        long came = 0;
        try (PreparedStatement statement =
            prepare(connection, SourceChunkSql.read(table, chunks.get(i)))) {
          // Row by row, as this driver has it (Connector/J manual 6.4).
          statement.setFetchSize(Integer.MIN_VALUE);
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              came++;
            }
          }
        }
        if (came != counted) {
          return Optional.of(
              "%s: of %,d rows that the server counts in a chunk, %,d come when it is read"
                  .formatted(table.source().name(), counted, came));
        }
      }
      return Optional.empty();
    } finally {
      execute(connection, WitnessSql.END);
    }
  }

  private static PreparedStatement prepare(Connection connection, BoundQuery query)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(query.sql());
    query.bind(statement);
    return statement;
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
