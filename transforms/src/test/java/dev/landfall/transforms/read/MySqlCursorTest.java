package dev.landfall.transforms.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.protocol.Resultset;
import com.mysql.cj.protocol.ResultsetRows;
import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.ConnectionSettings.Product;
import dev.landfall.transforms.jdbc.Connections;
import dev.landfall.transforms.jdbc.Secret;
import dev.landfall.transforms.value.Rows;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MySqlCursorTest {
  private static final String ALL = "SELECT * FROM t ORDER BY id";

  private static Connection open(FreshDatabase database, Map<String, String> properties)
      throws SQLException {
    EmbeddedServer server = database.server();
    return Connections.open(
        new ConnectionSettings(
            Product.MYSQL,
            server.host(),
            server.port(),
            database.name(),
            server.user(),
            Secret.of(server.password()),
            properties));
  }

  /**
   * Values of all lengths about which the protocol makes a difference, and packets of all sizes.
   */
  private static void fill(Connection connection) throws SQLException {
    Servers.execute(
        connection,
        "CREATE TABLE d (n int)",
        "INSERT INTO d VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)",
        "CREATE TABLE t (id int PRIMARY KEY, a varchar(300), b longblob, c int)",
        "INSERT INTO t SELECT n, IF(n % 7 = 0, NULL, REPEAT('a', n % 300)), REPEAT('b', n % 11),"
            + " IF(n % 2, NULL, -n)"
            + " FROM (SELECT a.n + 10 * b.n + 100 * c.n + 1000 * e.n n FROM d a, d b, d c, d e) s",
        "UPDATE t SET b = REPEAT('c', 60000 + id) WHERE id % 500 = 0",
        "UPDATE t SET b = REPEAT(x'00fefffb', 17500) WHERE id % 1000 = 3",
        "UPDATE t SET b = NULL, a = '' WHERE id % 1000 = 5");
    for (int length : new int[] {250, 251, 252, 253, 254, 255, 256, 65_535, 65_536, 65_537}) {
      Servers.execute(
          connection,
          "INSERT INTO t VALUES (" + (20_000 + length) + ", '', REPEAT('d', " + length + "), 1)");
    }
  }

  private static ResultSet stream(Connection connection, String sql) throws SQLException {
    PreparedStatement select = connection.prepareStatement(sql);
    select.setFetchSize(Integer.MIN_VALUE);
    select.closeOnCompletion();
    return select.executeQuery();
  }

  private static Rows read(ResultSet results, int most) throws SQLException {
    int columns = results.getMetaData().getColumnCount();
    RowCursor cursor = RowCursor.of(results, columns);
    Rows.Builder rows = Rows.builder(columns, 1, 1);
    while (rows.size() < most && cursor.next()) {
      cursor.addTo(rows);
    }
    return rows.build();
  }

  private static Rows read(Connection connection, String sql) throws SQLException {
    try (ResultSet results = stream(connection, sql)) {
      return read(results, Integer.MAX_VALUE);
    }
  }

  /** What the driver says itself, of rows that it has in memory. */
  private static Rows byDriver(Connection connection, String sql) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet results = select.executeQuery()) {
      int columns = results.getMetaData().getColumnCount();
      Rows.Builder rows = Rows.builder(columns);
      while (results.next()) {
        for (int column = 1; column <= columns; column++) {
          rows.addBytes(results.getBytes(column));
        }
      }
      return rows.build();
    }
  }

  private static void assertEqual(Rows rows, Rows expected) {
    assertThat(rows.size()).isEqualTo(expected.size());
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < rows.columns(); column++) {
        if (!Arrays.equals(rows.value(row, column), expected.value(row, column))) {
          assertThat(rows.text(row, column))
              .as("row %s, column %s", row, column)
              .isEqualTo(expected.text(row, column));
        }
      }
    }
  }

  private static @Nullable PacketInput input(ResultSet results) throws SQLException, IOException {
    return PacketInput.of(rows(results));
  }

  private static ResultsetRows rows(ResultSet results) throws SQLException {
    return results.unwrap(Resultset.class).getRows();
  }

  @ParameterizedTest
  @CsvSource({
    "MYSQL, sslMode, DISABLED, true",
    "MYSQL, sslMode, REQUIRED, true",
    "MYSQL, useReadAheadInput, false, true",
    "MYSQL, enablePacketDebug, true, false",
    "MYSQL, useCompression, true, false",
    "MYSQL, useServerPrepStmts, true, true",
    "MARIADB, sslMode, DISABLED, true",
    "MARIADB, useReadAheadInput, false, true",
    "MARIADB, useCompression, true, false",
    "MARIADB, useServerPrepStmts, true, true"
  })
  void rowsAreWhatTheDriverSays(Source product, String property, String value, boolean below)
      throws SQLException, IOException {
    try (FreshDatabase database = product.fresh();
        Connection connection = open(database, Map.of(property, value))) {
      fill(connection);
      Rows expected = byDriver(connection, ALL);

      assertThat(expected.size()).isEqualTo(10_010);
      assertEqual(read(connection, ALL), expected);
      assertEqual(read(connection, "SELECT a FROM t ORDER BY id"), column(expected, 1));
      assertEqual(byDriver(connection, ALL), expected);
      try (ResultSet results = stream(connection, ALL)) {
        assertThat(input(results) != null).as("read below the driver").isEqualTo(below);
      }
    }
  }

  private static Rows column(Rows rows, int column) {
    Rows.Builder one = Rows.builder(1);
    for (int row = 0; row < rows.size(); row++) {
      one.addBytes(rows.value(row, column));
    }
    return one.build();
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void nearlyAllRowsAreTakenBelowTheDriver(Source product) throws SQLException, IOException {
    try (FreshDatabase database = product.fresh();
        Connection connection = open(database, Map.of())) {
      fill(connection);

      try (ResultSet results = stream(connection, "SELECT id, a FROM t ORDER BY id")) {
        PacketInput input = Objects.requireNonNull(input(results));
        ResultsetRows rows = rows(results);
        int taken = 0;
        int given = 0;
        while (rows.next() != null) {
          given++;
          while (input.nextRow()) {
            taken++;
          }
        }
        assertThat(taken + given).isEqualTo(10_010);
        assertThat(given).isLessThan(500);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void rowsThatNobodyAddsAreStillSteppedOver(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = open(database, Map.of())) {
      fill(connection);

      try (ResultSet results = stream(connection, ALL)) {
        RowCursor cursor = RowCursor.of(results, 4);
        List<@Nullable String> ids = new ArrayList<>();
        for (int row = 0; cursor.next(); row++) {
          if (row % 1000 == 77) {
            Rows.Builder one = Rows.builder(4);
            cursor.addTo(one);
            ids.add(one.build().text(0, 0));
          }
        }
        assertThat(ids)
            .containsExactly(
                "77", "1077", "2077", "3077", "4077", "5077", "6077", "7077", "8077", "9077");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void connectionIsGoodBehindRowsThatWereNotRead(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = open(database, Map.of())) {
      fill(connection);
      Rows expected = byDriver(connection, ALL);

      for (int most : new int[] {0, 1, 2, 300, 9_999, 10_009, 10_010}) {
        try (ResultSet results = stream(connection, ALL)) {
          assertThat(read(results, most).size()).isEqualTo(most);
        }
        assertThat(Servers.rows(connection, "SELECT 1 + 1")).containsExactly("2");
      }
      assertEqual(read(connection, ALL), expected);
      assertThat(read(connection, "SELECT * FROM t WHERE id < 0").size()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void errorBetweenRowsIsTheServersOwn(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = open(database, Map.of())) {
      fill(connection);

      // e to the power of 710 is no double.
      String sql = "SELECT id, EXP(id) FROM t ORDER BY id";
      ResultSet some = stream(connection, sql);
      assertThat(read(some, 700).size()).isEqualTo(700);
      assertThatThrownBy(some::close).hasMessageContaining("out of range");
      assertThatThrownBy(() -> read(connection, sql))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("out of range")
          .extracting(e -> ((SQLException) e).getErrorCode())
          .isEqualTo(1690);
      assertThat(Servers.rows(connection, "SELECT 1 + 1")).containsExactly("2");
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void connectionThatEndsBetweenRowsIsABrokenOne(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection other = open(database, Map.of());
        Connection connection = open(database, Map.of())) {
      fill(connection);
      Servers.execute(connection, "UPDATE t SET b = REPEAT('e', 8000)");
      String id = Servers.rows(connection, "SELECT connection_id()").get(0);

      try (ResultSet results = stream(connection, ALL)) {
        RowCursor cursor = RowCursor.of(results, 4);
        assertThat(cursor.next()).isTrue();
        Servers.execute(other, "KILL " + id);
        assertThatThrownBy(
                () -> {
                  while (cursor.next()) {
                    cursor.addTo(Rows.builder(4));
                  }
                })
            .isInstanceOf(SQLException.class);
      } catch (SQLException e) {
        // Closing it may find the same.
        assertThat(connection.isValid(1)).isFalse();
      }
      assertThat(connection.isValid(1)).isFalse();
    }
  }

  @Test
  void rowOfAnotherNumberOfValuesIsRefused() {
    byte[] row = {1, 'a', (byte) 251, 2, 'b', 'c'};

    Rows.Builder rows = Rows.builder(3, 1, 1);
    rows.addLengthEncoded(row, 0, row.length);
    assertThatThrownBy(() -> Rows.builder(2).addLengthEncoded(row, 0, row.length))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row of 2 values in 3 of 6 bytes");
    assertThatThrownBy(() -> rows.addLengthEncoded(row, 0, row.length - 1))
        .isInstanceOf(IllegalArgumentException.class);

    Rows built = rows.build();
    assertThat(built.size()).isEqualTo(1);
    assertThat(built.text(0, 0)).isEqualTo("a");
    assertThat(built.text(0, 1)).isNull();
    assertThat(built.text(0, 2)).isEqualTo("bc");
  }
}
