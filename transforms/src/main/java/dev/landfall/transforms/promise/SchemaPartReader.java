package dev.landfall.transforms.promise;

import dev.landfall.transforms.ddl.DdlStatement;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.MovedNames;
import dev.landfall.transforms.sql.PromisedCopySql;
import dev.landfall.transforms.sql.SchemaCheckSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the catalogue says of tables and other objects, of all of them by one query for each
 * kind. Locks nothing but what reading a definition locks, which stops no writer.
 */
final class SchemaPartReader {
  private final Connection connection;
  private final Set<String> schemas;

  /**
   * A reader.
   *
   * @param schemas whose names are left out of definitions
   */
  SchemaPartReader(Connection connection, Set<String> schemas) {
    this.connection = connection;
    this.schemas = schemas;
  }

  /** Has names come as this reader expects them, until the end of the transaction. */
  void begin() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(PromisedCopySql.QUALIFIED);
    }
  }

  /** Everything that belongs to those tables, foreign keys apart. */
  List<SchemaPart> tables(Collection<TableName> wanted, @Nullable String copy) throws SQLException {
    List<SchemaPart> parts = new ArrayList<>();
    for (String sql : SchemaCheckSql.OF_TABLES) {
      parts.addAll(read(sql, wanted, copy));
    }
    return parts;
  }

  /** The foreign keys of those tables. */
  List<SchemaPart> foreignKeys(Collection<TableName> wanted) throws SQLException {
    return read(SchemaCheckSql.FOREIGN_KEYS, wanted, null);
  }

  /** Those of the objects of one kind that are there. */
  List<SchemaPart> objects(
      DdlStatement.Kind kind, Collection<TableName> wanted, @Nullable String copy)
      throws SQLException {
    String sql =
        switch (kind) {
          case EXTENSION -> SchemaCheckSql.EXTENSIONS;
          case COLLATION -> SchemaCheckSql.COLLATIONS;
          case TYPE -> SchemaCheckSql.ENUM_TYPES;
          case FUNCTION -> SchemaCheckSql.FUNCTIONS;
          case SEQUENCE -> SchemaCheckSql.SEQUENCES;
          case VIEW -> SchemaCheckSql.VIEWS;
          case SCHEMA,
              TABLE,
              PARTITION,
              COMMENT,
              PRIMARY_KEY,
              UNIQUE,
              INDEX,
              EQUALITY,
              IDENTITY,
              CHECK,
              TRIGGER,
              FOREIGN_KEY ->
              throw new IllegalArgumentException(kind + " belongs to a table");
        };
    return read(sql, wanted, copy);
  }

  /**
   * What one query says.
   *
   * @param wanted the names under which parts are told
   * @param copy the schema in which all of them are looked for instead, null for their own
   */
  private List<SchemaPart> read(String sql, Collection<TableName> wanted, @Nullable String copy)
      throws SQLException {
    List<SchemaPart> parts = new ArrayList<>();
    if (wanted.isEmpty()) {
      return parts;
    }
    Map<TableName, TableName> asked =
        wanted.stream()
            .collect(
                Collectors.toMap(
                    name -> copy == null ? name : new TableName(copy, name.table()),
                    Function.identity(),
                    (one, other) -> one));
    Query.of(connection, sql)
        .bindTables(asked.keySet())
        .each(
            row -> {
              TableName name = new TableName(row.text("schema"), row.text("name"));
              parts.add(
                  part(
                      SchemaPart.Kind.valueOf(row.text("kind")),
                      asked.getOrDefault(name, name),
                      row.text("object"),
                      row.text("definition")));
            });
    return parts;
  }

  private SchemaPart part(SchemaPart.Kind kind, TableName table, String object, String definition) {
    boolean foreign = kind == SchemaPart.Kind.FOREIGN_KEY;
    return new SchemaPart(
        kind,
        table,
        object,
        foreign
            ? definition
            : MovedNames.unqualified(
                kind == SchemaPart.Kind.KEY ? MovedNames.nameless(definition) : definition,
                schemas));
  }
}
