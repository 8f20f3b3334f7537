package dev.landfall.transforms.partition;

import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.KeyRange;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.sql.BoundQuery;
import dev.landfall.transforms.sql.SourceChunkSql;
import dev.landfall.transforms.types.KeyText;
import dev.landfall.transforms.types.MySqlYear;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a source table into chunks. Single integer keys are cut by the server's estimates, other
 * keys by walking their index, tables without a usable key by a hash of the row. Bounds come from
 * the database and are compared there alone.
 */
public final class ChunkPlanner {
  /** So many tables are in one question: it stays short, and opens no more of them at once. */
  public static final int AT_ONCE = 64;

  private final Connection connection;
  private final ChunkSize size;

  /** Plans over that connection to the source. */
  public ChunkPlanner(Connection connection, ChunkSize size) {
    this.connection = connection;
    this.size = size;
  }

  /** The chunks of a table, at least one, that together hold all its rows, present and future. */
  public List<Chunk> plan(int position, SourceTable table) throws SQLException {
    return plan(Map.of(position, table)).getOrDefault(position, List.of());
  }

  /**
   * The same of several tables, by their positions in the mapping. Those that are one chunk each
   * cost two questions for each {@link #AT_ONCE} of them.
   */
  public SortedMap<Integer, List<Chunk>> plan(Map<Integer, SourceTable> tables)
      throws SQLException {
    SortedMap<Integer, List<Chunk>> plans = new TreeMap<>();
    List<Integer> positions = new ArrayList<>(new TreeSet<>(tables.keySet()));
    for (int from = 0; from < positions.size(); from += AT_ONCE) {
      List<Integer> some = positions.subList(from, Math.min(positions.size(), from + AT_ONCE));
      List<SourceTable> looked = some.stream().map(tables::get).toList();
      long[] rows = estimateAll(looked);
      boolean[] large = large(looked, rows);
      for (int i = 0; i < rows.length; i++) {
        plans.put(some.get(i), plan(some.get(i), looked.get(i), rows[i], large[i]));
      }
    }
    return plans;
  }

  /**
   * @param rows about how many there are
   * @param large whether there are more than twice as many as a chunk has, if {@code rows} says
   *     that there are no more than a chunk has
   */
  private List<Chunk> plan(int position, SourceTable table, long rows, boolean large)
      throws SQLException {
    long chunkRows = size.rowsOf(table);
    Optional<CutIndex> index = CutIndex.of(table);
    if (rows <= chunkRows && !large) {
      return List.of(
          index.isPresent()
              ? Chunk.ofRange(position, 0, index.get().key(), KeyRange.ALL, rows)
              : Chunk.ofTable(position, rows));
    }
    if (index.isEmpty()) {
      return byHash(position, table, rows <= chunkRows ? count(table) : rows, chunkRows);
    }
    if (rows <= chunkRows) {
      // The statistics are far from the truth, so estimates are worth nothing either.
      return byWalking(position, index.get(), chunkRows);
    }
    List<String> key = index.get().key();
    // A small number compared with a year is taken for one of this century (MySQL manual 11.2.4),
    // so years are bounded by values that are there.
    boolean integer =
        key.size() == 1
            && index.get().keyText(key.get(0)) == KeyText.INTEGER
            && !(table.column(key.get(0)).orElseThrow().type() instanceof MySqlYear);
    return integer
        ? byEstimates(position, index.get(), rows, chunkRows)
        : byWalking(position, index.get(), chunkRows);
  }

  /**
   * The first chunks from a key on, in the order of the key: the last of them is open where nothing
   * is behind it, and the rows behind a bounded last one are for another time. Reads the index as
   * far as the chunks go and trusts no estimate.
   *
   * @param key the columns to cut by, which must be those that {@link #keyOf} gives
   * @param start the first key, null for the very first
   * @param rows about how many rows to give, one chunk in any case
   */
  public List<Chunk> planFrom(
      int position, SourceTable table, List<String> key, @Nullable List<String> start, long rows)
      throws SQLException {
    CutIndex index = CutIndex.of(table).orElseThrow();
    List<Chunk> chunks = new ArrayList<>();
    List<String> from = start;
    for (long left = rows; left > 0 || chunks.isEmpty(); ) {
      long wanted = Math.max(1, Math.min(size.rowsOf(table), left));
      List<String> end = index.nextBound(connection, from, wanted);
      long expected = end == null ? Math.min(wanted, estimate(index, from)) : wanted;
      chunks.add(Chunk.ofRange(position, chunks.size(), key, new KeyRange(from, end), expected));
      if (end == null) {
        return chunks;
      }
      from = end;
      left -= wanted;
    }
    return chunks;
  }

  /** The columns by which the table can be cut into ranges, as long as it has rows to cut. */
  public static List<String> keyOf(SourceTable table) {
    return CutIndex.of(table).map(CutIndex::key).orElse(List.of());
  }

  /** About how many rows the table has. */
  public long estimate(SourceTable table) throws SQLException {
    return estimateAll(List.of(table))[0];
  }

  private long estimate(CutIndex index, @Nullable List<String> start) throws SQLException {
    BoundQuery query = estimates(index, List.of(new KeyRange(start, null)));
    try (PreparedStatement explain = connection.prepareStatement(query.sql())) {
      query.bind(explain);
      try (ResultSet row = explain.executeQuery()) {
        return row.next() ? row.getLong("rows") : 0;
      }
    }
  }

  private List<Chunk> byEstimates(int position, CutIndex index, long rows, long chunkRows)
      throws SQLException {
    List<String> key = index.key();
    BigInteger min;
    BigInteger max;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SourceChunkSql.bounds(index.table(), key.get(0)))) {
      row.next();
      if (row.getString(1) == null) {
        return List.of(Chunk.ofRange(position, 0, key, KeyRange.ALL, 0));
      }
      min = new BigInteger(row.getString(1));
      max = new BigInteger(row.getString(2));
    }
    IntegerRanges ranges = new IntegerRanges(bounds -> rows(index, bounds), chunkRows);
    List<Chunk> chunks = new ArrayList<>();
    for (IntegerRanges.Piece piece : ranges.cut(min, max, rows)) {
      KeyRange range = new KeyRange(bound(piece.start()), bound(piece.end()));
      chunks.add(Chunk.ofRange(position, chunks.size(), key, range, piece.rows()));
    }
    return chunks;
  }

  private static BoundQuery estimates(CutIndex index, List<KeyRange> ranges) {
    return SourceChunkSql.estimates(index.table(), index.index().name(), index.key(), ranges);
  }

  /** About how many rows there are between bounds. */
  private long[] rows(CutIndex index, List<BigInteger> bounds) throws SQLException {
    List<KeyRange> ranges = new ArrayList<>();
    for (int i = 1; i < bounds.size(); i++) {
      ranges.add(new KeyRange(bound(bounds.get(i - 1)), bound(bounds.get(i))));
    }
    return rows(estimates(index, ranges), ranges.size());
  }

  /** What the places of an answer to EXPLAIN say. */
  private long[] rows(BoundQuery query, int places) throws SQLException {
    long[] rows = new long[places];
    try (PreparedStatement explain = connection.prepareStatement(query.sql())) {
      query.bind(explain);
      try (ResultSet row = explain.executeQuery()) {
        while (row.next()) {
          int place = row.getInt("id");
          // MariaDB adds a line for the union itself, without a place.
          if (!row.wasNull()) {
            rows[place - 1] = row.getLong("rows");
          }
        }
      }
    }
    return rows;
  }

  private static @Nullable List<String> bound(@Nullable BigInteger value) {
    return value == null ? null : List.of(value.toString());
  }

  /** Steps from bound to bound in the index's own order. */
  private List<Chunk> byWalking(int position, CutIndex index, long chunkRows) throws SQLException {
    List<Chunk> chunks = new ArrayList<>();
    List<String> start = null;
    while (true) {
      List<String> end = index.nextBound(connection, start, chunkRows);
      chunks.add(
          Chunk.ofRange(position, chunks.size(), index.key(), new KeyRange(start, end), chunkRows));
      if (end == null) {
        return chunks;
      }
      start = end;
    }
  }

  private static List<Chunk> byHash(int position, SourceTable table, long rows, long chunkRows) {
    long pieces =
        SourceChunkSql.canHash(table)
            ? Math.min(ceilDiv(rows, chunkRows * HASH_CHUNKS), MAX_HASH_PIECES)
            : 1;
    if (pieces == 1) {
      return List.of(Chunk.ofTable(position, rows));
    }
    List<Chunk> chunks = new ArrayList<>();
    for (long piece = 0; piece < pieces; piece++) {
      chunks.add(Chunk.ofHash(position, piece, pieces, rows / pieces));
    }
    return chunks;
  }

  private static long ceilDiv(long rows, long by) {
    return (rows + by - 1) / by;
  }

  /** How many times larger a piece by hash may be than an ordinary chunk. */
  private static final int HASH_CHUNKS = 4;

  /**
   * Each piece is a full scan: enough of them that some are read side by side and that a kill does
   * not cost the whole table, and no more.
   */
  private static final int MAX_HASH_PIECES = 8;

  /**
   * Which of the tables that are said to be no more than a chunk have more than two. A server that
   * was never asked to analyze a table may believe that it is empty.
   */
  private boolean[] large(List<SourceTable> tables, long[] rows) throws SQLException {
    boolean[] large = new boolean[rows.length];
    List<Integer> small =
        IntStream.range(0, rows.length)
            .filter(i -> rows[i] <= size.rowsOf(tables.get(i)))
            .boxed()
            .toList();
    if (!small.isEmpty()) {
      BoundQuery query =
          SourceChunkSql.rowsBehind(
              small.stream().map(tables::get).toList(),
              small.stream().map(i -> 2 * size.rowsOf(tables.get(i))).toList());
      try (PreparedStatement select = connection.prepareStatement(query.sql())) {
        query.bind(select);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            large[small.get(row.getInt(1))] = true;
          }
        }
      }
    }
    return large;
  }

  private long count(SourceTable table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SourceChunkSql.count(table))) {
      row.next();
      return row.getLong(1);
    }
  }

  /** About how many rows each has. */
  private long[] estimateAll(List<SourceTable> tables) throws SQLException {
    long[] rows = rows(SourceChunkSql.estimates(tables), tables.size());
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Math.max(rows[i], tables.get(i).estimatedRows());
    }
    return rows;
  }
}
