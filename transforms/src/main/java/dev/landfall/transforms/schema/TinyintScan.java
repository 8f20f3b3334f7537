package dev.landfall.transforms.schema;

import dev.landfall.transforms.sql.SourceSql;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Finds out which tinyint(1) columns are booleans: only the values tell. One statement per table
 * looks at all its columns in one scan. A clean table can't be proved clean without reading all of
 * it, so stopping at the first bad row would gain nothing where it matters.
 */
public final class TinyintScan {
  /** Opens a connection to the source; called once by each thread that scans. */
  @FunctionalInterface
  public interface Opener {
    /** A connection that the caller closes. */
    Connection open() throws SQLException;
  }

  private TinyintScan() {}

  /** Whether the table has a column that might be a boolean. */
  public static boolean needsScan(SourceTable table) {
    return !candidates(table).isEmpty();
  }

  /**
   * The columns that might be booleans: tinyint(1), signed, and no identifier. A number that
   * identifies a row or refers to one stays a number whatever its values are now.
   */
  static List<String> candidates(SourceTable table) {
    Set<String> identifiers = new HashSet<>();
    table.foreignKeys().forEach(key -> identifiers.addAll(key.columns()));
    table
        .primaryKey()
        .filter(key -> key.parts().size() == 1)
        .ifPresent(key -> identifiers.addAll(key.columns()));
    return table.columns().stream()
        .filter(c -> c.columnType().equals("tinyint(1)") && c.generated() == null)
        .filter(c -> !c.autoIncrement() && !identifiers.contains(c.name()))
        .map(SourceColumn::name)
        .toList();
  }

  /**
   * The columns of one table that hold nothing but 0, 1 and NULL at this moment. A value written
   * later that is neither becomes a reject.
   */
  public static Set<ColumnName> scan(Connection connection, SourceTable table) throws SQLException {
    List<String> columns = candidates(table);
    Set<ColumnName> proved = new HashSet<>();
    if (columns.isEmpty()) {
      return proved;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SourceSql.occurringBits(table.name(), columns))) {
      row.next();
      for (int i = 0; i < columns.size(); i++) {
        String bits = row.getString(i + 1);
        if (bits == null || new BigInteger(bits).compareTo(BigInteger.ONE) <= 0) {
          proved.add(new ColumnName(table.name(), columns.get(i)));
        }
      }
    }
    return proved;
  }

  /**
   * The same for many tables, on several connections at once, the largest tables first.
   *
   * @param connections how many connections to use at most
   * @throws SQLException the first failure, after which no further table is begun
   * @throws InterruptedException when the calling thread is interrupted
   */
  public static Set<ColumnName> scan(List<SourceTable> tables, Opener opener, int connections)
      throws SQLException, InterruptedException {
    Queue<SourceTable> waiting =
        new ConcurrentLinkedQueue<>(
            tables.stream()
                .filter(TinyintScan::needsScan)
                .sorted(Comparator.comparingLong(SourceTable::estimatedBytes).reversed())
                .toList());
    int threads = Math.min(connections, waiting.size());
    if (threads == 0) {
      return Set.of();
    }
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Set<ColumnName>>> parts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        parts.add(executor.submit(() -> scanWaiting(waiting, opener)));
      }
      Set<ColumnName> proved = new HashSet<>();
      for (Future<Set<ColumnName>> part : parts) {
        proved.addAll(part.get());
      }
      return proved;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      waiting.clear();
      executor.shutdownNow();
    }
  }

  private static Set<ColumnName> scanWaiting(Queue<SourceTable> waiting, Opener opener)
      throws SQLException {
    Set<ColumnName> proved = new HashSet<>();
    try (Connection connection = opener.open()) {
      SourceTable table;
      while ((table = waiting.poll()) != null) {
        proved.addAll(scan(connection, table));
      }
    }
    return proved;
  }
}
