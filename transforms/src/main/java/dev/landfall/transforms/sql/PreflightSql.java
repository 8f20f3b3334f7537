package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.TableName;

/**
 * What is asked of a target before anything is touched. The statements about tables take arrays,
 * schemas and names.
 */
public final class PreflightSql {
  private static final String WANTED =
      " FROM unnest(:schemas::text[], :names::text[]) AS wanted(nspname, relname)"
          + " JOIN pg_namespace n ON n.nspname = wanted.nspname"
          + " JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.relname"
          + " AND c.relkind IN ('r', 'p')";

  private PreflightSql() {}

  /** Whether the server is a standby, and whether the session may only read. */
  public static String writable() {
    return "SELECT pg_is_in_recovery() AS standby,"
        + " current_setting('transaction_read_only') = 'on' AS read_only";
  }

  /** The standbys that commits wait for, where none is connected; no row elsewhere. */
  public static String awaitedStandbys() {
    return "SELECT current_setting('synchronous_standby_names') AS names"
        + " WHERE current_setting('synchronous_standby_names') <> '' AND NOT pg_is_in_recovery()"
        + " AND current_setting('synchronous_commit') NOT IN ('off', 'local')"
        + " AND NOT EXISTS (SELECT 1 FROM pg_stat_replication)";
  }

  /**
   * Triggers and rules for rows that are inserted, of the tables and their partitions: those in
   * force for a session of an application. Bit 2 of a trigger's type is INSERT
   * (catalog/pg_trigger.h).
   */
  public static String insertHooks() {
    return "WITH RECURSIVE part AS (SELECT c.oid"
        + WANTED
        + " UNION SELECT i.inhrelid FROM part JOIN pg_inherits i ON i.inhparent = part.oid"
        + " JOIN pg_class p ON p.oid = i.inhrelid AND p.relispartition)"
        + " SELECT n.nspname AS schema, c.relname AS relation, hook.kind AS kind, hook.name AS name"
        + " FROM (SELECT t.tgrelid AS relation, 'TRIGGER' AS kind, t.tgname AS name"
        + " FROM pg_trigger t WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
        + " AND (t.tgtype & 4) <> 0"
        + " UNION ALL SELECT r.ev_class, 'RULE', r.rulename FROM pg_rewrite r"
        + " WHERE r.ev_type = '3' AND r.ev_enabled IN ('O', 'A')) AS hook"
        + " JOIN part ON part.oid = hook.relation"
        + " JOIN pg_class c ON c.oid = hook.relation"
        + " JOIN pg_namespace n ON n.oid = c.relnamespace"
        + " ORDER BY 1, 2, 3, 4";
  }

  /** Triggers and rules of the tables that are off, in that form. */
  public static String turnedOff() {
    return "SELECT n.nspname AS schema, c.relname AS relation, hook.kind AS kind, hook.name AS name"
        + WANTED
        + " JOIN (SELECT tgrelid AS relation, 'TRIGGER' AS kind, tgname AS name FROM pg_trigger"
        + " WHERE NOT tgisinternal AND tgenabled = 'D' UNION ALL SELECT ev_class, 'RULE', rulename"
        + " FROM pg_rewrite WHERE ev_enabled = 'D') AS hook ON hook.relation = c.oid"
        + " ORDER BY 1, 2, 3, 4";
  }

  /** Turns a trigger or a rule off. */
  public static String disable(TableName table, String kind, String name) {
    return turn("DISABLE", table, kind, name);
  }

  /** Turns it on. */
  public static String enable(TableName table, String kind, String name) {
    return turn("ENABLE", table, kind, name);
  }

  private static String turn(String how, TableName table, String kind, String name) {
    return "ALTER TABLE "
        + Identifiers.postgres(table)
        + " "
        + how
        + " "
        + kind
        + " "
        + Identifiers.postgres(name)
        + ";";
  }

  /** Owners of the tables whom the user can't stand for. */
  public static String foreignOwners() {
    return "SELECT DISTINCT pg_get_userbyid(c.relowner) AS owner"
        + WANTED
        + " WHERE NOT pg_has_role(c.relowner, 'USAGE') ORDER BY 1";
  }

  /** Lets a user do what a role may do. */
  public static String grantRole(String role, String user) {
    return "GRANT " + Identifiers.postgres(role) + " TO " + Identifiers.postgres(user) + ";";
  }

  /** Tables in which the user may not change or delete rows. */
  public static String notWritable() {
    return "SELECT n.nspname AS schema, c.relname AS relation"
        + WANTED
        + " WHERE NOT (has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE')"
        + " AND has_table_privilege(c.oid, 'INSERT') AND has_table_privilege(c.oid, 'SELECT'))"
        + " ORDER BY 1, 2";
  }

  /** Lets a user see rows that row security hides. */
  public static String bypassRowSecurity(String user) {
    return "ALTER ROLE " + Identifiers.postgres(user) + " BYPASSRLS;";
  }
}
