package dev.landfall.transforms.sql;

/** What is there already: each statement answers with a row when it is. */
public final class PresentSql {
  private PresentSql() {}

  /**
   * Whether an enum type is there with exactly the labels that its definition says; schema, type
   * and what {@link DdlSql#createEnum} makes are the parameters.
   */
  public static String enumExists() {
    return "SELECT 1 FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace"
        + " WHERE n.nspname = ? AND t.typname = ? AND t.typtype = 'e'"
        + " AND ? = 'CREATE TYPE \"' || replace(n.nspname, '\"', '\"\"') || '\".\"'"
        + " || replace(t.typname, '\"', '\"\"') || '\" AS ENUM ('"
        + " || (SELECT string_agg('''' || replace(enumlabel, '''', '''''') || '''', ', '"
        + " ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid) || ')'";
  }

  /**
   * Landfall's own views on tables: schema and name. Parameters: the tables' schemas and their
   * names, two arrays.
   */
  public static String viewsMadeOn() {
    return "SELECT DISTINCT n.nspname AS schema, v.relname AS name"
        + " FROM unnest(?::text[], ?::text[]) AS wanted(nspname, relname)"
        + " JOIN pg_namespace tn ON tn.nspname = wanted.nspname"
        + " JOIN pg_class t ON t.relnamespace = tn.oid AND t.relname = wanted.relname"
        + " JOIN pg_depend d ON d.refobjid = t.oid AND d.refclassid = 'pg_class'::regclass"
        + " AND d.classid = 'pg_rewrite'::regclass"
        + " JOIN pg_rewrite r ON r.oid = d.objid"
        + " JOIN pg_class v ON v.oid = r.ev_class AND v.relkind = 'v'"
        + " JOIN pg_namespace n ON n.oid = v.relnamespace"
        + " WHERE obj_description(v.oid, 'pg_class') LIKE '"
        + DdlSql.MADE
        + "%'";
  }

  /** Whether a schema is there; its name is the parameter. */
  public static String schemaExists() {
    return "SELECT 1 FROM pg_namespace WHERE nspname = ?";
  }

  /** Whether an extension is there; its name is the parameter. */
  public static String extensionExists() {
    return "SELECT 1 FROM pg_extension WHERE extname = ?";
  }

  /** Whether a collation is there; schema and collation are the parameters. */
  public static String collationExists() {
    return "SELECT 1 FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace"
        + " WHERE n.nspname = ? AND c.collname = ? AND NOT c.collisdeterministic";
  }

  /** Whether a table is there; schema and table are the parameters. */
  public static String tableExists() {
    return "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        + " WHERE n.nspname = ? AND c.relname = ?";
  }

  /** Whether a table has a partition; schema, table and partition are the parameters. */
  public static String partitionExists() {
    return "SELECT 1 FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhparent"
        + " JOIN pg_namespace n ON n.oid = c.relnamespace"
        + " JOIN pg_class p ON p.oid = i.inhrelid AND p.relispartition"
        + " WHERE n.nspname = ? AND c.relname = ? AND p.relname = ?";
  }

  /** Whether a table has a constraint; schema, table and constraint are the parameters. */
  public static String constraintExists() {
    return "SELECT 1 FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid"
        + " JOIN pg_namespace n ON n.oid = c.relnamespace"
        + " WHERE n.nspname = ? AND c.relname = ? AND k.conname = ?";
  }

  /**
   * Whether a table's constraint is proved of all its rows; schema, table and constraint are the
   * parameters. No row when there is no such constraint.
   */
  public static String constraintProved() {
    return "SELECT k.convalidated FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid"
        + " JOIN pg_namespace n ON n.oid = c.relnamespace"
        + " WHERE n.nspname = ? AND c.relname = ? AND k.conname = ?";
  }

  /** Whether a table has a trigger; schema, table and trigger are the parameters. */
  public static String triggerExists() {
    return "SELECT 1 FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        + " JOIN pg_namespace n ON n.oid = c.relnamespace"
        + " WHERE n.nspname = ? AND c.relname = ? AND t.tgname = ?";
  }

  /** Whether a table has a usable index; schema, table and index are the parameters. */
  public static String indexExists() {
    return "SELECT 1 FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid"
        + " JOIN pg_namespace n ON n.oid = c.relnamespace"
        + " JOIN pg_class i ON i.oid = x.indexrelid"
        + " WHERE n.nspname = ? AND c.relname = ? AND i.relname = ? AND x.indisvalid";
  }
}
