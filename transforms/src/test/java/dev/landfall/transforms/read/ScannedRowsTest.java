package dev.landfall.transforms.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.sql.BoundQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that are read one by one, from real servers. */
class ScannedRowsTest {
  /** Whoever stops does not wait for the rest: a hundred million rows take a minute. */
  @ParameterizedTest
  @EnumSource(Servers.Source.class)
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void aSourceIsLeftInTheMiddle(Servers.Source server) throws SQLException {
    try (FreshDatabase database = server.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection,
          "CREATE TABLE d (i int)",
          "INSERT INTO d VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
      stop(
          connection,
          "SELECT a.i FROM d a, d b, d c, d e, d f, d g, d h, d j",
          ScannedRows::ofSource);
    }
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void aTargetIsLeftInTheMiddle() throws SQLException {
    try (FreshDatabase database = Servers.target();
        Connection connection = Servers.open(database)) {
      connection.setAutoCommit(false);
      stop(connection, "SELECT generate_series(1, 100000000)", ScannedRows::ofTarget);
    }
  }

  private interface Scan {
    void run(Connection connection, BoundQuery query, ScannedRows.Consumer consumer)
        throws SQLException;
  }

  private static void stop(Connection connection, String query, Scan scan) throws SQLException {
    assertThatThrownBy(
            () ->
                scan.run(
                    connection,
                    new BoundQuery(query, List.of()),
                    rows -> {
                      throw new IllegalStateException("enough");
                    }))
        .hasMessage("enough");
    assertThat(connection.isValid(5)).isFalse();
  }
}
