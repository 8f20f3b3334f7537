package dev.landfall.pipelines;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.jdbc.SqlStates;
import dev.landfall.transforms.schema.DdlApplier;
import dev.landfall.transforms.schema.DdlStatement;
import dev.landfall.transforms.schema.TableName;
import dev.landfall.transforms.schema.TargetDdl;
import dev.landfall.transforms.sql.DdlSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/** Runs the target's definitions. What is there already is left alone, so it can be run again. */
final class Definitions {
  /** Tables whose keys and indexes are built at a time; each build may use workers of its own. */
  private static final int TABLES_AT_ONCE = 2;

  private final ConnectionSettings target;
  private final TargetDdl ddl;
  private final BooleanSupplier stopped;

  Definitions(ConnectionSettings target, TargetDdl ddl, BooleanSupplier stopped) {
    this.target = target;
    this.ddl = ddl;
    this.stopped = stopped;
  }

  /**
   * How many tables a transaction makes: each takes some six locks, of which a server has room for
   * 6,400 unless it is told otherwise ({@code max_locks_per_transaction}).
   */
  private static final int TABLES_TOGETHER = 200;

  /** Makes schemas and tables, all or none of so many as one transaction bears. */
  void applyPre() {
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      connection.setAutoCommit(false);
      int made = 0;
      for (DdlStatement statement : ddl.pre()) {
        apply(connection, statement);
        if (++made % TABLES_TOGETHER == 0) {
          connection.commit();
        }
      }
      connection.commit();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /**
   * Builds keys and indexes, some tables at a time, the most laborious first, and gathers their
   * statistics; then sets identities and makes foreign keys, which need the keys of other tables.
   */
  void applyPost() {
    Map<TableName, List<DdlStatement>> byTable = new LinkedHashMap<>();
    List<DdlStatement> behind = new ArrayList<>();
    ddl.pre().stream()
        .filter(s -> s.kind() == DdlStatement.Kind.TABLE)
        .forEach(s -> byTable.put(s.table(), new ArrayList<>()));
    for (DdlStatement statement : ddl.post()) {
      switch (statement.kind()) {
        case PRIMARY_KEY, UNIQUE, INDEX ->
            byTable.computeIfAbsent(statement.table(), t -> new ArrayList<>()).add(statement);
        case SCHEMA, TYPE, TABLE, COMMENT, IDENTITY, FOREIGN_KEY -> behind.add(statement);
      }
    }
    List<Map.Entry<TableName, List<DdlStatement>>> work = new ArrayList<>(byTable.entrySet());
    work.sort(Comparator.comparingInt(e -> -e.getValue().size()));
    Queue<Map.Entry<TableName, List<DdlStatement>>> queue = new ConcurrentLinkedQueue<>(work);
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    for (int i = 0; i < Math.min(TABLES_AT_ONCE, work.size()); i++) {
      workers.add(CompletableFuture.runAsync(() -> build(queue)));
    }
    try {
      CompletableFuture.allOf(workers.toArray(CompletableFuture<?>[]::new)).join();
    } catch (CompletionException e) {
      MigrationException known = MigrationException.in(e);
      throw known == null ? e : known;
    }
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      for (DdlStatement statement : behind) {
        requireGoOn();
        apply(connection, statement);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private void build(Queue<Map.Entry<TableName, List<DdlStatement>>> queue) {
    try (Connection connection = Reachability.open(Side.TARGET, target);
        Statement statement = connection.createStatement()) {
      statement.execute(DdlSql.BUILD_SESSION);
      Map.Entry<TableName, List<DdlStatement>> table = queue.poll();
      while (table != null) {
        for (DdlStatement definition : table.getValue()) {
          requireGoOn();
          apply(connection, definition);
        }
        statement.execute(DdlSql.analyze(table.getKey()));
        table = queue.poll();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Tells a server that went away from one that refuses. */
  private void apply(Connection connection, DdlStatement statement) throws SQLException {
    try {
      DdlApplier.apply(connection, statement);
    } catch (MigrationException e) {
      SQLException failure = SqlStates.in(e);
      if (failure == null
          || SqlStates.classify(failure) != SqlStates.Failure.TRANSIENT
          || String.valueOf(failure.getSQLState()).startsWith("53")) {
        throw e;
      }
      throw failure;
    }
  }

  private void requireGoOn() {
    if (stopped.getAsBoolean()) {
      throw new MigrationException(
          Kind.STOPPED, "Stopped while keys and indexes were built; those that are done stay.");
    }
  }

  private MigrationException failed(SQLException e) {
    return Reachability.failed(Side.TARGET, target, "Making tables, keys and indexes", e);
  }
}
