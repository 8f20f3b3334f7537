package dev.landfall.pipelines.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A row of the source.
 *
 * @param texts by column, and by what else the source was asked for
 */
record Row(Table table, Map<String, @Nullable String> texts) {
  /** What a plain move makes of a column. */
  @Nullable String plain(Table.Column column) throws Unfit {
    return column.kind().plain(texts.get(column.name()), column.nullable());
  }

  /** What the source says of its key. */
  List<String> key() {
    List<String> key = new ArrayList<>();
    table.key().forEach(column -> key.add(String.valueOf(texts.get(column.name()))));
    return key;
  }

  /** The same by columns. */
  Map<String, String> shownKey() {
    Map<String, String> key = new TreeMap<>();
    table.key().forEach(column -> key.put(column.name(), String.valueOf(texts.get(column.name()))));
    return key;
  }

  /** Makes a value of a row. */
  @FunctionalInterface
  interface Make {
    @Nullable String of(Row row) throws Unfit;
  }
}
