package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What brings single rows of a target table up to date. Values are bound without a type, so that
 * PostgreSQL reads their texts as its COPY does: what is too long for a column is refused and not
 * cut.
 */
public final class RefreshSql {
  private static final String ROW = "landfall_row";

  /**
   * Who waits for a row of the source gives up after two seconds, and who holds one and stands
   * still, as a machine that was put to sleep does, loses it after ten.
   */
  public static final String SHORT_LOCK_WAIT_OF_SOURCE =
      "SET SESSION innodb_lock_wait_timeout = 2, SESSION wait_timeout = 10";

  /** The same of whatever is locked in the target. */
  public static final String SHORT_LOCK_WAIT_OF_TARGET = "SET lock_timeout = '2s'";

  private RefreshSql() {}

  /**
   * A foreign key that refers to a table.
   *
   * @param name the constraint
   * @param table the table that refers, quoted
   * @param columns its columns
   * @param referenced the columns that they refer to
   * @param onDelete {@code pg_constraint.confdeltype}
   * @param onUpdate {@code pg_constraint.confupdtype}
   */
  public record Reference(
      String name,
      String table,
      List<String> columns,
      List<String> referenced,
      String onDelete,
      String onUpdate) {
    /** Whether a deletion would go on to the rows that refer instead of being refused. */
    public boolean spreadsDeletes() {
      return !onDelete.equals("a") && !onDelete.equals("r");
    }

    /** Whether another value would take the reference from the rows that refer. */
    public boolean losesUpdates() {
      return onUpdate.equals("n") || onUpdate.equals("d");
    }
  }

  /**
   * One row, columns as in {@link TargetTable#loaded()}. A value for a column that is {@code
   * GENERATED ALWAYS AS IDENTITY} is taken, as COPY takes it.
   */
  public static String insert(TargetTable table) {
    List<ColumnMapping> columns = table.loaded();
    return "INSERT INTO "
        + Identifiers.postgres(table.name())
        + " ("
        + Identifiers.postgres(columns.stream().map(ColumnMapping::name).toList())
        + ") OVERRIDING SYSTEM VALUE VALUES ("
        + String.join(", ", Collections.nCopies(columns.size(), "?"))
        + ")";
  }

  /**
   * Sets every loaded column, those that are equal too: a column that a statement names is left
   * alone by what stands for ON UPDATE CURRENT_TIMESTAMP.
   *
   * @param numbered columns that only the server may set, which are left out
   */
  public static String set(TargetTable table, Set<String> numbered) {
    return "UPDATE "
        + Identifiers.postgres(table.name())
        + " SET "
        + settable(table, numbered).stream()
            .map(c -> Identifiers.postgres(c.name()) + " = ?")
            .collect(Collectors.joining(", "))
        + " WHERE ";
  }

  /** The columns that {@link #set} sets, in its order. */
  public static List<ColumnMapping> settable(TargetTable table, Set<String> numbered) {
    return table.loaded().stream().filter(c -> !numbered.contains(c.name())).toList();
  }

  /** Sets one column of the row with a key; the value is the first parameter. */
  public static BoundQuery park(TargetTable table, String column, List<@Nullable String> key) {
    List<Object> parameters = new ArrayList<>();
    return new BoundQuery(
        "UPDATE "
            + Identifiers.postgres(table.name())
            + " SET "
            + Identifiers.postgres(column)
            + " = ? WHERE "
            + where(table, key, parameters),
        parameters);
  }

  /** The condition for a row with a key, and its parameters. */
  public static BoundQuery where(TargetTable table, List<@Nullable String> key) {
    List<Object> parameters = new ArrayList<>();
    return new BoundQuery(where(table, key, parameters), parameters);
  }

  private static String where(
      TargetTable table, List<@Nullable String> key, List<Object> parameters) {
    return KeyedSql.targetKeys(table, Collections.singletonList(key), parameters);
  }

  /** Locks the row with a key, so that nobody begins to refer to it. */
  public static BoundQuery lock(TargetTable table, List<@Nullable String> key) {
    List<Object> parameters = new ArrayList<>();
    return new BoundQuery(
        "SELECT 1 FROM "
            + Identifiers.postgres(table.name())
            + " WHERE "
            + where(table, key, parameters)
            + " FOR UPDATE",
        parameters);
  }

  /** Deletes the row with a key, unless that would change rows that refer to it. */
  public static BoundQuery delete(
      TargetTable table, List<@Nullable String> key, List<Reference> references) {
    List<Object> parameters = new ArrayList<>();
    StringBuilder sql =
        new StringBuilder("DELETE FROM ")
            .append(Identifiers.postgres(table.name()))
            .append(" AS ")
            .append(ROW)
            .append(" WHERE ")
            .append(where(table, key, parameters));
    references.stream()
        .filter(Reference::spreadsDeletes)
        .forEach(r -> sql.append(" AND NOT ").append(referring(r)));
    return new BoundQuery(sql.toString(), parameters);
  }

  /** Whether rows refer to the row with a key by that foreign key: a row when they do. */
  public static BoundQuery referred(
      TargetTable table, List<@Nullable String> key, Reference reference) {
    List<Object> parameters = new ArrayList<>();
    return new BoundQuery(
        "SELECT 1 FROM "
            + Identifiers.postgres(table.name())
            + " AS "
            + ROW
            + " WHERE "
            + where(table, key, parameters)
            + " AND "
            + referring(reference),
        parameters);
  }

  /** A row that refers to itself does not count. */
  private static String referring(Reference reference) {
    StringBuilder sql =
        new StringBuilder("EXISTS (SELECT 1 FROM ").append(reference.table()).append(" c WHERE ");
    for (int i = 0; i < reference.columns().size(); i++) {
      sql.append("c.")
          .append(Identifiers.postgres(reference.columns().get(i)))
          .append(" = " + ROW + ".")
          .append(Identifiers.postgres(reference.referenced().get(i)))
          .append(" AND ");
    }
    return sql.append(
            "(c.tableoid, c.ctid) IS DISTINCT FROM (" + ROW + ".tableoid, " + ROW + ".ctid))")
        .toString();
  }

  /** Deletes all rows with a key but one, where nothing keeps keys apart. */
  public static BoundQuery deleteCopies(TargetTable table, List<@Nullable String> key) {
    List<Object> parameters = new ArrayList<>();
    String name = Identifiers.postgres(table.name());
    String where = where(table, key, parameters);
    String inner = where(table, key, parameters);
    return new BoundQuery(
        "DELETE FROM "
            + name
            + " WHERE "
            + where
            + " AND (tableoid, ctid) NOT IN (SELECT tableoid, ctid FROM "
            + name
            + " WHERE "
            + inner
            + " LIMIT 1)",
        parameters);
  }

  /** Lets nobody else write to the table until the end of the transaction. */
  public static String lockTable(TargetTable table) {
    return "LOCK TABLE " + Identifiers.postgres(table.name()) + " IN SHARE ROW EXCLUSIVE MODE";
  }

  /**
   * Deletes some of the rows that are written alike. Parameters: the row's values, columns as in
   * {@link TargetTable#columns()}, and how many.
   */
  public static String deleteSome(TargetTable table) {
    String name = Identifiers.postgres(table.name());
    return "DELETE FROM "
        + name
        + " WHERE (tableoid, ctid) IN (SELECT tableoid, ctid FROM "
        + name
        + " WHERE "
        + table.columns().stream()
            .map(
                c ->
                    Identifiers.postgres(c.name())
                        + "::text IS NOT DISTINCT FROM CAST(? AS "
                        + c.type().ddl()
                        + ")::text")
            .collect(Collectors.joining(" AND "))
        + " LIMIT ?)";
  }

  /**
   * One column of a unique index: what is in it, by which collation, for which rows.
   *
   * @param expression over the table's columns
   * @param collation quoted, null where there is none
   * @param condition of the whole index, null when all rows are in it
   */
  public record IndexPart(
      String expression, @Nullable String collation, @Nullable String condition) {
    private String value() {
      return collation == null
          ? "(" + expression + ")"
          : "((" + expression + ") COLLATE " + collation + ")";
    }
  }

  /**
   * The rows that a unique index, of whatever expressions and collations, takes for equal to a row
   * that is to be: columns as in {@link TargetTable#columns()}. Parameters: the row's values,
   * columns as in {@link TargetTable#loaded()}, for each of the index's columns.
   */
  public static String inTheWay(TargetTable table, List<IndexPart> index) {
    String row =
        table.loaded().stream()
            .map(c -> "CAST(? AS " + c.type().ddl() + ") AS " + Identifiers.postgres(c.name()))
            .collect(Collectors.joining(", ", "(SELECT ", ") AS landfall_new"));
    List<String> conditions = new ArrayList<>();
    for (IndexPart part : index) {
      conditions.add(part.value() + " = (SELECT " + part.value() + " FROM " + row + ")");
    }
    String condition = index.get(0).condition();
    if (condition != null) {
      conditions.add("(" + condition + ")");
    }
    return TargetChunkSql.select(table) + " WHERE " + String.join(" AND ", conditions);
  }

  /**
   * A unique index: expression, collation and condition of each of its columns. Parameters: schema,
   * table, index.
   */
  public static final String UNIQUE_INDEX =
      "SELECT pg_get_indexdef(x.indexrelid, k.n, false),"
          + " (SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname)"
          + " FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace"
          + " WHERE co.oid = x.indcollation[k.n - 1]),"
          + " pg_get_expr(x.indpred, x.indrelid)"
          + " FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid"
          + " JOIN pg_class c ON c.oid = x.indrelid"
          + " JOIN pg_namespace n ON n.oid = c.relnamespace,"
          + " generate_series(1, x.indnkeyatts) k(n)"
          + " WHERE n.nspname = ? AND c.relname = ? AND i.relname = ? AND x.indisunique"
          + " ORDER BY k.n";

  /** A row when a table is a partition of another. Parameters: that one, quoted; schema, table. */
  public static final String IS_PARTITION =
      "SELECT 1 FROM pg_partition_tree(CAST(? AS regclass)) p JOIN pg_class c ON c.oid = p.relid"
          + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ?";

  /** The columns that an index is about, in expressions too. Parameters: schema, table, index. */
  public static final String INDEX_COLUMNS =
      "SELECT DISTINCT a.attname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid"
          + " JOIN pg_class c ON c.oid = x.indrelid"
          + " JOIN pg_namespace n ON n.oid = c.relnamespace"
          + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0"
          + " AND (a.attnum = ANY (x.indkey::int2[]) OR EXISTS (SELECT FROM pg_depend d"
          + " WHERE d.classid = 'pg_class'::regclass AND d.objid = x.indexrelid"
          + " AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid"
          + " AND d.refobjsubid = a.attnum))"
          + " WHERE n.nspname = ? AND c.relname = ? AND i.relname = ? ORDER BY a.attname";

  private static final String NAMES_OF =
      "(SELECT array_agg(a.attname::text ORDER BY u.n) FROM unnest(k.%s) WITH ORDINALITY u(num, n)"
          + " JOIN pg_attribute a ON a.attrelid = k.%s AND a.attnum = u.num)";

  /**
   * A foreign key: schema and table that it refers to, its columns, those referred to. Parameters:
   * schema, table, constraint.
   */
  public static final String FOREIGN_KEY =
      "SELECT rn.nspname, r.relname, "
          + NAMES_OF.formatted("conkey", "conrelid")
          + ", "
          + NAMES_OF.formatted("confkey", "confrelid")
          + " FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid"
          + " JOIN pg_namespace n ON n.oid = c.relnamespace"
          + " JOIN pg_class r ON r.oid = k.confrelid"
          + " JOIN pg_namespace rn ON rn.oid = r.relnamespace"
          + " WHERE k.contype = 'f' AND n.nspname = ? AND c.relname = ? AND k.conname = ?";

  /**
   * Foreign keys that refer to a table: name, referring table, its columns, those referred to, what
   * a deletion and what an update does. Parameter: the table, quoted.
   */
  public static final String REFERENCES =
      "SELECT k.conname, quote_ident(n.nspname) || '.' || quote_ident(c.relname), "
          + NAMES_OF.formatted("conkey", "conrelid")
          + ", "
          + NAMES_OF.formatted("confkey", "confrelid")
          + ", k.confdeltype::text, k.confupdtype::text"
          + " FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid"
          + " JOIN pg_namespace n ON n.oid = c.relnamespace"
          // A constraint of a partition is the same as that of its table.
          + " WHERE k.contype = 'f' AND k.conparentid = 0 AND k.confrelid = CAST(? AS regclass)"
          + " ORDER BY k.conname";

  /**
   * The columns of a table: name, whether only the server numbers it, the sequence that numbers it.
   * Parameters: the table, quoted, twice.
   */
  public static final String COLUMNS =
      "SELECT a.attname, a.attidentity = 'a', pg_get_serial_sequence(?, a.attname)"
          + " FROM pg_attribute a WHERE a.attrelid = CAST(? AS regclass) AND a.attnum > 0"
          + " AND NOT a.attisdropped ORDER BY a.attnum";

  /** Lets a sequence go on behind a value, if it is not there yet. Parameters: sequence, value. */
  public static String advance(String sequence) {
    return "SELECT setval(CAST(? AS regclass), CAST(? AS bigint)) FROM "
        + sequence
        + " s JOIN pg_sequence q ON q.seqrelid = CAST(? AS regclass) AND q.seqincrement > 0"
        + " WHERE CAST(? AS bigint) BETWEEN q.seqmin AND q.seqmax"
        + " AND (s.last_value < CAST(? AS bigint)"
        + " OR NOT s.is_called AND s.last_value = CAST(? AS bigint))";
  }

  /** A column as statements name it. */
  public static String name(String column) {
    return Identifiers.postgres(column);
  }

  /** The table as statements name it. */
  public static String name(TableName table) {
    return Identifiers.postgres(table);
  }
}
