package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.TableName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is asked of the target's catalogue. The statements about tables take two parameters, arrays
 * of schemas and of table names, and cover all of them at once.
 */
public final class TargetCatalogSql {
  private static final String WANTED =
      " FROM unnest(?::text[], ?::text[]) AS wanted(nspname, relname)"
          + " JOIN pg_namespace n ON n.nspname = wanted.nspname"
          + " JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.relname"
          + " AND c.relkind IN ('r', 'p', 'v', 'm', 'f')";

  private TargetCatalogSql() {}

  /**
   * Database, user, whether the user may make schemas, and what can be done with texts: collations
   * that are not deterministic (PostgreSQL 12; not for every encoding, manual 24.3.1), and the
   * extension citext, which is trusted since PostgreSQL 13.
   */
  public static String session() {
    return "SELECT current_database() AS database, current_user AS username,"
        + " has_database_privilege(current_database(), 'CREATE') AS may_create,"
        + " getdatabaseencoding() AS encoding,"
        + " current_setting('server_version_num')::int >= 120000"
        + " AND getdatabaseencoding() NOT IN ('SQL_ASCII', 'MULE_INTERNAL', 'EUC_JIS_2004')"
        + " AND EXISTS (SELECT 1 FROM pg_collation WHERE collprovider = 'i') AS icu,"
        + " CASE WHEN to_regtype('citext') IS NOT NULL THEN 'READY'"
        + " WHEN EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citext') THEN 'HIDDEN'"
        + " WHEN NOT EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'citext')"
        + " THEN 'MISSING'"
        + " WHEN (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
        + " OR (current_setting('server_version_num')::int >= 130000"
        + " AND has_database_privilege(current_database(), 'CREATE')) THEN 'CREATABLE'"
        + " ELSE 'DENIED' END AS citext";
  }

  /**
   * The types of extensions that Landfall knows how to fill, as definitions have to name them:
   * PostGIS's geometry and pgvector's vector.
   */
  public static String extensionTypes() {
    return "SELECT format_type(t.oid, NULL) AS type FROM pg_extension e"
        + " JOIN pg_depend d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid"
        + " AND d.classid = 'pg_type'::regclass AND d.deptype = 'e'"
        + " JOIN pg_type t ON t.oid = d.objid"
        + " WHERE (e.extname, t.typname) IN (('postgis', 'geometry'), ('vector', 'vector'))";
  }

  /** Fails for a type that the target does not have; else whether no column can have it. */
  public static String isPseudoType(String ddl) {
    return "SELECT typtype = 'p' FROM pg_type WHERE oid = pg_typeof(CAST(NULL AS " + ddl + "))";
  }

  /** Rights in those of the schemas that are there; an array of names is the parameter. */
  public static String schemas() {
    return "SELECT nspname AS schema, has_schema_privilege(oid, 'CREATE') AS may_create,"
        + " has_schema_privilege(oid, 'USAGE') AS may_use"
        + " FROM pg_namespace WHERE nspname = ANY (?::text[])";
  }

  /** Which types are there; arrays of schemas and of names are the parameters. */
  public static String types() {
    return "SELECT n.nspname AS schema, t.typname AS type"
        + " FROM unnest(?::text[], ?::text[]) AS wanted(nspname, typname)"
        + " JOIN pg_namespace n ON n.nspname = wanted.nspname"
        + " JOIN pg_type t ON t.typnamespace = n.oid AND t.typname = wanted.typname";
  }

  /** Tables and what else bears their names; whether row security is in force for the user. */
  public static String tables() {
    return "SELECT n.nspname AS schema, c.relname AS relation, c.relkind AS kind,"
        + " has_table_privilege(c.oid, 'INSERT') AS may_insert,"
        + " has_table_privilege(c.oid, 'SELECT') AS may_select,"
        + " c.relkind IN ('r', 'p') AND row_security_active(c.oid) AS row_security"
        + WANTED;
  }

  /** Columns; one of a domain has the type below it. */
  public static String columns() {
    return "SELECT n.nspname AS schema, c.relname AS relation, a.attname AS name,"
        + " CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod)"
        + " ELSE format_type(a.atttypid, a.atttypmod) END AS type,"
        + " a.attnotnull OR t.typnotnull AS not_null,"
        + " a.atthasdef OR t.typdefault IS NOT NULL AS has_default,"
        + " a.attidentity <> '' AS identity, a.attgenerated <> '' AS generated"
        + WANTED
        + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
        + " JOIN pg_type t ON t.oid = a.atttypid"
        + " ORDER BY a.attnum";
  }

  /** Primary keys first, then unique indexes of whole columns on all rows. */
  public static String keys() {
    return "SELECT n.nspname AS schema, c.relname AS relation,"
        + " (SELECT array_agg(a.attname::text ORDER BY k.position)"
        + " FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)"
        + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum"
        + " WHERE k.position <= x.indnkeyatts) AS columns"
        + WANTED
        + " JOIN pg_index x ON x.indrelid = c.oid AND x.indisunique AND x.indisvalid"
        + " AND x.indpred IS NULL AND x.indexprs IS NULL"
        + " ORDER BY x.indisprimary DESC, x.indexrelid";
  }

  /** Foreign keys in force, each with the table that it refers to. */
  public static String foreignKeys() {
    return "SELECT n.nspname AS schema, c.relname AS relation, k.conname AS name,"
        + " rn.nspname AS referenced_schema, r.relname AS referenced_relation"
        + WANTED
        + " JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f'"
        + " JOIN pg_class r ON r.oid = k.confrelid"
        + " JOIN pg_namespace rn ON rn.oid = r.relnamespace"
        + " ORDER BY k.conname";
  }

  /**
   * Relations that bear given names, and for an index the table that it is of; arrays of schemas
   * and of names are the parameters.
   */
  public static String relations() {
    return "SELECT n.nspname AS schema, c.relname AS relation, c.relkind AS kind,"
        + " t.relname AS indexed"
        + " FROM unnest(?::text[], ?::text[]) AS wanted(nspname, relname)"
        + " JOIN pg_namespace n ON n.nspname = wanted.nspname"
        + " JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.relname"
        + " LEFT JOIN pg_index x ON x.indexrelid = c.oid"
        + " LEFT JOIN pg_class t ON t.oid = x.indrelid"
        + " ORDER BY n.nspname, c.relname";
  }

  /** The positions of those tables, from 0, that have at least one row. */
  public static String tablesWithRows(List<TableName> tables) {
    return java.util.stream.IntStream.range(0, tables.size())
        .mapToObj(
            i ->
                "SELECT "
                    + i
                    + " AS position WHERE EXISTS (SELECT 1 FROM "
                    + Identifiers.postgres(tables.get(i))
                    + ")")
        .collect(Collectors.joining(" UNION ALL "));
  }

  /** Lets a user make schemas in a database. */
  public static String grantCreateOnDatabase(String database, String user) {
    return "GRANT CREATE ON DATABASE "
        + Identifiers.postgres(database)
        + " TO "
        + Identifiers.postgres(user)
        + ";";
  }

  /** Lets a user make tables in a schema. */
  public static String grantOnSchema(String rights, String schema, String user) {
    return "GRANT "
        + rights
        + " ON SCHEMA "
        + Identifiers.postgres(schema)
        + " TO "
        + Identifiers.postgres(user)
        + ";";
  }

  /** Lets a user load and read a table. */
  public static String grantOnTable(String rights, TableName table, String user) {
    return "GRANT "
        + rights
        + " ON TABLE "
        + Identifiers.postgres(table)
        + " TO "
        + Identifiers.postgres(user)
        + ";";
  }
}
