package dev.landfall.transforms.catalog;

import dev.landfall.transforms.choose.ProvedTypes;
import dev.landfall.transforms.choose.UnsignedKeys;
import dev.landfall.transforms.model.ColumnName;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.SourceSql;
import dev.landfall.transforms.types.PgType;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/**
 * Finds out what only the values tell: which tinyint(1) columns are booleans, and which {@code
 * bigint unsigned} columns fit {@code bigint}. One statement per table answers for all its columns:
 * by one scan, or without one where each column leads an index, whose end has the greatest value. A
 * table without such columns is not asked. A clean table can't be proved clean without reading all
 * of it, so stopping at the first bad row would gain nothing where it matters.
 */
public final class ValueScan {
  /** Opens a connection to the source; called once by each thread that scans. */
  @FunctionalInterface
  public interface Opener {
    /** A connection that the caller closes. */
    Connection open() throws SQLException;
  }

  /**
   * What is asked of one table.
   *
   * @param flags tinyint(1) columns that might be booleans
   * @param scanned unsigned columns that a scan has to look at
   * @param indexed unsigned columns that lead an index
   */
  private record Question(
      SourceTable table, List<String> flags, List<String> scanned, List<String> indexed) {
    boolean none() {
      return flags.isEmpty() && scanned.isEmpty() && indexed.isEmpty();
    }

    boolean scans() {
      return !flags.isEmpty() || !scanned.isEmpty();
    }
  }

  private final UnsignedKeys keys;
  private final List<Question> questions;

  private ValueScan(UnsignedKeys keys, List<Question> questions) {
    this.keys = keys;
    this.questions = questions;
  }

  /**
   * What has to be asked.
   *
   * @param undecided whether a column's type is left to Landfall
   * @param chosen the types of those for which the spec says one
   */
  public static ValueScan of(
      SourceCatalog catalog, Predicate<ColumnName> undecided, Map<ColumnName, PgType> chosen) {
    UnsignedKeys keys = UnsignedKeys.of(catalog, undecided, chosen);
    Set<ColumnName> unproved = keys.unproved();
    return new ValueScan(
        keys,
        catalog.tables().stream()
            .map(table -> question(table, undecided, unproved))
            .filter(question -> !question.none())
            .sorted(
                Comparator.comparing(Question::scans)
                    .thenComparing(question -> question.table().estimatedBytes())
                    .reversed())
            .toList());
  }

  private static Question question(
      SourceTable table, Predicate<ColumnName> undecided, Set<ColumnName> unproved) {
    List<String> unsigned =
        table.columns().stream()
            .map(SourceColumn::name)
            .filter(name -> unproved.contains(new ColumnName(table.name(), name)))
            .toList();
    return new Question(
        table,
        flags(table).stream()
            .filter(name -> undecided.test(new ColumnName(table.name(), name)))
            .toList(),
        unsigned.stream().filter(name -> !leadsIndex(table, name)).toList(),
        unsigned.stream().filter(name -> leadsIndex(table, name)).toList());
  }

  /**
   * The columns that might be booleans: tinyint(1), signed, and no identifier. A number that
   * identifies a row or refers to one stays a number whatever its values are now.
   */
  private static List<String> flags(SourceTable table) {
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

  private static boolean leadsIndex(SourceTable table, String column) {
    return table.indexes().stream()
        .filter(index -> index.kind().equals("BTREE"))
        .anyMatch(index -> column.equalsIgnoreCase(index.parts().get(0).column()));
  }

  /** The tables that are read as a whole. */
  public List<TableName> scannedTables() {
    return questions.stream().filter(Question::scans).map(q -> q.table().name()).toList();
  }

  /**
   * Asks, on several connections at once, the largest tables first.
   *
   * @param connections how many connections to use at most
   * @throws SQLException the first failure, after which no further table is begun
   * @throws InterruptedException when the calling thread is interrupted
   */
  public ProvedTypes run(Opener opener, int connections) throws SQLException, InterruptedException {
    Set<ColumnName> fitting = new HashSet<>();
    Queue<Question> waiting = new ConcurrentLinkedQueue<>(questions);
    int threads = Math.min(connections, questions.size());
    if (threads > 0) {
      ExecutorService executor = Executors.newFixedThreadPool(threads);
      try {
        List<Future<Set<ColumnName>>> parts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          parts.add(executor.submit(() -> askWaiting(waiting, opener)));
        }
        for (Future<Set<ColumnName>> part : parts) {
          fitting.addAll(part.get());
        }
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
    Set<ColumnName> bigints = keys.bigints(fitting);
    fitting.removeAll(keys.unproved());
    return new ProvedTypes(fitting, bigints, Set.of());
  }

  private static Set<ColumnName> askWaiting(Queue<Question> waiting, Opener opener)
      throws SQLException {
    Set<ColumnName> fitting = new HashSet<>();
    try (Connection connection = opener.open()) {
      Question question;
      while ((question = waiting.poll()) != null) {
        fitting.addAll(ask(connection, question));
      }
    }
    return fitting;
  }

  /** The columns of one table whose values fit at this moment. */
  private static Set<ColumnName> ask(Connection connection, Question question) throws SQLException {
    TableName table = question.table().name();
    List<String> scanned = new ArrayList<>(question.flags());
    scanned.addAll(question.scanned());
    Map<String, Integer> bits = new HashMap<>();
    question.flags().forEach(name -> bits.put(name, 1));
    List<String> columns = new ArrayList<>(scanned);
    columns.addAll(question.indexed());
    Set<ColumnName> fitting = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(SourceSql.widest(table, scanned, question.indexed()))) {
      row.next();
      for (int i = 0; i < columns.size(); i++) {
        String widest = row.getString(i + 1);
        int room = bits.getOrDefault(columns.get(i), Long.SIZE - 1);
        if (widest == null || new BigInteger(widest).bitLength() <= room) {
          fitting.add(new ColumnName(table, columns.get(i)));
        }
      }
    }
    return fitting;
  }
}
