package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.StopSignal;
import dev.landfall.validation.result.TableKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks both databases something of one target table after the other, some side by side. For
 * questions that the servers answer with few rows: a job of a runner would take longer to begin.
 */
final class ByTable {
  private final ConnectionSettings source;
  private final ConnectionSettings target;
  private final Mapping mapping;
  private final int lanes;
  private final StopSignal stop;

  ByTable(
      ConnectionSettings source,
      ConnectionSettings target,
      Mapping mapping,
      int lanes,
      StopSignal stop) {
    this.source = source;
    this.target = target;
    this.mapping = mapping;
    this.lanes = Math.max(1, lanes);
    this.stop = stop;
  }

  /** What is asked; must not depend on other tables. */
  @FunctionalInterface
  interface Question<T> {
    T ask(TableKey table, Connection source, Connection target)
        throws SQLException, InterruptedException;
  }

  /** All target tables of the mapping. */
  List<TableKey> tables() {
    return mapping.targets().stream().map(t -> new TableKey(t.table(), t.target())).toList();
  }

  /**
   * The answers for those tables, in their order; fewer when the stop signal was given.
   *
   * @throws SQLException the first failure, when the questions that were begun are over
   */
  <T> Map<TableKey, T> ask(List<TableKey> tables, Question<T> question) throws SQLException {
    ExecutorService threads = Executors.newFixedThreadPool(lanes);
    try {
      List<Future<Map<TableKey, T>>> answers = new ArrayList<>();
      for (TableKey table : tables) {
        answers.add(threads.submit(() -> ask(table, question)));
      }
      Map<TableKey, T> all = new LinkedHashMap<>();
      for (Future<Map<TableKey, T>> answer : answers) {
        all.putAll(answer.get());
      }
      return all;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private <T> Map<TableKey, T> ask(TableKey table, Question<T> question)
      throws SQLException, InterruptedException {
    if (stop.stopRequested()) {
      return Map.of();
    }
    try (Connection one = Pools.of(source, Pools.Use.GENERAL).getConnection();
        Connection other = Pools.of(target, Pools.Use.GENERAL).getConnection()) {
      return Map.of(table, question.ask(table, one, other));
    }
  }
}
