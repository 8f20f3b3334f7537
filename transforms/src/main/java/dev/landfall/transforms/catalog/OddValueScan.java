package dev.landfall.transforms.catalog;

import dev.landfall.transforms.choose.RuleScope;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.ColumnName;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.Policy.Outcome;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.OddValueSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Counts the odd values of a mapping's columns in the source, by one statement per table that reads
 * the whole of it and returns nothing but counts. A table none of whose columns can have such
 * values is not asked. Nothing is changed on either side.
 */
public final class OddValueScan {
  /**
   * What is asked of one column.
   *
   * @param policies what may meet the values: one, or several where several targets differ
   */
  private record Asked(String column, OddValue odd, String condition, Set<Policy> policies) {}

  private record Question(SourceTable table, List<Asked> asked) {}

  private final List<Question> questions;

  /** Its monitor keeps a statement from being closed, and its session used again, in a cancel. */
  private final Set<Statement> running = new HashSet<>();

  private volatile boolean stopped;

  private OddValueScan(List<Question> questions) {
    this.questions = questions;
  }

  /** What has to be asked for a mapping. */
  public static OddValueScan of(Mapping mapping) {
    return new OddValueScan(
        mapping.tables().stream()
            .map(table -> new Question(table.source(), asked(table)))
            .filter(question -> !question.asked().isEmpty())
            .toList());
  }

  /**
   * What has to be asked to know of which columns rules make no value NULL. Where only PostgreSQL
   * could tell, every row counts as one that they do.
   */
  public static OddValueScan ofNulls(Mapping mapping, Set<ColumnName> columns) {
    return new OddValueScan(
        mapping.tables().stream()
            .map(table -> new Question(table.source(), nulls(table, columns)))
            .filter(question -> !question.asked().isEmpty())
            .toList());
  }

  private static List<Asked> nulls(TableMapping table, Set<ColumnName> columns) {
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < table.read().size(); i++) {
      SourceColumn source = table.read().get(i);
      if (columns.contains(new ColumnName(table.source().name(), source.name()))) {
        policies(table, i)
            .forEach(
                (odd, met) -> {
                  if (met.stream().anyMatch(policy -> policy.outcome() == Outcome.NULL)) {
                    String condition = OddValueSql.condition(source, odd).orElse("TRUE");
                    asked.add(new Asked(source.name(), odd, condition, met));
                  }
                });
      }
    }
    return asked;
  }

  private static List<Asked> asked(TableMapping table) {
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < table.read().size(); i++) {
      SourceColumn source = table.read().get(i);
      if (source.asked() != null) {
        continue;
      }
      for (Map.Entry<OddValue, Set<Policy>> odd : policies(table, i).entrySet()) {
        OddValueSql.condition(source, odd.getKey())
            .ifPresent(
                condition ->
                    asked.add(new Asked(source.name(), odd.getKey(), condition, odd.getValue())));
      }
    }
    return asked;
  }

  /** The kinds of values that targets of a column look for. One that a target makes is not read. */
  private static Map<OddValue, Set<Policy>> policies(TableMapping table, int position) {
    SourceColumn source = table.read().get(position);
    Map<OddValue, Set<Policy>> policies = new LinkedHashMap<>();
    for (TargetTable target : table.targets()) {
      for (ColumnMapping column : target.columns()) {
        if (column.reads(position) && column.generated() == null) {
          for (OddValue odd : kinds(source, column)) {
            policies.computeIfAbsent(odd, o -> new LinkedHashSet<>()).add(policy(column, odd));
          }
        }
      }
    }
    return policies;
  }

  private static Set<OddValue> kinds(SourceColumn source, ColumnMapping column) {
    return column.takesStoredBytes()
        ? EnumSet.of(OddValue.NUL, OddValue.BAD_TEXT)
        : RuleScope.of(source, column.type(), column.conversion(), /* typeChosen= */ false);
  }

  private static Policy policy(ColumnMapping column, OddValue odd) {
    return column.takesStoredBytes()
        ? Policy.of(Outcome.BYTES)
        : column.rules().effective(odd, column.nullable() || column.nullDefault() != null);
  }

  /** The tables that are read as a whole. */
  public List<TableName> scannedTables() {
    return questions.stream().map(question -> question.table().name()).toList();
  }

  /**
   * Asks, on several connections at once, the largest tables first. To be called once.
   *
   * @param connections how many connections to use at most
   * @return what was found, in the order of tables, columns and kinds; nothing for what is not odd
   * @throws SQLException the first failure, after which what is running is cancelled
   * @throws InterruptedException when the calling thread is interrupted; what runs is cancelled
   */
  public List<OddCount> run(ValueScan.Opener opener, int connections)
      throws SQLException, InterruptedException {
    Queue<Question> waiting = new ConcurrentLinkedQueue<>();
    questions.stream()
        .sorted(Comparator.comparing((Question q) -> q.table().estimatedBytes()).reversed())
        .forEach(waiting::add);
    Map<TableName, List<OddCount>> found = new ConcurrentHashMap<>();
    int threads = Math.min(connections, questions.size());
    if (threads == 0) {
      return List.of();
    }
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    boolean done = false;
    try {
      List<Future<?>> parts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        parts.add(
            executor.submit(
                () -> {
                  askWaiting(waiting, opener, found);
                  return null;
                }));
      }
      for (Future<?> part : parts) {
        part.get();
      }
      done = true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      if (!done) {
        stop();
      }
      executor.shutdownNow();
    }
    return questions.stream()
        .flatMap(question -> found.getOrDefault(question.table().name(), List.of()).stream())
        .toList();
  }

  /**
   * Cancels what the source is doing for this scan, which then fails, and begins nothing more: a
   * server does not notice by itself that nobody waits for it any longer. From any thread.
   */
  public void stop() {
    stopped = true;
    synchronized (running) {
      for (Statement statement : running) {
        try {
          statement.cancel();
        } catch (SQLException e) {
          // It may be over by now, or the server out of reach: nothing more can be done here.
        }
      }
    }
  }

  private void askWaiting(
      Queue<Question> waiting, ValueScan.Opener opener, Map<TableName, List<OddCount>> found)
      throws SQLException {
    try (Connection connection = opener.open()) {
      Question question;
      while ((question = waiting.poll()) != null) {
        found.put(question.table().name(), ask(connection, question));
      }
    }
  }

  private List<OddCount> ask(Connection connection, Question question) throws SQLException {
    TableName table = question.table().name();
    List<String> conditions = question.asked().stream().map(Asked::condition).toList();
    List<OddCount> found = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      // A brace in a name is none of JDBC's.
      statement.setEscapeProcessing(false);
      synchronized (running) {
        running.add(statement);
      }
      try {
        if (stopped) {
          throw new SQLException("stopped", "70100");
        }
        try (ResultSet row = statement.executeQuery(OddValueSql.count(table, conditions))) {
          row.next();
          for (int i = 0; i < conditions.size(); i++) {
            Asked asked = question.asked().get(i);
            long rows = row.getLong(i + 1);
            if (rows > 0) {
              for (Policy policy : asked.policies()) {
                found.add(new OddCount(table, asked.column(), asked.odd(), rows, policy));
              }
            }
          }
        }
      } finally {
        synchronized (running) {
          running.remove(statement);
        }
      }
    }
    return found;
  }
}
