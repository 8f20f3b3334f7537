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

/** Chunks of a key of several columns: which rows they have, and what the server expects. */
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

  /** By an estimate that is far too high, a table that is large enough is read as a whole. */
  @Test
  void theServerKnowsHowFewRowsThereAre() throws SQLException {
    try (FreshDatabase target = Servers.target();
        Connection connection = Servers.open(target)) {
      Servers.execute(
          connection,
          "CREATE TABLE t (a int, b int, PRIMARY KEY (a, b))",
          "INSERT INTO t SELECT n / 4, n % 4 FROM generate_series(1, 200000) n",
          "VACUUM ANALYZE t");
      assertThat(count(connection, List.of("25000", "3"), List.of("25500", "1"))).isEqualTo(1_998);
      assertThat(estimate(connection, List.of("25000", "3"), List.of("25500", "1")))
          .isLessThan(2 * 1_998);
    }
  }

  @Test
  void everyRowIsInOneChunk() throws SQLException {
    try (FreshDatabase target = Servers.target();
        Connection connection = Servers.open(target)) {
      Servers.execute(
          connection,
          "CREATE TABLE t (a int, b int, PRIMARY KEY (a, b))",
          // Nearly all rows have one first value; the others are spread.
          "INSERT INTO t SELECT CASE WHEN n % 10 = 0 THEN n ELSE 7 END, n"
              + " FROM generate_series(1, 200000) n");
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

  private static long estimate(Connection connection, List<String> start, List<String> end)
      throws SQLException {
    String plan = Servers.rows(connection, "EXPLAIN " + query(start, end)).get(0);
    return Long.parseLong(plan.replaceFirst(".* rows=(\\d+) .*", "$1"));
  }

  private static long count(
      Connection connection, @Nullable List<String> start, @Nullable List<String> end)
      throws SQLException {
    return Long.parseLong(
        Servers.rows(connection, "SELECT count(*) FROM (" + query(start, end) + ") q").get(0));
  }
}
