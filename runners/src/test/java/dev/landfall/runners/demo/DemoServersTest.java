package dev.landfall.runners.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.EmbeddedMySql;
import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.runners.display.Console;
import dev.landfall.runners.display.Terminal;
import dev.landfall.transforms.MigrationException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo's servers and shop, for real. */
class DemoServersTest {
  private static final Map<String, Long> ROWS =
      Map.of(
          "users", 500_000L,
          "categories", 60L,
          "products", 20_000L,
          "orders", 300_000L,
          "order_items", 600_000L,
          "page_views", 60_000L);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void makesTheShopOnBothKindsOfServers(boolean mySql) throws Exception {
    if (mySql && EmbeddedMySql.missing().isPresent()) {
      mySql = false;
    }
    DemoServers servers = DemoServers.in(directory.resolve("demo"));
    servers.prepare();
    try (EmbeddedServer source = servers.startSource(mySql)) {
      source.createDatabase(DemoServers.DATABASE);
      try (Connection connection = source.connect(DemoServers.DATABASE)) {
        Shop.make(connection);
        Map<String, Long> rows = new LinkedHashMap<>();
        for (String table : ROWS.keySet()) {
          rows.put(table, number(connection, "select count(*) from " + table));
        }
        assertThat(rows).isEqualTo(ROWS);
        assertThat(number(connection, "select count(*) from users where about like '%🚢%'"))
            .isPositive();
        assertThat(
                number(
                    connection,
                    "select count(*) from page_views group by path, user_id, viewed_at"
                        + " order by 1 desc limit 1"))
            .isGreaterThan(1);
      }
    } finally {
      servers.destroy();
    }
    assertThat(directory.resolve("demo")).doesNotExist();
  }

  @Test
  void theTargetIsFoundAgainAndTakesStatements() throws Exception {
    DemoServers servers = DemoServers.in(directory.resolve("demo"));
    assertThatThrownBy(servers::target)
        .isInstanceOf(MigrationException.class)
        .hasMessage("The demo's servers are not running. Start the demo first.");
    servers.prepare();
    try (EmbeddedServer target = servers.startTarget()) {
      servers.writeSpec(target, target);
      assertThat(Files.getPosixFilePermissions(directory.resolve("demo")))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      assertThat(servers.spec()).content().contains("url: postgresql://127.0.0.1:" + target.port());
      target.detach();
    }
    try {
      assertThat(sql(servers, "create table t as select 1 as a, null as b"))
          .isEqualTo("1 row changed\n");
      assertThat(sql(servers, "select * from t")).isEqualTo("a\tb\n1\tNULL\n");
      assertThatThrownBy(() -> sql(servers, "select nothing"))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("column \"nothing\" does not exist");
    } finally {
      servers.destroy();
    }
    assertThat(directory.resolve("demo")).doesNotExist();
  }

  private static String sql(DemoServers servers, String statement) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Terminal file = new Terminal(false, 80, 0, false, false);
    assertThat(new DemoSql(new Console(stream, file, stream, file)).run(servers, statement))
        .isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }
}
