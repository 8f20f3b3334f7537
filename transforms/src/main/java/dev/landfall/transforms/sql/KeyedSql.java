package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads rows of either side by keys of a target table. */
public final class KeyedSql {
  private KeyedSql() {}

  /**
   * The source's rows with any of the keys, columns as in {@link TableMapping#read()}; others may
   * be among them, whose keys the source takes for the same.
   *
   * @param key by which they are found
   * @param keys texts as the key has them
   * @return empty when there are no keys
   */
  public static Optional<BoundQuery> source(
      SourceKey key, Collection<? extends List<@Nullable String>> keys) {
    List<Object> parameters = new ArrayList<>();
    StringJoiner any = new StringJoiner(" OR ");
    keys.forEach(texts -> any.add(key.condition(texts, parameters)));
    return keys.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new BoundQuery(SourceChunkSql.select(key.mapping()) + " WHERE " + any, parameters));
  }

  /**
   * Of all rows of the source what their keys in a target are made of, what its filter asks for,
   * and by which they are found: columns as in {@link TableMapping#read()}, all others NULL.
   */
  public static BoundQuery scan(SourceKey key, TargetTable table) {
    Set<Integer> wanted = new HashSet<>(key.positions());
    wanted.addAll(table.filter().positions());
    keyColumns(table).forEach(column -> wanted.addAll(column.source().positions()));
    return new BoundQuery(SourceChunkSql.select(key.mapping(), wanted::contains), List.of());
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
  public static BoundQuery sampleSource(SourceKey key, TargetTable table, long seed, long rows) {
    TableMapping mapping = key.mapping();
    String hashed =
        key.positions().stream()
            .map(position -> Identifiers.mysql(mapping.read().get(position).name()))
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

  /** The columns of a target's key, in its order. */
  static List<ColumnMapping> keyColumns(TargetTable table) {
    List<ColumnMapping> columns = new ArrayList<>();
    for (int position : table.keyPositions()) {
      columns.add(table.columns().get(position));
    }
    return columns;
  }
}
