package dev.landfall.transforms.catalog;

import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.TargetCatalogSql;
import dev.landfall.transforms.types.PgType;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the target has of what a mapping names.
 *
 * @param database the database's name
 * @param user the user of the session, to whom all rights here belong
 * @param createsSchemas whether the user may make schemas
 * @param schemas rights in the schemas that are there, by name; among them that of the ledger
 * @param tables the tables that are there, by name
 * @param texts what the database can do with texts
 */
public record TargetCatalog(
    String database,
    String user,
    boolean createsSchemas,
    Map<String, SchemaRights> schemas,
    Map<TableName, Table> tables,
    Texts texts)
    implements Serializable {
  /** The schema of the ledger. */
  public static final String LEDGER_SCHEMA = "landfall";

  public TargetCatalog {
    schemas = Map.copyOf(schemas);
    tables = Map.copyOf(tables);
  }

  /**
   * Reads the catalogue in a number of queries that does not depend on the number of tables.
   *
   * @throws SQLException as the driver throws it
   */
  public static TargetCatalog read(Connection connection, Collection<TableName> names)
      throws SQLException {
    return new TargetCatalogReader(connection, names).read();
  }

  /** The same as if some tables were not there. */
  public TargetCatalog without(Collection<TableName> gone) {
    Map<TableName, Table> left = new HashMap<>(tables);
    left.keySet().removeAll(gone);
    return new TargetCatalog(database, user, createsSchemas, schemas, left, texts);
  }

  /** The same as if some tables had no rows. */
  public TargetCatalog emptied(Collection<TableName> some) {
    Map<TableName, Table> all = new HashMap<>(tables);
    some.forEach(name -> all.computeIfPresent(name, (same, table) -> table.emptied()));
    return new TargetCatalog(database, user, createsSchemas, schemas, all, texts);
  }

  /**
   * The types of extensions that Landfall knows how to fill, as definitions have to name them:
   * PostGIS's {@code geometry} and pgvector's {@code vector}, with a schema where the session needs
   * one.
   */
  public static Set<String> extensionTypes(Connection connection) throws SQLException {
    Set<String> types = new HashSet<>();
    try (PreparedStatement query = connection.prepareStatement(TargetCatalogSql.extensionTypes());
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        types.add(rows.getString("type"));
      }
    }
    return types;
  }

  /** The table of that name. */
  public Optional<Table> table(TableName name) {
    return Optional.ofNullable(tables.get(name));
  }

  /**
   * What the database can do with texts.
   *
   * @param icu whether it can have collations for which different texts are equal
   * @param encoding the database's encoding
   * @param citext whether the type {@code citext} can be used
   */
  public record Texts(boolean icu, String encoding, Extension citext) implements Serializable {}

  /** How an extension stands. */
  public enum Extension {
    /** It can be used. */
    READY,
    /** It can be made by the user. */
    CREATABLE,
    /** It is there, in a schema that the user's sessions don't search. */
    HIDDEN,
    /** The server has it, and the user may not make it. */
    DENIED,
    /** The server does not have it. */
    MISSING
  }

  /**
   * What the user may do in a schema.
   *
   * @param create make tables
   * @param use reach what is in it
   */
  public record SchemaRights(boolean create, boolean use) implements Serializable {}

  /**
   * A relation of the target.
   *
   * @param kind what bears the name
   * @param columns in the table's order
   * @param keys columns of each key: the primary key first, then unique indexes of whole columns
   * @param foreignKeys foreign keys in force
   * @param hasRows whether there is at least one row; false where the user can't look
   * @param inserts whether the user may insert rows
   * @param selects whether the user may read rows
   * @param rowSecurity whether policies decide which rows the user sees
   */
  public record Table(
      Kind kind,
      List<Column> columns,
      List<List<String>> keys,
      List<ForeignKey> foreignKeys,
      boolean hasRows,
      boolean inserts,
      boolean selects,
      boolean rowSecurity)
      implements Serializable {
    public Table {
      columns = List.copyOf(columns);
      keys = List.copyOf(keys);
      foreignKeys = List.copyOf(foreignKeys);
    }

    Table emptied() {
      return new Table(
          kind, columns, keys, foreignKeys, /* hasRows= */ false, inserts, selects, rowSecurity);
    }

    /** The column of exactly that name. */
    public Optional<Column> column(String name) {
      return columns.stream().filter(c -> c.name().equals(name)).findFirst();
    }
  }

  /** Kinds of relations, as far as loading cares. */
  public enum Kind {
    /** Ordinary or partitioned. */
    TABLE("table"),
    VIEW("view"),
    FOREIGN_TABLE("foreign table");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * A column of the target.
   *
   * @param name its name
   * @param type its type; that below it, for a domain
   * @param nullable whether it takes NULL
   * @param hasDefault whether it has a default
   * @param identity whether it is an identity column
   * @param generated whether it is generated and so can't be loaded
   */
  public record Column(
      String name,
      PgType type,
      boolean nullable,
      boolean hasDefault,
      boolean identity,
      boolean generated)
      implements Serializable {}

  /**
   * A foreign key in force.
   *
   * @param name its name
   * @param referenced the table that must be loaded before
   */
  public record ForeignKey(String name, TableName referenced) implements Serializable {}
}
