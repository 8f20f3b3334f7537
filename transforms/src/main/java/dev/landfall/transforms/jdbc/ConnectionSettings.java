package dev.landfall.transforms.jdbc;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and how to log in. Printing it shows no secret.
 *
 * @param product the driver to use
 * @param host name or address
 * @param port TCP port
 * @param database the database's name
 * @param user the login name, null for the driver's default
 * @param password null where none is needed
 * @param properties further driver properties that the user gave
 */
public record ConnectionSettings(
    Product product,
    String host,
    int port,
    String database,
    @Nullable String user,
    @Nullable Secret password,
    Map<String, String> properties)
    implements Serializable {
  /** The two kinds of servers, by the driver that speaks to them. */
  public enum Product {
    /** MySQL and MariaDB, through Connector/J. */
    MYSQL,
    POSTGRESQL
  }

  public ConnectionSettings {
    properties = java.util.Collections.unmodifiableMap(new TreeMap<>(properties));
  }

  /** {@code user@host:port/database}, for messages. */
  public String display() {
    return (user == null ? "" : user + "@") + host + ":" + port + "/" + database;
  }

  /** The same server with nothing that could hold a secret: further properties are left out. */
  @Override
  public String toString() {
    return product + " " + display();
  }
}
