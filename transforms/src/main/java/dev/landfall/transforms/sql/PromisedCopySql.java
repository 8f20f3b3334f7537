package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.TableName;

/** Makes the promised definitions once more, for a comparison. */
public final class PromisedCopySql {
  private PromisedCopySql() {}

  /** Whether the user may make temporary tables in the database: true or false in its one row. */
  public static final String MAY_COPY =
      "SELECT has_database_privilege(current_database(), 'TEMPORARY')";

  /**
   * Makes temporary tables the last that a name is looked for among. Otherwise they come first, so
   * that a table called {@code text} would be taken for the type (manual 20.11.1).
   */
  public static final String COPY_SESSION =
      "SELECT set_config('search_path', concat_ws(', ', nullif(current_setting('search_path'), ''),"
          + " 'pg_temp'), true)";

  /** Has PostgreSQL name the schema of whatever is not its own. */
  public static final String QUALIFIED = "SELECT set_config('search_path', 'pg_catalog', true)";

  /** The name of the schema of this session's temporary tables. No parameters. */
  public static final String COPY_SCHEMA =
      "SELECT nspname FROM pg_namespace WHERE oid = pg_my_temp_schema()";

  /** The name by which definitions reach that schema. */
  public static final String COPY = "pg_temp";

  /** What a statement that adds a constraint says behind the constraint's name, on one line. */
  public static String definition(String addConstraint, TableName table, String name) {
    return addConstraint
        .substring(ConstraintSql.addConstraint(table, name).length())
        .replace("\n    ", " ");
  }

  /** How long a comparison waits for a table that somebody is changing. */
  public static final String BOUND_WAIT = "SET LOCAL lock_timeout = '10s'";
}
