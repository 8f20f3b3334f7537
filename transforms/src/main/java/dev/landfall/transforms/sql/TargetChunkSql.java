package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.KeyRange;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.types.PgType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is asked of the target to plan and read chunks of its side. */
public final class TargetChunkSql {
  private TargetChunkSql() {}

  /**
   * The rows of a chunk, columns as in {@link TargetTable#columns()}, in PostgreSQL's text form
   * whatever the driver would do with it. Has no parameters: COPY takes none.
   */
  public static BoundQuery read(TargetTable table, Chunk chunk) {
    return read(table, chunk, List.of());
  }

  /**
   * The same, but of a chunk by key only rows in some ranges, each a query of its own: of many
   * alternatives in one PostgreSQL would make a bitmap, or read the whole table.
   *
   * @param ranges of the key's first column, in order; none for the whole chunk
   */
  public static BoundQuery read(TargetTable table, Chunk chunk, List<KeyRange> ranges) {
    return select(columns(table), table, chunk, ranges);
  }

  /** Some expressions of a chunk's rows. */
  static BoundQuery select(
      String expressions, TargetTable table, Chunk chunk, List<KeyRange> ranges) {
    String select = "SELECT " + expressions + " FROM " + Identifiers.postgres(table.name());
    return switch (chunk.getCut()) {
      case WHOLE -> new BoundQuery(select, List.of());
      case HASH -> throw new IllegalArgumentException("the target is cut by no hash: " + chunk);
      case BLOCKS -> blocks(select, chunk);
      case KEY -> range(select, table, chunk, ranges);
    };
  }

  /** How many rows the table has. */
  public static String count(TargetTable table) {
    return "SELECT count(*) FROM " + Identifiers.postgres(table.name());
  }

  /** All rows, columns as in {@link TargetTable#columns()}; a condition may follow. */
  static String select(TargetTable table) {
    return "SELECT " + columns(table) + " FROM " + Identifiers.postgres(table.name());
  }

  private static String columns(TargetTable table) {
    return table.columns().stream().map(TargetChunkSql::column).collect(Collectors.joining(", "));
  }

  private static String column(ColumnMapping column) {
    return column.type().read(Identifiers.postgres(column.name()));
  }

  /** A TID range scan (PostgreSQL 14), which reads those blocks only. */
  private static BoundQuery blocks(String select, Chunk chunk) {
    List<String> conditions = new ArrayList<>();
    List<String> start = chunk.getStart();
    if (start != null) {
      conditions.add("ctid >= " + tid(start.get(0)));
    }
    List<String> end = chunk.getEnd();
    if (end != null) {
      conditions.add("ctid < " + tid(end.get(0)));
    }
    return new BoundQuery(select + where(conditions), List.of());
  }

  private static String tid(String block) {
    return "CAST('(" + Long.parseLong(block) + ",0)' AS tid)";
  }

  /** Row comparisons, which PostgreSQL takes as bounds of an index scan (its manual, 9.24.5). */
  private static BoundQuery range(
      String select, TargetTable table, Chunk chunk, List<KeyRange> ranges) {
    List<ColumnMapping> key = chunk.getKey().stream().map(name -> column(table, name)).toList();
    List<String> conditions = new ArrayList<>();
    narrow(key, chunk.getStart(), chunk.getEnd(), conditions);
    bound(key, chunk.getStart(), ">=", conditions);
    bound(key, chunk.getEnd(), "<", conditions);
    if (ranges.isEmpty()) {
      return new BoundQuery(select + where(conditions), List.of());
    }
    List<String> queries = new ArrayList<>();
    for (KeyRange range : ranges) {
      List<String> within = new ArrayList<>(conditions);
      bound(key.subList(0, 1), range.start(), ">=", within);
      bound(key.subList(0, 1), range.end(), "<", within);
      queries.add(select + where(within));
    }
    return new BoundQuery(String.join(" UNION ALL ", queries), List.of());
  }

  private static ColumnMapping column(TargetTable table, String name) {
    return table.columns().stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(table.name() + "." + name));
  }

  /**
   * What the bounds of a key of several columns imply of each column alone. PostgreSQL takes two
   * row comparisons for independent of each other, and so a stretch in the middle of the key for a
   * quarter of the table, for which it reads all of it.
   */
  private static void narrow(
      List<ColumnMapping> key,
      @Nullable List<String> start,
      @Nullable List<String> end,
      List<String> conditions) {
    if (key.size() == 1) {
      return;
    }
    int shared = 0;
    if (start != null && end != null) {
      while (shared < key.size() - 1 && start.get(shared).equals(end.get(shared))) {
        conditions.add(compare(key.get(shared), "=", start.get(shared)));
        shared++;
      }
    }
    if (start != null) {
      conditions.add(compare(key.get(shared), ">=", start.get(shared)));
    }
    if (end != null) {
      conditions.add(compare(key.get(shared), "<=", end.get(shared)));
    }
  }

  private static String compare(ColumnMapping column, String comparison, String bound) {
    return Identifiers.postgres(column.name()) + " " + comparison + " " + value(column, bound);
  }

  private static String value(ColumnMapping column, String bound) {
    PgType type = column.type();
    return "CAST(" + type.bound(bound) + " AS " + type.keyCast() + ")";
  }

  private static void bound(
      List<ColumnMapping> key,
      @Nullable List<String> bound,
      String comparison,
      List<String> conditions) {
    if (bound == null) {
      return;
    }
    List<String> names = key.stream().map(c -> Identifiers.postgres(c.name())).toList();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      values.add(value(key.get(i), bound.get(i)));
    }
    conditions.add(
        "ROW("
            + String.join(", ", names)
            + ") "
            + comparison
            + " ROW("
            + String.join(", ", values)
            + ")");
  }

  private static String where(List<String> conditions) {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /**
   * Whether rows of a table, or of a partition of it, may be of any size: some value is stored
   * apart from its row, or it is no table. Parameter: its name, quoted as in statements, twice.
   */
  public static final String LARGE_ROWS =
      "SELECT coalesce(bool_or(coalesce(pg_relation_size(nullif(reltoastrelid, 0)), 0) > 0), true)"
          + " FROM pg_class WHERE relkind = 'r' AND (oid = CAST(? AS regclass)"
          + " OR oid IN (SELECT relid FROM pg_partition_tree(CAST(? AS regclass))))";

  private static final String WANTED =
      " FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS w(nspname, relname, place)"
          + " JOIN pg_namespace n ON n.nspname = w.nspname"
          + " JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.relname";

  /**
   * Place among those asked for (from 1), whether blocks of the table can be read by number, how
   * many it has, its bytes with what is stored apart, and its rows by the statistics. Parameters:
   * arrays of schemas and table names.
   */
  public static final String LAYOUTS =
      "SELECT w.place,"
          + " c.relkind = 'r' AND current_setting('server_version_num')::int >= 140000,"
          + " pg_relation_size(c.oid) / current_setting('block_size')::bigint,"
          + " pg_table_size(c.oid), greatest(c.reltuples, 0)::bigint"
          + WANTED
          + " AND c.relkind IN ('r', 'p', 'v', 'm', 'f')";

  /**
   * Place among those asked for (from 1) and the columns of an index that can answer ranges, for
   * each such index; a column that takes NULL, which is in no range, has no name there. Parameters:
   * arrays of schemas and table names.
   */
  public static final String INDEXES =
      "SELECT w.place,"
          + " (SELECT array_agg(CASE WHEN a.attnotnull THEN a.attname::text ELSE '' END"
          + " ORDER BY k.position)"
          + " FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)"
          + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum"
          + " WHERE k.position <= x.indnkeyatts)"
          + WANTED
          + " JOIN pg_index x ON x.indrelid = c.oid AND x.indisvalid"
          + " AND x.indpred IS NULL AND x.indexprs IS NULL"
          + " JOIN pg_class i ON i.oid = x.indexrelid"
          + " JOIN pg_am m ON m.oid = i.relam AND m.amname = 'btree'";

  /** What a query without parameters gives, as a stream of lines. */
  public static String copyOut(String query) {
    return "COPY (" + query + ") TO STDOUT";
  }
}
