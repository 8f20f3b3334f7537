package dev.landfall.pipelines.define;

import dev.landfall.pipelines.run.TaskContext;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.ddl.DdlApplier;
import dev.landfall.transforms.ddl.DdlStatement;
import dev.landfall.transforms.ddl.TargetDdl;
import dev.landfall.transforms.ddl.Unproved;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.Event;
import dev.landfall.transforms.ledger.Step;
import dev.landfall.transforms.model.TableName;
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
import java.util.function.Consumer;

/** Runs the target's definitions. What is there already is left alone, so it can be run again. */
public final class Definitions {
  /** Tables whose keys and indexes are built at a time; each build may use workers of its own. */
  private static final int TABLES_AT_ONCE = 2;

  private final ConnectionSettings target;
  private final TargetDdl ddl;
  private final BooleanSupplier stopped;
  private final DefinitionMaker maker;
  private final Consumer<Event> tell;
  private final Steps steps;

  /**
   * Definitions to be run.
   *
   * @param stopped whether to go no further
   * @param broken knows why rows break a constraint
   * @param tell is told of constraints that rows break, of what is left out for that, and of
   *     constraints that are tried again
   * @param steps is told how far they are
   */
  public Definitions(
      ConnectionSettings target,
      TargetDdl ddl,
      BooleanSupplier stopped,
      BrokenRows broken,
      Consumer<Event> tell,
      Steps steps) {
    this.target = target;
    this.ddl = ddl;
    this.stopped = stopped;
    this.tell = tell;
    this.steps = steps;
    this.maker = new DefinitionMaker(broken, tell);
  }

  /** The definitions of a run. */
  public static Definitions of(TaskContext context) {
    ConnectionSettings target = context.key().target();
    return new Definitions(
        target,
        context.prepared().ddl(),
        context.stopped(),
        new BrokenRows(context.source(), target, context.key().name()),
        context.session()::event,
        new DefinitionSteps(context.key(), context::progress));
  }

  /** What hears how far definitions are. */
  interface Steps {
    /** Begins to run those. */
    void begin(Step.Kind kind, List<DdlStatement> definitions);

    /** One of them is done. */
    void done(DdlStatement definition);
  }

  /**
   * How many tables a transaction makes: each takes some six locks, of which a server has room for
   * 6,400 unless it is told otherwise ({@code max_locks_per_transaction}).
   */
  private static final int TABLES_TOGETHER = 200;

  /** Makes schemas and tables, all or none of so many as one transaction bears. */
  public void applyPre() {
    steps.begin(Step.Kind.TABLES, ddl.pre());
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
   * Builds keys, indexes and checks, some tables at a time, the most laborious first, and gathers
   * their statistics; then sets identities and makes what needs other tables.
   */
  public void applyPost() {
    steps.begin(Step.Kind.KEYS, ddl.post());
    Map<TableName, List<DdlStatement>> byTable = new LinkedHashMap<>();
    List<DdlStatement> behind = new ArrayList<>();
    ddl.pre().stream()
        .filter(s -> s.kind() == DdlStatement.Kind.TABLE)
        .forEach(s -> byTable.put(s.table(), new ArrayList<>()));
    for (DdlStatement statement : ddl.post()) {
      switch (statement.kind().part()) {
        case KEY, ATTRIBUTE ->
            byTable.computeIfAbsent(statement.table(), t -> new ArrayList<>()).add(statement);
        case SHARED, TABLE, BEHIND -> behind.add(statement);
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

  /** Proves constraints that hold for new rows only, where no row breaks them any more. */
  public void prove() {
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      for (DdlStatement statement : ddl.post()) {
        requireGoOn();
        DdlApplier.prove(
            connection,
            statement,
            claim -> tell.accept(Event.tried(Unproved.name(statement.table(), claim))),
            maker::tell);
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

  private void apply(Connection connection, DdlStatement statement) throws SQLException {
    maker.apply(connection, statement);
    steps.done(statement);
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
