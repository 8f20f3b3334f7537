package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.KeyRange;
import dev.landfall.transforms.model.RowFilter;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.types.KeyText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is asked of the source to plan and read chunks. */
public final class SourceChunkSql {
  private SourceChunkSql() {}

  /** The rows of a chunk, columns as in {@link TableMapping#read()}. */
  public static BoundQuery read(TableMapping mapping, Chunk chunk) {
    return read(mapping, chunk, List.of());
  }

  /**
   * The same, but of a chunk by key only rows in some ranges.
   *
   * @param ranges of the key's first column, in order; none for the whole chunk
   */
  public static BoundQuery read(TableMapping mapping, Chunk chunk, List<KeyRange> ranges) {
    return select(columns(mapping, position -> true), mapping.source(), chunk, ranges);
  }

  /** Some expressions of a chunk's rows. */
  static BoundQuery select(
      String expressions, SourceTable table, Chunk chunk, List<KeyRange> ranges) {
    String select = "SELECT " + expressions + " FROM " + Identifiers.mysql(table.name());
    return switch (chunk.getCut()) {
      case WHOLE -> new BoundQuery(select, List.of());
      case BLOCKS -> throw new IllegalArgumentException("the source has no blocks: " + chunk);
      case HASH ->
          new BoundQuery(
              select + " WHERE MOD(" + rowHash(table) + ", ?) = ?",
              List.of(chunk.getPieces(), chunk.getNumber()));
      case KEY -> {
        KeyPredicate range =
            predicate(table, chunk.getKey()).from(chunk.getStart()).before(chunk.getEnd());
        yield ranges.isEmpty()
            ? new BoundQuery(select + range.where(), range.parameters())
            : within(select, table, chunk, ranges);
      }
    };
  }

  /** The same, but no more than so many of them. */
  public static BoundQuery readSome(TableMapping mapping, Chunk chunk, int rows) {
    BoundQuery all = read(mapping, chunk);
    return new BoundQuery(all.sql() + " LIMIT " + rows, all.parameters());
  }

  /** All rows, columns as in {@link TableMapping#read()}; a condition may follow. */
  static String select(TableMapping mapping) {
    return select(mapping, position -> true);
  }

  /** The same with NULL in place of the columns that are not at a wanted position. */
  static String select(TableMapping mapping, IntPredicate wanted) {
    return "SELECT "
        + columns(mapping, wanted)
        + " FROM "
        + Identifiers.mysql(mapping.source().name());
  }

  private static String columns(TableMapping mapping, IntPredicate wanted) {
    return IntStream.range(0, mapping.read().size())
        .mapToObj(i -> wanted.test(i) ? column(mapping, i) : "NULL")
        .collect(Collectors.joining(", "));
  }

  /**
   * The chunk's own bounds first, then the ranges: an alternative of ranges is what the server's
   * range access takes (MySQL manual 8.2.1.2).
   */
  private static BoundQuery within(
      String select, SourceTable table, Chunk chunk, List<KeyRange> ranges) {
    KeyPredicate bounds =
        predicate(table, chunk.getKey()).from(chunk.getStart()).before(chunk.getEnd());
    List<Object> parameters = new ArrayList<>(bounds.parameters());
    StringJoiner any = new StringJoiner(" OR ", " AND (", ")");
    for (KeyRange range : ranges) {
      KeyPredicate one =
          predicate(table, chunk.getKey().subList(0, 1)).from(range.start()).before(range.end());
      parameters.addAll(one.parameters());
      any.add(one.expression());
    }
    return new BoundQuery(select + " WHERE " + bounds.expression() + any, parameters);
  }

  /** What reads the column at a position of {@link TableMapping#read()}. */
  static String column(TableMapping mapping, int position) {
    SourceColumn column = mapping.read().get(position);
    return mapping.readsStoredBytes(position) ? SourceSql.bytes(column) : SourceSql.column(column);
  }

  /** The smallest and the largest value of a column that an index begins with, as one row. */
  public static String bounds(SourceTable table, String column) {
    String name = Identifiers.mysql(column);
    return "SELECT MIN(" + name + "), MAX(" + name + ") FROM " + Identifiers.mysql(table.name());
  }

  /** As a table, which MySQL 9 does not print unless it is asked to. */
  private static final String EXPLAIN = "EXPLAIN FORMAT=TRADITIONAL ";

  /**
   * The server's estimates of the rows in each range, from the index pages at both ends, without
   * reading what is between (MySQL manual 8.2.1.2). Column {@code id} is the range's place, from 1;
   * column {@code rows} the estimate, NULL for none.
   */
  public static BoundQuery estimates(
      SourceTable table, String index, List<String> key, List<KeyRange> ranges) {
    List<Object> parameters = new ArrayList<>();
    StringJoiner union = new StringJoiner(" UNION ALL ", EXPLAIN, "");
    for (KeyRange range : ranges) {
      KeyPredicate predicate = predicate(table, key).from(range.start()).before(range.end());
      parameters.addAll(predicate.parameters());
      union.add(
          "SELECT "
              + Identifiers.mysql(key)
              + " FROM "
              + Identifiers.mysql(table.name())
              + " FORCE INDEX ("
              + Identifiers.mysql(index)
              + ")"
              + predicate.where());
    }
    return new BoundQuery(union.toString(), parameters);
  }

  /**
   * The places, from 0, of those of the tables that have more than so many rows.
   *
   * @param rows how many, of each
   */
  public static BoundQuery rowsBehind(List<SourceTable> tables, List<Long> rows) {
    StringJoiner union = new StringJoiner(" UNION ALL ");
    for (int i = 0; i < tables.size(); i++) {
      union.add(
          "SELECT * FROM (SELECT "
              + i
              + " AS place FROM "
              + Identifiers.mysql(tables.get(i).name())
              + " LIMIT ?, 1) AS t"
              + i);
    }
    return new BoundQuery(union.toString(), new ArrayList<>(rows));
  }

  /**
   * The number of rows that a target's filter lets pass; empty where the source can't count the
   * rows that it has.
   */
  public static Optional<BoundQuery> count(TableMapping mapping, TargetTable target) {
    Optional<BoundQuery> taken = FilterSql.taken(mapping, target);
    boolean counted =
        target.each() == null && (target.filter() instanceof RowFilter.None || taken.isPresent());
    return counted
        ? Optional.of(
            new BoundQuery(
                count(mapping.source()) + taken.map(t -> " WHERE " + t.sql()).orElse(""),
                taken.map(BoundQuery::parameters).orElse(List.of())))
        : Optional.empty();
  }

  /** How many rows the table has. */
  public static String count(SourceTable table) {
    return "SELECT COUNT(*) FROM " + Identifiers.mysql(table.name());
  }

  /** How many rows a chunk has. */
  public static BoundQuery count(SourceTable table, Chunk chunk) {
    return select("COUNT(*)", table, chunk, List.of());
  }

  /** The server's estimates of the rows in whole tables, like {@link #estimates}. */
  public static BoundQuery estimates(List<SourceTable> tables) {
    return new BoundQuery(
        tables.stream()
            .map(table -> "SELECT 1 FROM " + Identifiers.mysql(table.name()))
            .collect(Collectors.joining(" UNION ALL ", EXPLAIN, "")),
        List.of());
  }

  /**
   * The key that stands {@code skip} keys behind a key (or behind the very first), if any. A last
   * column says whether it is above {@code from} in the source's own order: two texts may differ
   * and be the same key to a collation.
   */
  public static BoundQuery keyAfter(
      SourceTable table, String index, List<String> key, @Nullable List<String> from, long skip) {
    return key(table, index, key, predicate(table, key).from(from), from, skip);
  }

  /** The key that stands {@code skip} keys behind the first above a key, if any; columns alike. */
  public static BoundQuery keyAbove(
      SourceTable table, String index, List<String> key, @Nullable List<String> from, long skip) {
    return key(table, index, key, predicate(table, key).after(from), from, skip);
  }

  private static BoundQuery key(
      SourceTable table,
      String index,
      List<String> key,
      KeyPredicate range,
      @Nullable List<String> from,
      long skip) {
    KeyPredicate above = predicate(table, key).after(from);
    List<Object> parameters = new ArrayList<>(above.parameters());
    parameters.addAll(range.parameters());
    parameters.add(skip);
    return new BoundQuery(
        "SELECT "
            + key.stream()
                .map(c -> keyText(table, c).select(Identifiers.mysql(c)))
                .collect(Collectors.joining(", "))
            + ", "
            + above.expression()
            + " FROM "
            + Identifiers.mysql(table.name())
            + " FORCE INDEX ("
            + Identifiers.mysql(index)
            + ")"
            + range.where()
            + " ORDER BY "
            + Identifiers.mysql(key)
            + " LIMIT ?, 1",
        parameters);
  }

  /** Whether {@link Chunk.Cut#HASH} can cut the table: some column must be fit to be hashed. */
  public static boolean canHash(SourceTable table) {
    return table.columns().stream().anyMatch(c -> c.type().hashed());
  }

  /**
   * A hash of the row: any function of the values does, since it is only to sort the rows into
   * pieces, equal rows into the same one. A row longer than {@code max_allowed_packet} has no such
   * text but NULL (MySQL manual 12.8) and goes to the first piece.
   */
  static String rowHash(SourceTable table) {
    return table.columns().stream()
        .filter(c -> c.type().hashed())
        .map(c -> "CAST(" + Identifiers.mysql(c.name()) + " AS BINARY)")
        .collect(Collectors.joining(", ", "COALESCE(CRC32(CONCAT_WS('|', ", ")), 0)"));
  }

  private static KeyPredicate predicate(SourceTable table, List<String> key) {
    List<Function<String, Object>> binders = new ArrayList<>();
    for (String column : key) {
      binders.add(keyText(table, column)::parameter);
    }
    return new KeyPredicate(key.stream().map(Identifiers::mysql).toList(), binders);
  }

  private static KeyText keyText(SourceTable table, String column) {
    SourceColumn found =
        table
            .column(column)
            .orElseThrow(() -> new IllegalArgumentException(table.name() + "." + column));
    return found.type().keyText();
  }
}
