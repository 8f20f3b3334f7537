package dev.landfall.transforms.jdbc;

import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** Opens connections whose sessions are all alike, whatever the server's or the JVM's defaults. */
public final class Connections {
  private static final int CONNECT_TIMEOUT_SECONDS = 10;

  /** What a session of PostgreSQL is called, and how it is called where the user says nothing. */
  static final String NAME = "ApplicationName";

  static final String USUAL_NAME = "landfall";

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
          // What the session sets is known here: the driver need neither set it again nor ask.
          Map.entry("useLocalSessionState", "true"),
          Map.entry("useServerPrepStmts", "false"),
          Map.entry("tcpKeepAlive", "true"),
          Map.entry("connectTimeout", String.valueOf(CONNECT_TIMEOUT_SECONDS * 1000)),
          // Until the server has greeted: another kind of server may wait for us to speak first.
          Map.entry(SOCKET_TIMEOUT, String.valueOf(CONNECT_TIMEOUT_SECONDS * 1000)));

  private static final Map<String, String> POSTGRESQL =
      Map.of(
          NAME,
          USUAL_NAME,
          "binaryTransfer",
          "false",
          // The default asks the server for GSS encryption first: a round trip for nothing.
          "gssEncMode",
          "disable",
          "tcpKeepAlive",
          "true",
          "connectTimeout",
          String.valueOf(CONNECT_TIMEOUT_SECONDS));

  private Connections() {}

  /**
   * Opens a connection. Text arrives as UTF-8, times in UTC, floating point with all its digits;
   * all that {@link SourceSession} and {@link TargetSession} list is as they say.
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
        properties.setProperty("sessionVariables", SourceSession.first(settings));
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
        Connection connection = source(settings, properties);
        if (!settings.properties().containsKey(SOCKET_TIMEOUT)) {
          // A query may take as long as it takes.
          connection.setNetworkTimeout(Runnable::run, 0);
        }
        yield prepared(connection, settings, SourceSession::prepare);
      }
      case POSTGRESQL -> {
        Connection connection =
            new org.postgresql.Driver().connect(url(settings, "postgresql"), properties);
        yield prepared(connection, settings, TargetSession::prepare);
      }
    };
  }

  @SuppressWarnings("MustBeClosedChecker")
  private static Connection source(ConnectionSettings settings, Properties properties)
      throws SQLException {
    String url = url(settings, "mysql");
    try {
      return new com.mysql.cj.jdbc.Driver().connect(url, properties);
    } catch (SQLException e) {
      if (!SourceSession.forget(settings) || e.getErrorCode() != UNKNOWN_VARIABLE) {
        throw e;
      }
      properties.setProperty("sessionVariables", SourceSession.first(settings));
      return new com.mysql.cj.jdbc.Driver().connect(url, properties);
    }
  }

  /** ER_UNKNOWN_SYSTEM_VARIABLE. */
  private static final int UNKNOWN_VARIABLE = 1193;

  /** Makes a session what it has to be. */
  private interface Preparation {
    void prepare(Connection connection, ConnectionSettings settings) throws SQLException;
  }

  private static Connection prepared(
      Connection connection, ConnectionSettings settings, Preparation preparation)
      throws SQLException {
    boolean done = false;
    try {
      preparation.prepare(connection, settings);
      done = true;
      return connection;
    } finally {
      if (!done) {
        connection.close();
      }
    }
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
