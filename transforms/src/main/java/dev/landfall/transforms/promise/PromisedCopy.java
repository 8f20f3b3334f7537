package dev.landfall.transforms.promise;

import dev.landfall.transforms.ddl.DdlStatement;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.MovedNames;
import dev.landfall.transforms.sql.PromisedCopySql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks the target what promised definitions come to: makes them as temporary tables, by the very
 * statements but for the schema, reads the catalogue, and rolls back. Nothing of the user's is
 * touched, foreign keys are not made, and no other session sees anything.
 */
final class PromisedCopy {
  /**
   * Tables of a transaction. With its indexes each takes some ten locks, of which a server has room
   * for 6,400 for all sessions together unless it is told otherwise.
   */
  private static final int TABLES_TOGETHER = 100;

  private final Connection connection;
  private final SchemaPartReader reader;
  private final Set<String> schemas;
  private final List<SchemaPart> parts = new ArrayList<>();
  private final Set<SchemaPart> shared = new LinkedHashSet<>();
  private final Set<TableName> copied = new LinkedHashSet<>();
  private final List<String> notes = new ArrayList<>();

  PromisedCopy(Connection connection, SchemaPartReader reader, Set<String> schemas) {
    this.connection = connection;
    this.reader = reader;
    this.schemas = schemas;
  }

  /** What the definitions come to, told under their own names. */
  List<SchemaPart> parts() {
    return parts;
  }

  /** The tables that could be copied. */
  Set<TableName> copied() {
    return copied;
  }

  /** Why others could not. */
  List<String> notes() {
    return notes;
  }

  /**
   * Makes and reads all of them, schema by schema, since temporary tables share one.
   *
   * @param statements in the order in which they can be made
   */
  void make(List<DdlStatement> statements) throws SQLException {
    List<DdlStatement> collations =
        statements.stream().filter(s -> s.kind() == DdlStatement.Kind.COLLATION).toList();
    Map<String, Map<TableName, List<DdlStatement>>> tables = new TreeMap<>();
    Map<String, List<DdlStatement>> others = new TreeMap<>();
    for (DdlStatement statement : statements) {
      String schema = statement.table().schema();
      switch (statement.kind()) {
        case TYPE, TABLE, PARTITION, PRIMARY_KEY, UNIQUE, INDEX, EQUALITY, CHECK, TRIGGER ->
            tables
                .computeIfAbsent(schema, s -> new LinkedHashMap<>())
                .computeIfAbsent(statement.table(), t -> new ArrayList<>())
                .add(statement);
        case FUNCTION, SEQUENCE ->
            others.computeIfAbsent(schema, s -> new ArrayList<>()).add(statement);
        case SCHEMA, EXTENSION, COLLATION, COMMENT, IDENTITY, FOREIGN_KEY, VIEW -> {}
      }
    }
    for (Map.Entry<String, Map<TableName, List<DdlStatement>>> schema : tables.entrySet()) {
      List<DdlStatement> shared = new ArrayList<>(collations);
      shared.addAll(others.getOrDefault(schema.getKey(), List.of()));
      List<Map.Entry<TableName, List<DdlStatement>>> all =
          List.copyOf(schema.getValue().entrySet());
      for (int from = 0; from < all.size(); from += TABLES_TOGETHER) {
        make(shared, all.subList(from, Math.min(all.size(), from + TABLES_TOGETHER)));
      }
    }
  }

  /** All or, where some can't be made, as many as can. */
  private void make(
      List<DdlStatement> shared, List<Map.Entry<TableName, List<DdlStatement>>> tables)
      throws SQLException {
    SQLException failure = attempt(shared, tables);
    if (failure == null) {
      return;
    }
    if (tables.size() > 1) {
      int half = tables.size() / 2;
      make(shared, tables.subList(0, half));
      make(shared, tables.subList(half, tables.size()));
      return;
    }
    notes.add(
        tables.get(0).getKey()
            + " was not compared with its promised definition, of which the target made no copy: "
            + String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " "));
  }

  private @Nullable SQLException attempt(
      List<DdlStatement> shared, List<Map.Entry<TableName, List<DdlStatement>>> tables)
      throws SQLException {
    List<DdlStatement> all = new ArrayList<>(shared);
    tables.forEach(table -> all.addAll(table.getValue()));
    try (Statement statement = connection.createStatement()) {
      statement.execute(PromisedCopySql.BOUND_WAIT);
      statement.execute(PromisedCopySql.COPY_SESSION);
      for (DdlStatement definition : all) {
        statement.addBatch(MovedNames.moved(definition.sql(), schemas, PromisedCopySql.COPY));
      }
      statement.executeBatch();
      reader.begin();
      read(statement, all, tables.stream().map(Map.Entry::getKey).toList());
      return null;
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      if (state.startsWith("08") || state.startsWith("57")) {
        throw e;
      }
      return e;
    } finally {
      connection.rollback();
    }
  }

  private void read(Statement statement, List<DdlStatement> all, List<TableName> tables)
      throws SQLException {
    String copy;
    try (ResultSet row = statement.executeQuery(PromisedCopySql.COPY_SCHEMA)) {
      row.next();
      copy = row.getString(1);
    }
    List<SchemaPart> read = new ArrayList<>(reader.tables(tables, copy));
    for (DdlStatement.Kind kind :
        List.of(
            DdlStatement.Kind.COLLATION,
            DdlStatement.Kind.TYPE,
            DdlStatement.Kind.FUNCTION,
            DdlStatement.Kind.SEQUENCE)) {
      read.addAll(reader.objects(kind, names(all, kind), copy));
    }
    // Shared objects come with every batch.
    read.stream().filter(part -> isOfTable(part) || shared.add(part)).forEach(parts::add);
    copied.addAll(tables);
  }

  private static boolean isOfTable(SchemaPart part) {
    return part.kind() != SchemaPart.Kind.COLLATION
        && part.kind() != SchemaPart.Kind.FUNCTION
        && part.kind() != SchemaPart.Kind.SEQUENCE;
  }

  /** The names of the objects of a kind. */
  static List<TableName> names(List<DdlStatement> statements, DdlStatement.Kind kind) {
    return statements.stream()
        .filter(s -> s.kind() == kind)
        .map(s -> new TableName(s.table().schema(), s.name()))
        .toList();
  }
}
