package dev.landfall.transforms.ledger;

import dev.landfall.transforms.choose.ProvedTypes;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Row;
import dev.landfall.transforms.jdbc.Transactions;
import dev.landfall.transforms.model.ColumnName;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the ledger knows of one migration as a whole. Works on the connection that it is given and
 * commits each call, unless the caller has turned auto-commit off.
 */
public final class MigrationLedger {
  private static final String FIXED =
      """
      SELECT mapping, booleans, bigints, filled, extension_types, enum_types, made, existing,
             appended
      FROM landfall.migration WHERE name = :name
      """;

  /** Adds a migration, or gives the one of that name another mapping. */
  private static final String ADD =
      """
      INSERT INTO landfall.migration (name, source, mapping, tables, targets, booleans, bigints,
        filled, extension_types, enum_types, made, existing, appended)
      VALUES (:name, :source, :mapping, :tables, :targets, :booleans, :bigints,
        :filled, :extension_types, :enum_types, :made, :existing, :appended)
      ON CONFLICT (name) DO UPDATE SET mapping = excluded.mapping, tables = excluded.tables,
        targets = excluded.targets, booleans = excluded.booleans, bigints = excluded.bigints,
        filled = excluded.filled, enum_types = excluded.enum_types, made = excluded.made,
        existing = excluded.existing, appended = excluded.appended
      """;

  private final Connection connection;
  private final String name;

  /** The ledger of that migration, over that connection to the target. */
  public MigrationLedger(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /**
   * What is fixed with a migration's first step.
   *
   * @param mapping the lines that describe mapping and source schema
   * @param proved what the source's values proved of its columns
   * @param extensionTypes the types of extensions that the target had, as definitions name them
   * @param types enum types that this migration makes
   * @param made target tables that this migration makes
   * @param existing target tables that are the user's own and were empty
   * @param appended target tables that are the user's own and had rows, which are added to
   */
  public record Fixed(
      List<String> mapping,
      ProvedTypes proved,
      Set<String> extensionTypes,
      Set<TableName> types,
      Set<TableName> made,
      Set<TableName> existing,
      Set<TableName> appended) {
    public Fixed {
      mapping = List.copyOf(mapping);
      extensionTypes = Set.copyOf(extensionTypes);
      types = Set.copyOf(types);
      made = Set.copyOf(made);
      existing = Set.copyOf(existing);
      appended = Set.copyOf(appended);
    }

    /** Without unsigned keys, extensions and enum types. */
    public Fixed(
        List<String> mapping,
        Set<ColumnName> booleans,
        Set<TableName> made,
        Set<TableName> existing,
        Set<TableName> appended) {
      this(
          mapping,
          new ProvedTypes(booleans, Set.of(), Set.of()),
          Set.of(),
          Set.of(),
          made,
          existing,
          appended);
    }
  }

  /** Makes the ledger, or brings it up to date, as {@link LedgerSchema#install} says. */
  public void install() throws SQLException {
    LedgerSchema.install(connection);
  }

  /**
   * Whether there is a ledger, which is up to date then.
   *
   * @throws dev.landfall.transforms.MigrationException of kind USAGE when there is one that this
   *     version must not touch, or that is to be brought up to date by another account
   */
  public boolean isInstalled() throws SQLException {
    return LedgerSchema.isInstalled(connection);
  }

  /** What is fixed, empty before the first step and where there is no ledger yet. */
  public Optional<Fixed> fixed() throws SQLException {
    return isInstalled() ? query(FIXED).one(MigrationLedger::fixed) : Optional.empty();
  }

  private static Fixed fixed(Row row) throws SQLException {
    return new Fixed(
        row.texts("mapping"),
        new ProvedTypes(
            StoredNames.columns(row.texts("booleans")),
            StoredNames.columns(row.texts("bigints")),
            StoredNames.columns(row.texts("filled"))),
        Set.copyOf(row.texts("extension_types")),
        StoredNames.tables(row.texts("enum_types")),
        StoredNames.tables(row.texts("made")),
        StoredNames.tables(row.texts("existing")),
        StoredNames.tables(row.texts("appended")));
  }

  /** Records a migration's first step, or what it is from now on. */
  public void add(String source, Fixed fixed, Mapping mapping) throws SQLException {
    query(ADD)
        .bind("source", source)
        .bind("mapping", "text", fixed.mapping())
        .bind(
            "tables",
            "text",
            mapping.tables().stream().map(t -> t.source().name().toString()).toList())
        .bind("targets", "text", mapping.tables().stream().map(MigrationLedger::targets).toList())
        .bind("booleans", "text", StoredNames.ofColumns(fixed.proved().booleans()))
        .bind("bigints", "text", StoredNames.ofColumns(fixed.proved().bigints()))
        .bind("filled", "text", StoredNames.ofColumns(fixed.proved().filled()))
        .bind("extension_types", "text", fixed.extensionTypes())
        .bind("enum_types", "text", StoredNames.ofTables(fixed.types()))
        .bind("made", "text", StoredNames.ofTables(fixed.made()))
        .bind("existing", "text", StoredNames.ofTables(fixed.existing()))
        .bind("appended", "text", StoredNames.ofTables(fixed.appended()))
        .update();
  }

  private static String targets(TableMapping table) {
    return table.targets().stream()
        .map(target -> target.name().toString())
        .collect(Collectors.joining("\n"));
  }

  /** Takes the migration out of the ledger, all but its history. */
  public void forget() throws SQLException {
    new EarlierLife(connection, name).add();
  }

  /** Jobs of clusters that belong to runs which have not ended, oldest first. */
  public List<Snapshot.Job> openJobs() throws SQLException {
    return query(RunStatements.OPEN_JOBS)
        .list(row -> new Snapshot.Job(row.text("cluster"), row.text("id"), row.text("name")));
  }

  /** A run that has not ended. */
  public record OpenRun(long id, Activity activity) {}

  /** The newest run that has not ended; empty when none is open. */
  public Optional<OpenRun> openRun() throws SQLException {
    return query(RunStatements.OPEN_RUN)
        .one(row -> new OpenRun(row.number("id"), Activity.of(row.text("command"))));
  }

  /**
   * Ends runs that a killed process left open, and the phase of a migration that they moved. Only
   * under the lock of all activities.
   */
  public void endStale(String outcome) throws SQLException {
    endStale(outcome, List.of(Activity.values()));
  }

  /** The same for runs that an activity excludes. Only under its lock. */
  public void endStale(String outcome, Activity activity) throws SQLException {
    endStale(outcome, activity.excluding());
  }

  private void endStale(String outcome, List<Activity> activities) throws SQLException {
    end(
        outcome,
        query(
                RunStatements.END_RUNS.formatted(
                    "migration = :name AND " + RunStatements.ACTIVITY + " = ANY (:activities)",
                    RunStatements.MOVING))
            .bind("activities", "text", activities.stream().map(Activity::name).toList()));
  }

  /** Whether there were any. */
  private boolean end(String outcome, Query runs) throws SQLException {
    return Transactions.in(
        connection,
        () -> {
          List<Ended> ended =
              runs.bind("outcome", outcome)
                  .list(row -> new Ended(row.number("id"), row.text("command")));
          for (Ended run : ended) {
            Events.add(connection, name, run.id(), Event.runEnded(run.command(), outcome));
          }
          return !ended.isEmpty();
        });
  }

  private record Ended(long id, String command) {}

  /** Begins a run; runs that a killed process left open end. Only under its lock. */
  public long startRun(String command, String holder) throws SQLException {
    return Transactions.in(
        connection,
        () -> {
          endStale("ABANDONED", Activity.of(command));
          long run =
              query(
                      """
                      INSERT INTO landfall.run (migration, command, holder)
                      VALUES (:name, :command, :holder) RETURNING id
                      """)
                  .bind("command", command)
                  .bind("holder", holder)
                  .number();
          Events.add(connection, name, run, Event.runBegun(command, holder));
          return run;
        });
  }

  /**
   * Ends a run, and with it the phase of a migration that it moved; false when it has ended
   * already, and nothing is changed.
   */
  public boolean endRun(long run, String outcome) throws SQLException {
    return end(
        outcome,
        Query.of(connection, RunStatements.END_RUNS.formatted("id = :run", RunStatements.MOVING))
            .bind("run", run));
  }

  /** Who began the run behind that one and when, empty when there is none. */
  public Optional<String> successor(long run) throws SQLException {
    return query(RunStatements.HOLDER + "id > :run ORDER BY id LIMIT 1")
        .bind("run", run)
        .one(row -> row.text("holder"));
  }

  /** Notes a job of a run that a cluster has taken. */
  public void job(long run, String cluster, String id, String job) throws SQLException {
    Query.of(
            connection,
            """
            INSERT INTO landfall.job (run, cluster, id, name) VALUES (:run, :cluster, :id, :name)
            """)
        .bind("run", run)
        .bind("cluster", cluster)
        .bind("id", id)
        .bind("name", job)
        .update();
  }

  /**
   * Sets the phase that the run has come to. With this connection's synchronous commit everything
   * that was committed before is on the target's disk when it returns, the chunks' commits that did
   * not wait included.
   */
  public void setPhase(long run, Snapshot.Phase phase) throws SQLException {
    Transactions.in(
        connection,
        () -> {
          query("UPDATE landfall.migration SET phase = :phase WHERE name = :name")
              .bind("phase", phase.name())
              .update();
          Events.add(connection, name, run, Event.phase(phase));
          return phase;
        });
  }

  private Query query(String sql) {
    return Query.of(connection, sql).bind("name", name);
  }
}
