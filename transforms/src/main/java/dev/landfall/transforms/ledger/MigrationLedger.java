package dev.landfall.transforms.ledger;

import dev.landfall.transforms.model.ColumnName;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.LedgerSql;
import dev.landfall.transforms.types.ProvedTypes;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the ledger knows of one migration as a whole. Works on the connection that it is given and
 * commits each call, unless the caller has turned auto-commit off.
 */
public final class MigrationLedger {
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

  private static boolean isTrue(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** What is fixed, empty before the first step and where there is no ledger yet. */
  public Optional<Fixed> fixed() throws SQLException {
    if (!isInstalled()) {
      return Optional.empty();
    }
    try (PreparedStatement select = prepare(LedgerSql.MIGRATION, name);
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      return Optional.of(
          new Fixed(
              texts(row, 1),
              new ProvedTypes(
                  columns(texts(row, 2)), columns(texts(row, 6)), columns(texts(row, 9))),
              Set.copyOf(texts(row, 7)),
              names(texts(row, 8)),
              names(texts(row, 3)),
              names(texts(row, 4)),
              names(texts(row, 5))));
    }
  }

  /** Schema, table and column are stored with tabs between them. */
  private static Set<ColumnName> columns(List<String> stored) {
    Set<ColumnName> columns = new LinkedHashSet<>();
    for (String column : stored) {
      String[] parts = column.split("\t", 3);
      columns.add(new ColumnName(new TableName(parts[0], parts[1]), parts[2]));
    }
    return columns;
  }

  private static Stream<String> storedColumns(Set<ColumnName> columns) {
    return columns.stream()
        .map(c -> c.table().schema() + "\t" + c.table().table() + "\t" + c.column());
  }

  /** Schema and table are stored with a tab between them: a dot may be part of a name. */
  private static Set<TableName> names(List<String> stored) {
    Set<TableName> names = new LinkedHashSet<>();
    for (String name : stored) {
      String[] parts = name.split("\t", 2);
      names.add(new TableName(parts[0], parts[1]));
    }
    return names;
  }

  /** Records a migration's first step, or what it is from now on. */
  public void add(String source, Fixed fixed, Mapping mapping) throws SQLException {
    try (PreparedStatement insert = prepare(LedgerSql.ADD_MIGRATION, name, source)) {
      insert.setArray(3, array(fixed.mapping().stream()));
      insert.setArray(4, array(mapping.tables().stream().map(t -> t.source().name().toString())));
      insert.setArray(
          5,
          array(
              mapping.tables().stream()
                  .map(
                      t ->
                          t.targets().stream()
                              .map(target -> target.name().toString())
                              .collect(Collectors.joining("\n")))));
      insert.setArray(6, array(storedColumns(fixed.proved().booleans())));
      insert.setArray(7, array(stored(fixed.made())));
      insert.setArray(8, array(stored(fixed.existing())));
      insert.setArray(9, array(stored(fixed.appended())));
      insert.setArray(10, array(storedColumns(fixed.proved().bigints())));
      insert.setArray(11, array(fixed.extensionTypes().stream()));
      insert.setArray(12, array(stored(fixed.types())));
      insert.setArray(13, array(storedColumns(fixed.proved().filled())));
      insert.executeUpdate();
    }
  }

  private static Stream<String> stored(Set<TableName> names) {
    return names.stream().map(t -> t.schema() + "\t" + t.table());
  }

  private Array array(Stream<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }

  /** Takes the migration out of the ledger, all but its history. */
  public void forget() throws SQLException {
    new EarlierLife(connection, name).add();
  }

  /** Takes the migration's lock for as long as this connection lives; false when it is taken. */
  public boolean tryLock() throws SQLException {
    try (PreparedStatement select = prepare(LedgerSql.TRY_LOCK, name)) {
      return isTrue(select);
    }
  }

  /**
   * Gives the lock back. A server takes its time to end a session that was closed, and nobody who
   * comes next should find it.
   */
  public void unlock() throws SQLException {
    try (PreparedStatement select = prepare(LedgerSql.UNLOCK, name)) {
      isTrue(select);
    }
  }

  /** Who runs the migration and since when, as the ledger has it. */
  public String holder() throws SQLException {
    try (PreparedStatement select = prepare(LedgerSql.HOLDER, name);
        ResultSet row = select.executeQuery()) {
      return row.next() ? row.getString(1) + ", since " + row.getString(2) : "another session";
    }
  }

  /** Jobs of clusters that belong to runs which have not ended, oldest first. */
  public List<Snapshot.Job> openJobs() throws SQLException {
    List<Snapshot.Job> jobs = new ArrayList<>();
    try (PreparedStatement select = prepare(LedgerSql.OPEN_JOBS, name);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        jobs.add(new Snapshot.Job(row.getString(1), row.getString(2), row.getString(3)));
      }
    }
    return jobs;
  }

  /** The run that has not ended; empty when none is open. */
  public OptionalLong openRun() throws SQLException {
    try (PreparedStatement select = prepare(LedgerSql.OPEN_RUN, name);
        ResultSet row = select.executeQuery()) {
      return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
    }
  }

  /** Whether some session has the migration's lock. */
  public boolean isLocked() throws SQLException {
    try (PreparedStatement select = prepare(LedgerSql.LOCKED, name)) {
      return isTrue(select);
    }
  }

  /** Ends the session that has the migration's lock, for a holder that is known to be gone. */
  public void endHolder() throws SQLException {
    try (PreparedStatement select = prepare(LedgerSql.END_HOLDER, name)) {
      select.execute();
    }
  }

  /**
   * Ends runs that a killed process left open, and the phase of a migration that they moved. Only
   * under the lock.
   */
  public void endStale(String outcome) throws SQLException {
    try (PreparedStatement update = prepare(LedgerSql.END_STALE_RUNS, outcome, name)) {
      update.execute();
    }
  }

  /** Begins a run; runs that a killed process left open end. Only under the lock. */
  public long startRun(String command, String holder) throws SQLException {
    endStale("ABANDONED");
    try (PreparedStatement insert = prepare(LedgerSql.START_RUN, name, command, holder);
        ResultSet row = insert.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * Ends a run, and with it the phase of a migration that it moved; false when it has ended
   * already, and nothing is changed.
   */
  public boolean endRun(long run, String outcome) throws SQLException {
    try (PreparedStatement update = prepare(LedgerSql.END_RUN, outcome)) {
      update.setLong(2, run);
      return isTrue(update);
    }
  }

  /** Who began the run behind that one and when, empty when there is none. */
  public Optional<String> successor(long run) throws SQLException {
    try (PreparedStatement select = prepare(LedgerSql.NEXT_RUN, name)) {
      select.setLong(2, run);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(row.getString(1) + ", since " + row.getString(2))
            : Optional.empty();
      }
    }
  }

  /** Notes a job of a run that a cluster has taken. */
  public void job(long run, String cluster, String id, String job) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(LedgerSql.ADD_JOB)) {
      insert.setLong(1, run);
      insert.setString(2, cluster);
      insert.setString(3, id);
      insert.setString(4, job);
      insert.executeUpdate();
    }
  }

  /**
   * Sets the phase. With this connection's synchronous commit everything that was committed before
   * is on the target's disk when it returns, the chunks' commits that did not wait included.
   */
  public void setPhase(Snapshot.Phase phase) throws SQLException {
    update(LedgerSql.SET_PHASE, phase.name(), name);
  }

  /** Notes something that a person should see. */
  public void event(long run, String kind, String text) throws SQLException {
    try (PreparedStatement insert = prepare(LedgerSql.ADD_EVENT, name)) {
      insert.setLong(2, run);
      insert.setString(3, kind);
      insert.setString(4, text);
      insert.executeUpdate();
    }
  }

  private void update(String sql, String... parameters) throws SQLException {
    try (PreparedStatement update = prepare(sql, parameters)) {
      update.executeUpdate();
    }
  }

  private PreparedStatement prepare(String sql, String... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setString(i + 1, parameters[i]);
    }
    return statement;
  }

  private static List<String> texts(ResultSet row, int column) throws SQLException {
    return Arrays.asList((String[]) row.getArray(column).getArray());
  }
}
