package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.TableName;
import java.util.List;

/**
 * What is asked of the target's catalogue to compare it with what was promised. Unless it says
 * otherwise, a query takes arrays, schemas and names, and gives kind, schema, name, object and
 * definition. Names in definitions are qualified as {@link PromisedCopySql#QUALIFIED} makes them.
 */
public final class SchemaCheckSql {
  private SchemaCheckSql() {}

  private static final String NAMED =
      " FROM unnest(:schemas::text[], :names::text[]) AS wanted(nspname, relname)"
          + " JOIN pg_namespace n ON n.nspname = wanted.nspname";

  private static final String TABLE =
      NAMED
          + " JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.relname"
          + " AND c.relkind IN ('r', 'p', 'v', 'm', 'f')";

  private static String of(String kind, String object, String definition, String from) {
    return "SELECT '"
        + kind
        + "' AS kind, n.nspname AS schema, wanted.relname AS name, "
        + object
        + " AS object, "
        + definition
        + " AS definition"
        + from;
  }

  /** Tables, whether partitioned, and whether a crash of the server would empty them. */
  public static final String TABLES =
      of(
          "TABLE",
          "wanted.relname",
          "CASE WHEN c.relpersistence = 'u' THEN 'unlogged ' ELSE '' END || CASE c.relkind"
              + " WHEN 'r' THEN 'table' WHEN 'p' THEN 'table partitioned by '"
              + " || pg_get_partkeydef(c.oid) WHEN 'v' THEN 'view' WHEN 'm' THEN"
              + " 'materialized view' ELSE 'foreign table' END",
          TABLE);

  /** Partitions with their bounds. */
  public static final String PARTITIONS =
      of(
          "PARTITION",
          "p.relname",
          "pg_get_expr(p.relpartbound, p.oid)",
          TABLE
              + " JOIN pg_inherits i ON i.inhparent = c.oid"
              + " JOIN pg_class p ON p.oid = i.inhrelid AND p.relispartition");

  /** Three parts of each column: type with collation, nullability, default. */
  public static final String COLUMNS =
      "SELECT part.kind AS kind, n.nspname AS schema, wanted.relname AS name, a.attname AS object,"
          + " part.definition AS definition"
          + TABLE
          + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
          + " JOIN pg_type t ON t.oid = a.atttypid"
          + " LEFT JOIN pg_collation k ON k.oid = a.attcollation"
          + " AND a.attcollation <> t.typcollation"
          + " LEFT JOIN pg_namespace kn ON kn.oid = k.collnamespace"
          + " LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum"
          + " LEFT JOIN pg_depend i ON i.refclassid = 'pg_class'::regclass AND i.refobjid = c.oid"
          + " AND i.refobjsubid = a.attnum AND i.deptype = 'i'"
          + " AND i.classid = 'pg_class'::regclass AND a.attidentity <> ''"
          + " LEFT JOIN pg_sequence s ON s.seqrelid = i.objid"
          + " CROSS JOIN LATERAL (VALUES ('COLUMN', format_type(a.atttypid, a.atttypmod)"
          + " || coalesce(' COLLATE ' || quote_ident(kn.nspname) || '.' || quote_ident(k.collname),"
          + " '')), ('NULLABILITY', CASE WHEN a.attnotnull THEN 'NOT NULL' ELSE 'NULL' END),"
          + " ('DEFAULT', CASE WHEN a.attgenerated <> '' THEN 'GENERATED ALWAYS AS ('"
          + " || pg_get_expr(d.adbin, c.oid) || ') ' || CASE a.attgenerated WHEN 's' THEN 'STORED'"
          + " ELSE 'VIRTUAL' END WHEN a.attidentity <> '' THEN 'GENERATED ' || CASE a.attidentity"
          + " WHEN 'd' THEN 'BY DEFAULT' ELSE 'ALWAYS' END || ' AS IDENTITY'"
          + " || CASE WHEN s.seqincrement <> 1 THEN ' (INCREMENT ' || s.seqincrement || ')'"
          + " ELSE '' END ELSE coalesce('DEFAULT ' || pg_get_expr(d.adbin, c.oid), 'no default')"
          + " END)) AS part(kind, definition)";

  /** Primary keys, unique constraints and indexes. */
  public static final String KEYS =
      of(
          "KEY",
          "i.relname",
          "coalesce(pg_get_constraintdef(k.oid), pg_get_indexdef(i.oid))"
              + " || CASE WHEN x.indisvalid THEN '' ELSE ' (not usable)' END",
          TABLE
              + " JOIN pg_index x ON x.indrelid = c.oid JOIN pg_class i ON i.oid = x.indexrelid"
              + " LEFT JOIN pg_constraint k ON k.conindid = i.oid AND k.conrelid = c.oid"
              + " AND k.contype IN ('p', 'u', 'x')");

  /** Checks; those that are not proved say NOT VALID. */
  public static final String CHECKS =
      of(
          "CHECK",
          "k.conname",
          "pg_get_constraintdef(k.oid)",
          TABLE + " JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'c'");

  /** Triggers of a user's making. */
  public static final String TRIGGERS =
      of(
          "TRIGGER",
          "t.tgname",
          "pg_get_triggerdef(t.oid) || CASE t.tgenabled WHEN 'D' THEN ' (disabled)'"
              + " WHEN 'R' THEN ' (for replicas only)' ELSE '' END",
          TABLE + " JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal");

  private static String columns(String relation, String numbers) {
    return "(SELECT string_agg('\"' || replace(a.attname, '\"', '\"\"') || '\"', ', '"
        + " ORDER BY place) FROM unnest("
        + numbers
        + ") WITH ORDINALITY AS u(number, place) JOIN pg_attribute a ON a.attrelid = "
        + relation
        + " AND a.attnum = u.number)";
  }

  private static String action(String event, String column) {
    return " || CASE "
        + column
        + " WHEN 'c' THEN ' ON "
        + event
        + " CASCADE' WHEN 'n' THEN ' ON "
        + event
        + " SET NULL' WHEN 'd' THEN ' ON "
        + event
        + " SET DEFAULT' WHEN 'r' THEN ' ON "
        + event
        + " RESTRICT' ELSE '' END";
  }

  /** What is said of a constraint that is not proved of the rows that were there. */
  public static final String UNPROVED = " NOT VALID";

  /** What is said of a foreign key that does not look at some rows. */
  public static final String BYPASSED = " (its triggers are disabled)";

  /** Foreign keys, in the words of {@link PromisedCopySql#definition}. */
  public static final String FOREIGN_KEYS =
      of(
          "FOREIGN_KEY",
          "k.conname",
          "'FOREIGN KEY (' || "
              + columns("k.conrelid", "k.conkey")
              + " || ') REFERENCES \"' || replace(rn.nspname, '\"', '\"\"') || '\".\"'"
              + " || replace(r.relname, '\"', '\"\"') || '\" (' || "
              + columns("k.confrelid", "k.confkey")
              + " || ')'"
              + action("UPDATE", "k.confupdtype")
              + action("DELETE", "k.confdeltype")
              + " || CASE WHEN k.confmatchtype = 'f' THEN ' MATCH FULL' ELSE '' END"
              + " || CASE WHEN k.condeferrable THEN ' DEFERRABLE' ELSE '' END"
              + " || CASE WHEN k.convalidated THEN '' ELSE '"
              + UNPROVED
              + "' END || CASE WHEN EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgconstraint = k.oid"
              + " AND t.tgenabled NOT IN ('O', 'A')) THEN '"
              + BYPASSED
              + "' ELSE '' END",
          TABLE
              + " JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f'"
              + " JOIN pg_class r ON r.oid = k.confrelid"
              + " JOIN pg_namespace rn ON rn.oid = r.relnamespace");

  /** Enum types with their labels in order. */
  public static final String ENUM_TYPES =
      of(
          "ENUM_TYPE",
          "t.typname",
          "(SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder)"
              + " FROM pg_enum WHERE enumtypid = t.oid)",
          NAMED
              + " JOIN pg_type t ON t.typnamespace = n.oid AND t.typname = wanted.relname"
              + " AND t.typtype = 'e'");

  /** Collations. The column of the locale has three names in as many versions. */
  public static final String COLLATIONS =
      of(
          "COLLATION",
          "k.collname",
          "CASE k.collprovider WHEN 'i' THEN 'ICU ' ELSE 'provider ' || k.collprovider::text || ' ' END"
              + " || coalesce(to_jsonb(k) ->> 'colllocale', to_jsonb(k) ->> 'colliculocale',"
              + " k.collcollate) || CASE WHEN k.collisdeterministic THEN ', deterministic'"
              + " ELSE ', not deterministic' END",
          NAMED
              + " JOIN pg_collation k ON k.collnamespace = n.oid AND k.collname = wanted.relname");

  /** Functions without arguments. */
  public static final String FUNCTIONS =
      of(
          "FUNCTION",
          "f.proname",
          "'function with the body ' || md5(f.prosrc)",
          NAMED
              + " JOIN pg_proc f ON f.pronamespace = n.oid AND f.proname = wanted.relname"
              + " AND f.pronargs = 0");

  /** Sequences. */
  public static final String SEQUENCES =
      of(
          "SEQUENCE",
          "c.relname",
          "'INCREMENT ' || s.seqincrement || ' MINVALUE ' || s.seqmin || ' MAXVALUE ' || s.seqmax"
              + " || CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END",
          NAMED
              + " JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.relname"
              + " JOIN pg_sequence s ON s.seqrelid = c.oid");

  /** How a view is defined is not compared. */
  public static final String VIEWS =
      of(
          "VIEW",
          "c.relname",
          "'view'",
          NAMED
              + " JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.relname"
              + " AND c.relkind IN ('v', 'm')");

  /** Extensions by name, whatever schema they are in. */
  public static final String EXTENSIONS =
      "SELECT 'EXTENSION' AS kind, wanted.nspname AS schema, wanted.relname AS name,"
          + " wanted.relname AS object, 'extension' AS definition"
          + " FROM unnest(:schemas::text[], :names::text[]) AS wanted(nspname, relname)"
          + " JOIN pg_extension e ON e.extname = wanted.relname";

  /** All queries about tables. */
  public static final List<String> OF_TABLES =
      List.of(TABLES, PARTITIONS, COLUMNS, KEYS, CHECKS, TRIGGERS);

  /**
   * Columns with a sequence of their own ({@code IDENTITY}, {@code serial}) that are the first in
   * an index, so that their largest value is found at once: schema, table, column, schema and name
   * of the sequence, increment.
   */
  public static final String SEQUENCED =
      "SELECT n.nspname AS schema, wanted.relname AS name, a.attname AS object,"
          + " sn.nspname AS sequence_schema, sc.relname AS sequence, s.seqincrement AS increment"
          + TABLE
          + " JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped"
          + " JOIN pg_depend d ON d.refobjid = c.oid AND d.refobjsubid = a.attnum"
          + " AND d.deptype IN ('i', 'a') AND d.classid = 'pg_class'::regclass"
          + " AND d.refclassid = 'pg_class'::regclass"
          + " JOIN pg_sequence s ON s.seqrelid = d.objid JOIN pg_class sc ON sc.oid = d.objid"
          + " JOIN pg_namespace sn ON sn.oid = sc.relnamespace"
          + " WHERE EXISTS (SELECT 1 FROM pg_index x WHERE x.indrelid = c.oid AND x.indisvalid"
          + " AND x.indpred IS NULL AND x.indkey[0] = a.attnum)"
          + " ORDER BY n.nspname, wanted.relname";

  /**
   * A column's largest value and what its sequence gives next; no parameters.
   *
   * @param position given back as it is
   */
  public static String nextValue(
      int position, TableName table, String column, TableName sequence, long increment) {
    return "SELECT "
        + position
        + " AS position, (SELECT max("
        + Identifiers.postgres(column)
        + ") FROM "
        + Identifiers.postgres(table)
        + ")::numeric AS largest, last_value::numeric + CASE WHEN is_called THEN "
        + increment
        + " ELSE 0 END AS next FROM "
        + Identifiers.postgres(sequence);
  }

  /** Has a sequence go on behind a number. */
  public static String goOnBehind(TableName sequence, String number) {
    return "SELECT setval(" + DdlSql.literal(Identifiers.postgres(sequence)) + ", " + number + ");";
  }

  /** Several of those queries in one. */
  public static String together(List<String> queries) {
    return String.join(" UNION ALL ", queries);
  }
}
