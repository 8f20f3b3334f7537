package dev.landfall.transforms.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.KeyRange;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.TargetChunkSql;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Chunks of a key of several columns: which rows they have, and that not all are read for them. */
class CompositeChunksTest {
  private static final List<String> KEY = List.of("a", "b");

  private static final TargetTable TABLE =
      new TargetTable(
          new TableName("public", "t"),
          Stream.of("a", "b")
              .map(
                  name ->
                      ColumnMapping.read(name, PgType.parse("integer"), false, 0, Conversion.NONE))
              .toList(),
          KEY,
          false);

  @Test
  void theyAreReadByTheIndex() throws SQLException {
    try (FreshDatabase target = Servers.target();
        Connection connection = Servers.open(target)) {
      Servers.execute(
          connection,
          "CREATE TABLE t (a int, b int, c text, PRIMARY KEY (a, b))",
          // Nearly all rows have one first value; the others are spread.
          "INSERT INTO t SELECT CASE WHEN n % 10 = 0 THEN n ELSE 7 END, n, repeat('x', 100)"
              + " FROM generate_series(1, 200000) n",
          "VACUUM ANALYZE t");
      assertThat(plan(connection, List.of("50000", "3"), List.of("60000", "9")))
          .doesNotContain("Seq Scan");
      assertThat(plan(connection, List.of("7", "50000"), List.of("7", "60000")))
          .doesNotContain("Seq Scan");

      // Every row is in one chunk, wherever the bounds are.
      assertThat(
              count(connection, null, List.of("7", "9"))
                  + count(connection, List.of("7", "9"), List.of("7", "50001"))
                  + count(connection, List.of("7", "50001"), List.of("50000", "50000"))
                  + count(connection, List.of("50000", "50000"), List.of("60000", "0"))
                  + count(connection, List.of("60000", "0"), null))
          .isEqualTo(200_000);
      assertThat(count(connection, List.of("7", "9"), List.of("7", "50001"))).isEqualTo(44_992);
    }
  }

  private static String query(@Nullable List<String> start, @Nullable List<String> end) {
    return TargetChunkSql.read(TABLE, Chunk.ofRange(0, 0, KEY, new KeyRange(start, end), 1)).sql();
  }

  private static String plan(Connection connection, List<String> start, List<String> end)
      throws SQLException {
    return String.join("\n", Servers.rows(connection, "EXPLAIN " + query(start, end)));
  }

  private static long count(
      Connection connection, @Nullable List<String> start, @Nullable List<String> end)
      throws SQLException {
    return Long.parseLong(
        Servers.rows(connection, "SELECT count(*) FROM (" + query(start, end) + ") q").get(0));
  }
}
