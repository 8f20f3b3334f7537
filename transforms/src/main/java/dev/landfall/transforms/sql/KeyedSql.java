package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.types.KeyInverse;
import dev.landfall.transforms.types.KeyText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads rows of either side by keys of a target table. */
public final class KeyedSql {
  private KeyedSql() {}

  /**
   * Whether the source's rows can be found by the target's keys: there is a key, and a way back for
   * each of its columns.
   */
  public static boolean readable(TableMapping mapping, TargetTable table) {
    return !table.key().isEmpty()
        && keyColumns(table).stream()
            .allMatch(
                c ->
                    mapping
                        .sourceOf(c)
                        .map(source -> inverse(c, source).isPresent())
                        .orElse(c.source() instanceof ValueSource.Constant))
        && keyColumns(table).stream().anyMatch(c -> mapping.sourceOf(c).isPresent());
  }

  /**
   * The key by which a row of the target's is found in the source.
   *
   * @param key texts of the target's key columns, in their order, from either side
   * @return texts of the columns that these are made of, in their order, as {@link KeyText} says;
   *     empty when no row of the source can become one with the key
   */
  public static Optional<List<String>> sourceKey(
      TableMapping mapping, TargetTable table, List<@Nullable String> key) {
    List<ColumnMapping> columns = keyColumns(table);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Optional<SourceColumn> source = mapping.sourceOf(columns.get(i));
      if (source.isPresent()) {
        String text = key.get(i);
        Optional<String> there =
            text == null
                ? Optional.empty()
                : inverse(columns.get(i), source.get()).orElseThrow().source(text);
        if (there.isEmpty()) {
          return Optional.empty();
        }
        texts.add(there.get());
      }
    }
    return Optional.of(texts);
  }

  /**
   * The values of a row's key as they were read, by position in {@link TableMapping#read()}; all
   * others are null.
   *
   * @param key by the target's columns, what a reject shows of it
   */
  public static byte[] @Nullable [] read(
      TableMapping mapping, TargetTable table, Map<String, @Nullable String> key) {
    byte[] @Nullable [] values = new byte[mapping.read().size()][];
    for (ColumnMapping column : keyColumns(table)) {
      String text = key.get(column.name());
      if (text != null && column.source() instanceof ValueSource.Column read) {
        values[read.position()] =
            inverse(column, mapping.read().get(read.position())).orElseThrow().read(text);
      }
    }
    return values;
  }

  /**
   * The source's rows with any of the keys, columns as in {@link TableMapping#read()}; others may
   * be among them, whose keys the source takes for the same.
   *
   * @param keys as {@link #sourceKey} gives them
   * @return empty when there are no keys
   */
  public static Optional<BoundQuery> source(
      TableMapping mapping, TargetTable table, List<List<String>> keys) {
    List<Object> parameters = new ArrayList<>();
    StringJoiner any = new StringJoiner(" OR ");
    for (List<String> key : keys) {
      StringJoiner all = new StringJoiner(" AND ", "(", ")");
      int next = 0;
      for (ColumnMapping column : keyColumns(table)) {
        Optional<SourceColumn> source = mapping.sourceOf(column);
        if (source.isPresent()) {
          KeyInverse inverse = inverse(column, source.get()).orElseThrow();
          parameters.add(inverse.parameter(key.get(next++)));
          all.add(inverse.condition(Identifiers.mysql(source.get().name())));
        }
      }
      any.add(all.toString());
    }
    return keys.isEmpty()
        ? Optional.empty()
        : Optional.of(new BoundQuery(SourceChunkSql.select(mapping) + " WHERE " + any, parameters));
  }

  /**
   * The target's rows with any of the keys, columns as in {@link TargetTable#columns()}, in
   * PostgreSQL's text form. A key's text that is none of the column's type fails the statement with
   * an SQLState of class 22.
   */
  public static BoundQuery target(TargetTable table, List<? extends List<@Nullable String>> keys) {
    List<Object> parameters = new ArrayList<>();
    return new BoundQuery(
        TargetChunkSql.select(table) + " WHERE " + targetKeys(table, keys, parameters), parameters);
  }

  /**
   * So many of the source's rows that the target takes, columns as in {@link TableMapping#read()}:
   * those whose keys hash lowest with the seed, so that each row is as likely as any other and the
   * same seed chooses the same rows. Reads the whole table on the server.
   */
  public static BoundQuery sampleSource(
      TableMapping mapping, TargetTable table, long seed, long rows) {
    String hashed =
        keyColumns(table).stream()
            .flatMap(c -> mapping.sourceOf(c).stream())
            .map(source -> Identifiers.mysql(source.name()))
            .map(name -> "CAST(" + name + " AS BINARY)")
            .collect(Collectors.joining(", ", "MD5(CONCAT_WS('|', ?, ", "))"));
    Optional<BoundQuery> taken = FilterSql.taken(mapping, table);
    List<Object> parameters = new ArrayList<>();
    taken.ifPresent(t -> parameters.addAll(t.parameters()));
    parameters.add(Long.toString(seed));
    parameters.add(rows);
    return new BoundQuery(
        SourceChunkSql.select(mapping)
            + taken.map(t -> " WHERE " + t.sql()).orElse("")
            + " ORDER BY "
            + hashed
            + " LIMIT ?",
        parameters);
  }

  /** The same of the target's rows, columns as in {@link TargetTable#columns()}. */
  public static BoundQuery sampleTarget(TargetTable table, long seed, long rows) {
    String hashed =
        keyColumns(table).stream()
            .map(c -> "CAST(" + Identifiers.postgres(c.name()) + " AS text)")
            .collect(Collectors.joining(", ", "md5(concat_ws('|', ?, ", "))"));
    return new BoundQuery(
        TargetChunkSql.select(table) + " ORDER BY " + hashed + " LIMIT ?",
        List.of(Long.toString(seed), rows));
  }

  /** All rows of the source, columns as in {@link TableMapping#read()}. */
  public static BoundQuery all(TableMapping mapping) {
    return new BoundQuery(SourceChunkSql.select(mapping), List.of());
  }

  /** All rows of the target, columns as in {@link TargetTable#columns()}. */
  public static BoundQuery all(TargetTable table) {
    return new BoundQuery(TargetChunkSql.select(table), List.of());
  }

  /** The condition that a row has one of the keys; adds its parameters. */
  static String targetKeys(
      TargetTable table, List<? extends List<@Nullable String>> keys, List<Object> parameters) {
    List<ColumnMapping> columns = keyColumns(table);
    StringJoiner any = new StringJoiner(" OR ");
    for (List<@Nullable String> key : keys) {
      StringJoiner all = new StringJoiner(" AND ", "(", ")");
      for (int i = 0; i < columns.size(); i++) {
        String name = Identifiers.postgres(columns.get(i).name());
        String text = key.get(i);
        if (text == null) {
          all.add(name + " IS NULL");
        } else {
          all.add(name + " = CAST(? AS " + columns.get(i).type().keyCast() + ")");
          parameters.add(text);
        }
      }
      any.add(all.toString());
    }
    return any.toString();
  }

  /** The way back for a column that is read from that one, if there is one. */
  private static Optional<KeyInverse> inverse(ColumnMapping column, SourceColumn source) {
    return column.nullDefault() == null && column.rules().policies().isEmpty()
        ? source.type().inverse(column.type(), column.conversion())
        : Optional.empty();
  }

  private static List<ColumnMapping> keyColumns(TargetTable table) {
    List<ColumnMapping> columns = new ArrayList<>();
    for (int position : table.keyPositions()) {
      columns.add(table.columns().get(position));
    }
    return columns;
  }
}
