package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.FreshDatabase;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/** What tests ask of databases. */
final class Db {
  private Db() {}

  /** Runs statements. */
  static void run(FreshDatabase database, String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** One line for each row, as PostgreSQL's COPY prints it: strict to the byte. */
  static List<String> rows(FreshDatabase target, String query) throws SQLException {
    try (Connection connection = target.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      StringWriter text = new StringWriter();
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("COPY (" + query + ") TO STDOUT", text);
      return text.toString().lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one number that a query gives. */
  static long number(FreshDatabase database, String query) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getLong(1);
    }
  }

  /** Everything that the ledger says, for those who look for secrets in it. */
  static String ledger(FreshDatabase target) throws SQLException {
    // Not there where nothing was touched.
    List<String> lines = new ArrayList<>();
    for (String table :
        rows(target, "SELECT tablename FROM pg_tables WHERE schemaname = 'landfall'")) {
      lines.addAll(rows(target, "SELECT t::text FROM landfall." + table + " t"));
    }
    String all = String.join("\n", lines);
    assertThat(all).doesNotContain(EmbeddedServer.PASSWORD);
    return all;
  }
}
