package dev.landfall.transforms.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.value.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PgCursorTest {
  @Test
  void rowsAreWhatTheDriverSays() throws SQLException {
    try (FreshDatabase database = Servers.target();
        Connection connection = Servers.open(database)) {
      connection.setAutoCommit(false);
      Servers.execute(
          connection,
          "CREATE TYPE mood AS ENUM ('sad', 'ok')",
          "CREATE TABLE t (a int, b text, c numeric, d timestamptz, e float8[], f mood, g bool)",
          "INSERT INTO t SELECT g, repeat('ü', g % 300), g / 7.0, now(), '{1.5,NULL}', 'ok', g > 9"
              + " FROM generate_series(1, 2500) g",
          "INSERT INTO t VALUES (0, '', NULL, NULL, NULL, NULL, NULL)");
      try (PreparedStatement one = connection.prepareStatement("SELECT * FROM t ORDER BY a");
          PreparedStatement other = connection.prepareStatement("SELECT * FROM t ORDER BY a")) {
        one.setFetchSize(1000);
        other.setFetchSize(100);
        ResultSet results = one.executeQuery();
        ResultSet driver = other.executeQuery();
        RowCursor cursor = RowCursor.of(results, 7);

        assertThat(cursor).as("the driver keeps its row elsewhere").isInstanceOf(PgCursor.class);
        while (driver.next()) {
          assertThat(cursor.next()).isTrue();
          Rows.Builder row = Rows.builder(7);
          cursor.addTo(row);
          Rows built = row.build();
          for (int column = 0; column < 7; column++) {
            assertThat(built.value(0, column)).isEqualTo(driver.getBytes(column + 1));
          }
        }
        assertThat(cursor.next()).isFalse();
      }
    }
  }

  @Test
  void bytesComeAsBytes() throws SQLException {
    try (FreshDatabase database = Servers.target();
        Connection connection = Servers.open(database);
        PreparedStatement select =
            connection.prepareStatement("SELECT 1, '\\x00ff'::bytea, '\\x00ff'::bytea::text")) {
      Rows rows = FewRows.read(select);

      assertThat(rows.value(0, 1)).containsExactly(0, 0xff);
      assertThat(rows.text(0, 2)).isEqualTo("\\x00ff");
    }
  }
}
