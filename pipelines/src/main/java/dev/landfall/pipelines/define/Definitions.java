package dev.landfall.pipelines.define;

import dev.landfall.pipelines.define.TableWork.Piece;
import dev.landfall.pipelines.run.TaskContext;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ddl.DdlApplier;
import dev.landfall.transforms.ddl.DdlStatement;
import dev.landfall.transforms.ddl.DdlStatement.Kind;
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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Runs the target's definitions. What is there already is left alone, so it can be run again. */
public final class Definitions {
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

    /** How many rows a table has, where that is known; 0 else. */
    long rows(TableName table);

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
   * Builds keys, indexes and checks, the largest tables first and what can be of a table at once,
   * and gathers statistics; then sets identities and makes what needs other tables.
   */
  public void applyPost() {
    steps.begin(Step.Kind.KEYS, ddl.post());
    Builders.run(target, keys(), this::failed);
    List<DdlStatement> claimed;
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      behind(connection, kind -> kind.compareTo(Kind.FOREIGN_KEY) < 0);
      claimed = claim(connection);
    } catch (SQLException e) {
      throw failed(e);
    }
    Builders.run(target, proofs(claimed), this::failed);
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      behind(connection, kind -> kind.compareTo(Kind.FOREIGN_KEY) > 0);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private void behind(Connection connection, Predicate<Kind> wanted) throws SQLException {
    for (DdlStatement statement : ddl.post()) {
      if (!ofOneTable(statement) && wanted.test(statement.kind())) {
        make(connection, statement);
      }
    }
  }

  private static boolean ofOneTable(DdlStatement statement) {
    return switch (statement.kind().part()) {
      case KEY, ATTRIBUTE -> true;
      case SHARED, TABLE, BEHIND -> false;
    };
  }

  private Collection<TableWork> keys() {
    Set<TableName> partitioned = tables(ddl.pre(), Kind.PARTITION);
    Set<TableName> referring = tables(ddl.post(), Kind.FOREIGN_KEY);
    Map<TableName, List<DdlStatement>> byTable = new LinkedHashMap<>();
    tables(ddl.pre(), Kind.TABLE).forEach(table -> byTable.put(table, new ArrayList<>()));
    ddl.post().stream()
        .filter(Definitions::ofOneTable)
        .forEach(s -> byTable.computeIfAbsent(s.table(), t -> new ArrayList<>()).add(s));
    List<TableWork> works = new ArrayList<>();
    byTable.forEach(
        (table, statements) -> {
          TableWork work = new TableWork(steps.rows(table));
          if (referring.contains(table)) {
            work.then(c -> execute(c, DdlSql.vacuum(table)));
          }
          // A key of a partitioned table can't be made of its index.
          add(work, statements, !partitioned.contains(table));
          work.then(c -> execute(c, DdlSql.analyze(table)));
          works.add(work);
        });
    return works;
  }

  private void add(TableWork work, List<DdlStatement> statements, boolean atOnce) {
    List<DdlStatement> indexes =
        statements.stream().flatMap(statement -> statement.index().stream()).toList();
    if (!atOnce || indexes.size() < 2) {
      statements.forEach(statement -> work.then(c -> make(c, statement)));
      return;
    }
    work.then(indexes.stream().<Piece>map(index -> c -> make(c, index)).toList());
    for (DdlStatement statement : statements) {
      if (statement.index().isEmpty()) {
        work.then(c -> make(c, statement));
      }
      statement
          .overIndex()
          .ifPresent(
              key ->
                  work.then(
                      c -> {
                        requireGoOn();
                        maker.apply(c, key);
                      }));
    }
  }

  private void execute(Connection connection, String sql) throws SQLException {
    requireGoOn();
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Set<TableName> tables(List<DdlStatement> statements, Kind kind) {
    return statements.stream()
        .filter(s -> s.kind() == kind)
        .map(DdlStatement::table)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Makes foreign keys for new rows, one by one, since each locks two tables; those of which the
   * server can't do that are made of all rows.
   *
   * @return those that are still to be proved
   */
  private List<DdlStatement> claim(Connection connection) throws SQLException {
    List<DdlStatement> claimed = new ArrayList<>();
    for (DdlStatement statement : ddl.post()) {
      if (statement.kind() == Kind.FOREIGN_KEY) {
        requireGoOn();
        if (maker.claim(connection, statement)) {
          claimed.add(statement);
        } else {
          make(connection, statement);
        }
      }
    }
    return claimed;
  }

  /** Foreign keys are proved side by side, those of one table one after the other. */
  private Collection<TableWork> proofs(List<DdlStatement> foreignKeys) {
    Map<TableName, TableWork> works = new LinkedHashMap<>();
    for (DdlStatement key : foreignKeys) {
      works
          .computeIfAbsent(key.table(), table -> new TableWork(steps.rows(table)))
          .then(c -> make(c, key));
    }
    return works.values();
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

  private void make(Connection connection, DdlStatement statement) throws SQLException {
    requireGoOn();
    apply(connection, statement);
  }

  private void apply(Connection connection, DdlStatement statement) throws SQLException {
    maker.apply(connection, statement);
    steps.done(statement);
  }

  private void requireGoOn() {
    if (stopped.getAsBoolean()) {
      throw new MigrationException(
          MigrationException.Kind.STOPPED,
          "Stopped while keys and indexes were built; those that are done stay.");
    }
  }

  private MigrationException failed(SQLException e) {
    return Reachability.failed(Side.TARGET, target, "Making tables, keys and indexes", e);
  }
}
