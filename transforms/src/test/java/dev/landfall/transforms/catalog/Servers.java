package dev.landfall.transforms.catalog;

import dev.landfall.embedded.EmbeddedMySql;
import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.FreshDatabase;
import dev.landfall.embedded.SharedServers;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Connections;
import dev.landfall.transforms.jdbc.Secret;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Real servers, with sessions as the product opens them. */
public final class Servers {
  private Servers() {}

  /** The kinds of source servers. */
  public enum Source {
    MYSQL,
    MARIADB;

    public FreshDatabase fresh() throws SQLException {
      return switch (this) {
        case MYSQL -> {
          Assumptions.assumeTrue(
              EmbeddedMySql.missing().isEmpty(), () -> EmbeddedMySql.missing().orElse(""));
          yield SharedServers.mysql().freshDatabase("schema_");
        }
        case MARIADB -> SharedServers.mariadb().freshDatabase("schema_");
      };
    }
  }

  public static FreshDatabase target() throws SQLException {
    return SharedServers.postgres().freshDatabase("schema_");
  }

  public static Connection open(FreshDatabase database) throws SQLException {
    EmbeddedServer server = database.server();
    return open(database, server.user(), server.password());
  }

  public static Connection open(FreshDatabase database, String user, String password)
      throws SQLException {
    boolean target = database.server().equals(SharedServers.postgres());
    return Connections.open(
        new ConnectionSettings(
            target ? ConnectionSettings.Product.POSTGRESQL : ConnectionSettings.Product.MYSQL,
            database.server().host(),
            database.server().port(),
            database.name(),
            user,
            Secret.of(password),
            Map.of()));
  }

  public static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** All rows, each with its columns separated by bars. */
  public static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }
}
