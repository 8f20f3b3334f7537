package dev.landfall.transforms.jdbc;

import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/** Opens connections whose sessions are all alike, whatever the server's or the JVM's defaults. */
public final class Connections {
  /**
   * Long enough for a target that stalls while the source waits to send; the server's default is a
   * minute.
   */
  private static final int NET_WRITE_TIMEOUT_SECONDS = 3600;

  private static final int CONNECT_TIMEOUT_SECONDS = 10;

  private static final String SOCKET_TIMEOUT = "socketTimeout";

  private static final Map<String, String> MYSQL =
      Map.ofEntries(
          Map.entry("tinyInt1isBit", "false"),
          Map.entry("yearIsDateType", "false"),
          Map.entry("characterEncoding", "UTF-8"),
          Map.entry("characterSetResults", "UTF-8"),
          Map.entry("connectionTimeZone", "UTC"),
          // The driver's own SET before every streamed query would cost a round trip per chunk.
          Map.entry("netTimeoutForStreamingResults", "0"),
          Map.entry(
              "sessionVariables",
              "time_zone='+00:00',net_write_timeout=" + NET_WRITE_TIMEOUT_SECONDS),
          Map.entry("useServerPrepStmts", "false"),
          Map.entry("tcpKeepAlive", "true"),
          Map.entry("connectTimeout", String.valueOf(CONNECT_TIMEOUT_SECONDS * 1000)),
          // Until the server has greeted: another kind of server may wait for us to speak first.
          Map.entry(SOCKET_TIMEOUT, String.valueOf(CONNECT_TIMEOUT_SECONDS * 1000)));

  private static final Map<String, String> POSTGRESQL =
      Map.of(
          "ApplicationName", "landfall",
          "binaryTransfer", "false",
          // The default asks the server for GSS encryption first: a round trip for nothing.
          "gssEncMode", "disable",
          "tcpKeepAlive", "true",
          "connectTimeout", String.valueOf(CONNECT_TIMEOUT_SECONDS));

  /**
   * Set by statement: the driver sends the JVM's time zone as a start-up parameter, which wins over
   * any given in {@code options}.
   *
   * <p>The keepalives let the server see after a minute, instead of the two hours of most systems,
   * that a client's host is gone, and with it what its session held: the migration's lock, a chunk.
   * There is no limit for idle transactions: one is open while a slow source is read.
   */
  private static final String POSTGRESQL_SESSION =
      "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres';"
          + " SET bytea_output = 'hex'; SET extra_float_digits = 1;"
          + " SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10;"
          + " SET tcp_keepalives_count = 3";

  private Connections() {}

  /**
   * Opens a connection. Text arrives as UTF-8, times in UTC, floating point with all its digits.
   *
   * @throws SQLException as the driver throws it
   * @throws dev.landfall.transforms.MigrationException when this process does not find a secret
   */
  @SuppressWarnings("MustBeClosedChecker")
  public static Connection open(ConnectionSettings settings) throws SQLException {
    Properties properties = new Properties();
    switch (settings.product()) {
      case MYSQL -> {
        MYSQL.forEach(properties::setProperty);
        if (isLoopback(settings.host())) {
          // Nobody can listen in there, and encrypting half a gigabyte costs a second.
          properties.setProperty("sslMode", "DISABLED");
          properties.setProperty("allowPublicKeyRetrieval", "true");
        }
      }
      case POSTGRESQL -> POSTGRESQL.forEach(properties::setProperty);
    }
    settings.properties().forEach(properties::setProperty);
    settings.secrets().forEach((name, secret) -> properties.setProperty(name, secret.reveal()));
    if (settings.user() != null) {
      properties.setProperty("user", settings.user());
    }
    if (settings.password() != null) {
      properties.setProperty("password", settings.password().reveal());
    }
    return switch (settings.product()) {
      case MYSQL -> {
        Connection connection =
            new com.mysql.cj.jdbc.Driver().connect(url(settings, "mysql"), properties);
        if (!settings.properties().containsKey(SOCKET_TIMEOUT)) {
          // A query may take as long as it takes.
          connection.setNetworkTimeout(Runnable::run, 0);
        }
        yield connection;
      }
      case POSTGRESQL -> {
        Connection connection =
            new org.postgresql.Driver().connect(url(settings, "postgresql"), properties);
        try (Statement statement = connection.createStatement()) {
          statement.execute(POSTGRESQL_SESSION);
        } catch (SQLException e) {
          connection.close();
          throw e;
        }
        yield connection;
      }
    };
  }

  private static String url(ConnectionSettings settings, String protocol) {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    // Both drivers decode the name; a plus sign is a blank to one of them and itself to the other.
    String database =
        URLEncoder.encode(settings.database(), StandardCharsets.UTF_8).replace("+", "%20");
    return "jdbc:" + protocol + "://" + host + ":" + settings.port() + "/" + database;
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      // The driver will say so, with the name that it tried.
      return false;
    }
  }
}
