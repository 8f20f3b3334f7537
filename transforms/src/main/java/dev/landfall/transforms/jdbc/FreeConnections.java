package dev.landfall.transforms.jdbc;

import dev.landfall.transforms.sql.RoomSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How many connections a server has for us.
 *
 * @param most how many it allows
 * @param used how many of them are taken, by anybody
 */
public record FreeConnections(int most, int used) {
  /** What the server at the other end of that connection says. */
  public static FreeConnections of(Connection connection, ConnectionSettings.Product product)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return switch (product) {
        case MYSQL -> ofMySql(statement);
        case POSTGRESQL -> {
          try (ResultSet row = statement.executeQuery(RoomSql.POSTGRESQL)) {
            row.next();
            yield new FreeConnections(row.getInt(1), row.getInt(2));
          }
        }
      };
    }
  }

  private static FreeConnections ofMySql(Statement statement) throws SQLException {
    int server;
    int account;
    try (ResultSet row = statement.executeQuery(RoomSql.MYSQL_BOUNDS)) {
      row.next();
      server = row.getInt(1);
      account = row.getInt(2);
    }
    try (ResultSet row = statement.executeQuery(RoomSql.MYSQL_USED)) {
      int used = row.next() ? row.getInt(2) : 0;
      // An account's own sessions are not counted: who has so few knows them.
      return account > 0 && account < server - used
          ? new FreeConnections(account, 0)
          : new FreeConnections(server, used);
    }
  }

  /** How many are left. */
  public int left() {
    return most - used;
  }
}
