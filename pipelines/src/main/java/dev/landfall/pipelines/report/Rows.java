package dev.landfall.pipelines.report;

import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.report.Report.Some;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries out a report's queries on one migration. */
record Rows(Connection connection, String name) {
  /** A statement on the migration. */
  Query of(String sql) {
    return Query.of(connection, sql).bind("name", name);
  }

  /** What each row gives, with the number of all rows there are, which is {@code all_rows}. */
  static <T> Some<T> some(Query query, Query.RowMapper<T> mapper) throws SQLException {
    List<T> made = new ArrayList<>();
    long[] all = new long[1];
    query.each(
        row -> {
          made.add(mapper.map(row));
          all[0] = row.number("all_rows");
        });
    return new Some<>(made, all[0]);
  }

  /** Three arrays as a map: columns, the source's values, the target's. */
  static Map<String, Difference.Values> values(Row row) throws SQLException {
    Map<String, Difference.Values> values = new LinkedHashMap<>();
    Map<String, @Nullable String> target = row.pairs("shown", "target_values");
    row.pairs("shown", "source_values")
        .forEach(
            (column, value) ->
                values.put(column, new Difference.Values(value, target.get(column))));
    return values;
  }
}
