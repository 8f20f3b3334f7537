package dev.landfall.transforms.promise;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.ddl.DdlStatement;
import dev.landfall.transforms.ddl.DdlStatement.Kind;
import dev.landfall.transforms.ddl.TargetDdl;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.PromisedCopySql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Compares the target's schema with what a migration promised of the tables that it made.
 * PostgreSQL compares with itself: what it says of the tables that are there, with what it says of
 * temporary ones that are made by the promised definitions and rolled back. Nothing is changed, and
 * nothing is locked in a way that stops a writer.
 */
public final class SchemaComparison {
  /** Definitions that are in a schema by themselves and are compared by what they say. */
  private static final List<Kind> OBJECTS =
      List.of(Kind.COLLATION, Kind.TYPE, Kind.FUNCTION, Kind.SEQUENCE);

  /** Definitions of which only is known whether they are there. */
  private static final List<Kind> PRESENT = List.of(Kind.EXTENSION, Kind.VIEW);

  private final Connection connection;
  private final List<DdlStatement> promises;
  private final Settings settings;
  private final SchemaPartReader reader;
  private final Set<String> schemas;
  private final SaidLimits limits;
  private final Set<TableName> tables;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * How to compare.
   *
   * @param said what the migration said that it could not do: texts of its events
   * @param afterLoad whether the definitions that come after the load were all made once
   * @param countAll whether to count the rows that refer to nothing for every foreign key, and not
   *     only for those that are not proved or can be bypassed
   * @param stopped whether to go no further
   */
  public record Settings(
      List<String> said, boolean afterLoad, boolean countAll, BooleanSupplier stopped) {}

  private SchemaComparison(Connection connection, TargetDdl promised, Settings settings) {
    this.connection = connection;
    this.settings = settings;
    this.limits = new SaidLimits(settings.said());
    List<DdlStatement> all = new ArrayList<>(promised.pre());
    all.addAll(promised.post());
    this.promises = limits.made(all, findings);
    this.tables =
        promises.stream()
            .filter(s -> s.kind() == Kind.TABLE)
            .map(DdlStatement::table)
            .collect(Collectors.toSet());
    this.schemas =
        promises.stream().map(s -> s.table().schema()).collect(Collectors.toUnmodifiableSet());
    this.reader = new SchemaPartReader(connection, schemas);
  }

  /**
   * Compares; every transaction of it is rolled back.
   *
   * @param connection to the target, in no transaction
   * @throws SQLException when the connection breaks, or the catalogue can't be read
   */
  public static CheckResult run(Connection connection, TargetDdl promised, Settings settings)
      throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try {
      return new SchemaComparison(connection, promised, settings).run();
    } finally {
      connection.rollback();
      connection.setAutoCommit(autoCommit);
    }
  }

  private CheckResult run() throws SQLException {
    List<SchemaPart> found = found();
    List<SchemaPart> promised = new ArrayList<>();
    Set<TableName> compared = new HashSet<>();
    if (mayCopy()) {
      PromisedCopy copy = new PromisedCopy(connection, reader, schemas);
      copy.make(promises);
      promised.addAll(copy.parts());
      compared.addAll(copy.copied());
      notes.addAll(copy.notes());
    }
    promised.addAll(said());
    found.removeIf(part -> tables.contains(part.table()) && !isCompared(part, compared));
    found.removeIf(
        part ->
            part.kind() == SchemaPart.Kind.ENUM_TYPE
                && promised.stream().noneMatch(p -> p.table().equals(part.table())));
    Set<TableName> unfinished = unfinished(promised, found);
    promised.removeIf(
        part ->
            (part.kind().isAfterLoad() && unfinished.contains(part.table()))
                || (isBehindAll(part.kind()) && !unfinished.isEmpty()));
    found.removeIf(part -> part.kind().isAfterLoad() && unfinished.contains(part.table()));
    found.removeIf(part -> isBehindAll(part.kind()) && !unfinished.isEmpty());
    SchemaDifferences.of(promised, found).stream().map(limits::judged).forEach(findings::add);
    DanglingRows dangling = new DanglingRows(connection, settings, this::note);
    dangling.count(
        promises.stream().filter(promise -> !unfinished.contains(promise.table())).toList(),
        findings);
    noteUnfinished(unfinished);
    return CheckResult.of(CheckResult.TARGET, "schema", SchemaDifferences.sorted(findings), notes);
  }

  private static boolean isCompared(SchemaPart part, Set<TableName> compared) {
    return part.kind() == SchemaPart.Kind.FOREIGN_KEY || compared.contains(part.table());
  }

  private static boolean isBehindAll(SchemaPart.Kind kind) {
    return kind == SchemaPart.Kind.FUNCTION
        || kind == SchemaPart.Kind.SEQUENCE
        || kind == SchemaPart.Kind.VIEW;
  }

  private List<SchemaPart> found() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(PromisedCopySql.BOUND_WAIT);
    }
    reader.begin();
    List<SchemaPart> found = new ArrayList<>(reader.tables(tables, null));
    found.addAll(reader.foreignKeys(tables));
    for (Kind kind : OBJECTS) {
      found.addAll(reader.objects(kind, PromisedCopy.names(promises, kind), null));
    }
    for (Kind kind : PRESENT) {
      found.addAll(reader.objects(kind, PromisedCopy.names(promises, kind), null));
    }
    connection.rollback();
    return found;
  }

  private boolean mayCopy() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(PromisedCopySql.MAY_COPY)) {
      row.next();
      if (!row.getBoolean(1)) {
        notes.add(
            "Columns, keys, checks and triggers were not compared: the target's user may not make"
                + " temporary tables, by which PostgreSQL shows what a definition comes to. Let an"
                + " owner GRANT TEMPORARY ON DATABASE to it.");
      }
      return row.getBoolean(1);
    } finally {
      connection.rollback();
    }
  }

  /** What definitions say by themselves. */
  private List<SchemaPart> said() {
    List<SchemaPart> said = new ArrayList<>();
    for (DdlStatement statement : promises) {
      TableName name = new TableName(statement.table().schema(), statement.name());
      switch (statement.kind()) {
        case FOREIGN_KEY ->
            said.add(
                new SchemaPart(
                    SchemaPart.Kind.FOREIGN_KEY,
                    statement.table(),
                    statement.name(),
                    PromisedCopySql.definition(
                        statement.sql(), statement.table(), statement.name())));
        case EXTENSION ->
            said.add(
                new SchemaPart(SchemaPart.Kind.EXTENSION, name, statement.name(), "extension"));
        case VIEW -> said.add(new SchemaPart(SchemaPart.Kind.VIEW, name, statement.name(), "view"));
        case SCHEMA,
            COLLATION,
            TYPE,
            TABLE,
            PARTITION,
            COMMENT,
            PRIMARY_KEY,
            UNIQUE,
            INDEX,
            EQUALITY,
            IDENTITY,
            CHECK,
            FUNCTION,
            TRIGGER,
            SEQUENCE -> {}
      }
    }
    return said;
  }

  /** Tables of which nothing is there that comes after the load, where that was never finished. */
  private Set<TableName> unfinished(List<SchemaPart> promised, List<SchemaPart> found) {
    if (settings.afterLoad()) {
      return Set.of();
    }
    Set<TableName> unfinished =
        new HashSet<>(
            promised.stream()
                .filter(part -> part.kind().isAfterLoad())
                .map(SchemaPart::table)
                .toList());
    found.stream()
        .filter(part -> part.kind().isAfterLoad())
        .map(SchemaPart::table)
        .forEach(unfinished::remove);
    return unfinished;
  }

  private void noteUnfinished(Collection<TableName> unfinished) {
    if (!unfinished.isEmpty()) {
      notes.add(
          "Keys and indexes are not made yet"
              + (unfinished.size() == tables.size()
                  ? ""
                  : " of " + unfinished.size() + " of " + tables.size() + " tables")
              + ", so they were not compared: landfall schema --apply post makes them.");
    }
  }

  private void note(String what, SQLException e) throws SQLException {
    notes.add(unlooked(what, e));
  }

  /**
   * A note that something was not looked at, and why. Only a connection that broke is a reason to
   * fail.
   */
  public static String unlooked(String what, SQLException e) throws SQLException {
    String state = String.valueOf(e.getSQLState());
    if (state.startsWith("08") || state.startsWith("57")) {
      throw e;
    }
    return what + ": " + String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
  }
}
