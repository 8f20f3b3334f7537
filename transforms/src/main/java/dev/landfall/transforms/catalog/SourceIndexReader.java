package dev.landfall.transforms.catalog;

import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceIndex;
import dev.landfall.transforms.model.SourceIndex.Part;
import dev.landfall.transforms.sql.SourceCatalogSql;
import dev.landfall.transforms.sql.SourceCatalogSql.Ignored;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the indexes of a database. */
final class SourceIndexReader {
  private final SourceQueries queries;

  SourceIndexReader(SourceQueries queries) {
    this.queries = queries;
  }

  /**
   * The indexes by table, the primary key (if any) first.
   *
   * @param columns the columns by table
   */
  Map<String, List<SourceIndex>> read(Map<String, List<SourceColumn>> columns) throws SQLException {
    Map<String, Map<String, SourceIndex>> indexes = new HashMap<>();
    boolean expressions = queries.mysql(8, 0, 13);
    Ignored ignored =
        queries.mariadb()
            ? Ignored.IGNORED
            : queries.mysql(8, 0, 0) ? Ignored.INVISIBLE : Ignored.NEVER;
    queries.each(
        SourceCatalogSql.indexParts(expressions, ignored),
        row -> {
          String table = row.getString("table_name");
          if (!isEndOfHistory(columns.get(table), row.getString("column_name"))) {
            SourceIndex index = index(row);
            indexes
                .computeIfAbsent(table, t -> new TreeMap<>())
                .merge(index.name(), index, SourceIndexReader::append);
          }
        });
    Map<String, List<SourceIndex>> lists = new HashMap<>();
    indexes.forEach(
        (table, byName) ->
            lists.put(
                table,
                byName.values().stream().sorted(Comparator.comparing(i -> !i.primary())).toList()));
    return lists;
  }

  /**
   * MariaDB adds the end of a row's life to each unique key of a system-versioned table, so that
   * past rows may be alike; among those that are read there are no past ones.
   */
  private static boolean isEndOfHistory(
      @Nullable List<SourceColumn> columns, @Nullable String name) {
    return columns != null
        && columns.stream().anyMatch(c -> c.name().equals(name) && "ROW END".equals(c.generated()));
  }

  private static SourceIndex index(ResultSet row) throws SQLException {
    String kind = row.getString("index_type");
    // A spatial index pretends to a prefix of 32 bytes.
    Integer prefix = kind.equals("SPATIAL") ? null : SourceSchemaReader.intOrNull(row, "sub_part");
    Part part =
        new Part(
            row.getString("column_name"),
            row.getString("expression"),
            prefix,
            "D".equals(row.getString("direction")));
    return new SourceIndex(
        row.getString("index_name"),
        row.getInt("non_unique") == 0,
        kind,
        List.of(part),
        row.getString("index_comment"),
        row.getString("ignored").equals("YES"));
  }

  private static SourceIndex append(SourceIndex index, SourceIndex next) {
    List<Part> parts = new ArrayList<>(index.parts());
    parts.addAll(next.parts());
    return new SourceIndex(
        index.name(), index.unique(), index.kind(), parts, index.comment(), index.ignored());
  }
}
