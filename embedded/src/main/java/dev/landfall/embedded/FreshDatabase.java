package dev.landfall.embedded;

import java.sql.Connection;
import java.sql.SQLException;

/** A database that one test or demo has for itself. Closing drops it. */
public record FreshDatabase(EmbeddedServer server, String name) implements AutoCloseable {
  /** JDBC URL with user and password. */
  public String url() {
    return server.jdbcUrl(name);
  }

  /** Opens a connection as administrator. The caller closes it. */
  public Connection connect() throws SQLException {
    return server.connect(name);
  }

  /** Drops the database if it is still there. */
  public void drop() throws SQLException {
    server.dropDatabase(name);
  }

  @Override
  public void close() throws SQLException {
    drop();
  }
}
