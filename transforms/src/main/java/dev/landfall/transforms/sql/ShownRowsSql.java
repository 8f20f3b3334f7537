package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is asked of the source for people to look at. */
public final class ShownRowsSql {
  private ShownRowsSql() {}

  /**
   * So many rows for people to look at, columns as in {@link TableMapping#read()}.
   *
   * @param where a condition that a person wrote; null for none
   * @param seed the same gives the same rows from all over the table; null for the first ones
   */
  public static BoundQuery some(
      TableMapping mapping, @Nullable String where, @Nullable Long seed, int rows) {
    SourceTable table = mapping.source();
    String order =
        table.key().isEmpty()
            ? SourceChunkSql.rowHash(table)
            : table.key().stream()
                .map(column -> "CAST(" + Identifiers.mysql(column) + " AS BINARY)")
                .collect(Collectors.joining(", ", "CONCAT_WS('|', ", ")"));
    return new BoundQuery(
        SourceChunkSql.select(mapping)
            // A comment at its end ends with the line.
            + (where == null ? "" : " WHERE (" + where + "\n)")
            + (seed == null ? "" : " ORDER BY MD5(CONCAT_WS('|', ?, " + order + "))")
            + " LIMIT "
            + rows,
        seed == null ? List.of() : List.of(seed.toString()));
  }
}
