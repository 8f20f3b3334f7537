package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.TargetTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the target's catalogue says of tables whose keys are refreshed. */
public final class RefreshFactsSql {
  private RefreshFactsSql() {}

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
}
