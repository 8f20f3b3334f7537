package dev.landfall.transforms.jdbc;

import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and how to log in. Printing it shows no secret, and serialising it holds none
 * ({@link Secret}).
 *
 * @param product the driver to use
 * @param host name or address
 * @param port TCP port
 * @param database the database's name
 * @param user the login name, null for the driver's default
 * @param password null where none is needed
 * @param properties further driver properties that the user gave; none of them {@linkplain
 *     DriverParameterNames#isSecret by its name a secret}
 * @param secrets further driver properties that are
 * @param patience how long a server or machine is waited for that is too busy to give a connection
 */
public record ConnectionSettings(
    Product product,
    String host,
    int port,
    String database,
    @Nullable String user,
    @Nullable Secret password,
    Map<String, String> properties,
    Map<String, Secret> secrets,
    Duration patience)
    implements Serializable {
  /** The two kinds of servers, by the driver that speaks to them. */
  public enum Product {
    /** MySQL and MariaDB, through Connector/J. */
    MYSQL,
    POSTGRESQL
  }

  /**
   * Settings of a database.
   *
   * @throws IllegalArgumentException when a property should be among the secrets
   */
  public ConnectionSettings {
    for (String name : properties.keySet()) {
      if (DriverParameterNames.isSecret(name)) {
        throw new IllegalArgumentException("property " + name + " is a secret");
      }
    }
    properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    secrets = Collections.unmodifiableMap(new TreeMap<>(secrets));
  }

  /** The patience where nothing else is said: a restart of a server takes less. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(60);

  /** The same with the default's patience. */
  public ConnectionSettings(
      Product product,
      String host,
      int port,
      String database,
      @Nullable String user,
      @Nullable Secret password,
      Map<String, String> properties,
      Map<String, Secret> secrets) {
    this(product, host, port, database, user, password, properties, secrets, DEFAULT_PATIENCE);
  }

  /** The same without secret properties. */
  public ConnectionSettings(
      Product product,
      String host,
      int port,
      String database,
      @Nullable String user,
      @Nullable Secret password,
      Map<String, String> properties) {
    this(product, host, port, database, user, password, properties, Map.of());
  }

  /** The same with another patience. */
  public ConnectionSettings withPatience(Duration limit) {
    return new ConnectionSettings(
        product, host, port, database, user, password, properties, secrets, limit);
  }

  /** The same for sessions that the target lists apart, by that word behind their name. */
  public ConnectionSettings apart(String word) {
    Map<String, String> named = new TreeMap<>(properties);
    named.merge(
        Connections.NAME, Connections.USUAL_NAME + " " + word, (own, usual) -> own + " " + word);
    return new ConnectionSettings(
        product, host, port, database, user, password, named, secrets, patience);
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
