package dev.landfall.transforms.catalog;

import dev.landfall.transforms.sql.SourceCatalogSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Which server a source is on.
 *
 * @param identity what the server itself says that no other one says: MySQL's {@code server_uuid};
 *     MariaDB's host, port and {@code server_uid} together, since the last comes from the network
 *     card and the port, which containers share; empty where it says nothing
 * @param address where it was reached
 */
public record SourceServer(String identity, String address) {
  /** Asks the server that is reached at that address. */
  public static SourceServer of(Connection connection, String address) throws SQLException {
    Map<String, String> says = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SourceCatalogSql.identity())) {
      while (row.next()) {
        says.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2));
      }
    }
    String uuid = says.getOrDefault("server_uuid", "");
    return new SourceServer(
        uuid.isEmpty() && says.containsKey("server_uid")
            ? says.get("server_uid") + " on " + says.get("hostname") + ":" + says.get("port")
            : uuid,
        address);
  }

  /** Whether it is the same server: by what it says, or where one says nothing by its address. */
  public boolean isSame(SourceServer other) {
    return (identity.isEmpty() || other.identity.isEmpty())
        ? address.equals(other.address)
        : identity.equals(other.identity);
  }

  @Override
  public String toString() {
    return address + (identity.isEmpty() ? "" : " (" + identity + ")");
  }
}
