package dev.landfall.pipelines;

import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.FreshDatabase;
import dev.landfall.embedded.SharedServers;
import dev.landfall.pipelines.spec.Environment;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.pipelines.spec.SpecReader;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Connections;
import dev.landfall.transforms.jdbc.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two fresh databases and a spec between them, moved as a user would. */
public final class SpecBed implements AutoCloseable {
  private final FreshDatabase sourceDatabase;
  private final FreshDatabase targetDatabase;
  private final Connection source;
  private final Connection target;

  public SpecBed(MovedDatabase.Source server) throws SQLException {
    this(server.fresh());
  }

  public SpecBed(FreshDatabase source) throws SQLException {
    sourceDatabase = source;
    targetDatabase = SharedServers.postgres().freshDatabase("spec_");
    this.source = open(sourceDatabase, ConnectionSettings.Product.MYSQL);
    target = open(targetDatabase, ConnectionSettings.Product.POSTGRESQL);
  }

  private static Connection open(FreshDatabase database, ConnectionSettings.Product product)
      throws SQLException {
    EmbeddedServer server = database.server();
    return Connections.open(
        new ConnectionSettings(
            product,
            server.host(),
            server.port(),
            database.name(),
            server.user(),
            Secret.of(server.password()),
            Map.of()));
  }

  /** A further connection to the source. */
  public Connection anotherSource() throws SQLException {
    return open(sourceDatabase, ConnectionSettings.Product.MYSQL);
  }

  /** A connection to the target that the bed keeps open. */
  public Connection targetConnection() {
    return target;
  }

  /** The name of the target's database. */
  public String targetName() {
    return targetDatabase.name();
  }

  /** The name of the source's database. */
  public String sourceName() {
    return sourceDatabase.name();
  }

  /** Runs statements on one of the sides. */
  public interface Run {
    void run(String... statements) throws SQLException;
  }

  /** Runs statements on the source. */
  public void source(String... statements) throws SQLException {
    execute(source, statements);
  }

  /** Runs statements on the target. */
  public void target(String... statements) throws SQLException {
    execute(target, statements);
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The rows that the target answers with, columns separated by bars. */
  public List<String> ask(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = target.createStatement();
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

  /**
   * The migration that a spec describes.
   *
   * @param rest the spec behind its two databases
   */
  public Migration migration(String rest) {
    return SpecMigration.of(spec(rest), new DirectLauncher());
  }

  /** The same by other accounts, each with its name for a password; null for the server's own. */
  public Migration migrationOf(@Nullable String reader, @Nullable String writer, String rest) {
    return SpecMigration.of(spec(reader, writer, rest), new DirectLauncher());
  }

  /** A migration into a database of that server. */
  public Migration migrationInto(EmbeddedServer server, String database, String rest) {
    return SpecMigration.of(
        specBetween(
            url("mysql", sourceDatabase, null),
            url("postgresql", new FreshDatabase(server, database), null),
            rest),
        new DirectLauncher());
  }

  /** The source's URL, with its password. */
  public String sourceUrl() {
    return url("mysql", sourceDatabase, null);
  }

  /** The target's URL, with its password. */
  public String targetUrl() {
    return url("postgresql", targetDatabase, null);
  }

  /** The same, not made into a migration. */
  public Spec spec(String rest) {
    return spec(null, null, rest);
  }

  private Spec spec(@Nullable String reader, @Nullable String writer, String rest) {
    return specBetween(
        url("mysql", sourceDatabase, reader), url("postgresql", targetDatabase, writer), rest);
  }

  /** The same with the database of that name on another server as its source. */
  public Spec specFrom(EmbeddedServer server) {
    return specBetween(
        url("mysql", new FreshDatabase(server, sourceDatabase.name()), null),
        url("postgresql", targetDatabase, null),
        "");
  }

  private static Spec specBetween(String source, String target, String rest) {
    String spec = "name: types\nsource: " + source + "\ntarget: " + target + "\n" + rest;
    return SpecReader.read(spec, Path.of("types.yaml"), null, null, Environment.of(Map.of()));
  }

  private static String url(String scheme, FreshDatabase database, @Nullable String user) {
    EmbeddedServer server = database.server();
    return "%s://%s:%s@%s:%d/%s"
        .formatted(
            scheme,
            user == null ? server.user() : user,
            user == null ? server.password() : user,
            server.host(),
            server.port(),
            database.name());
  }

  @Override
  public void close() throws SQLException {
    source.close();
    target.close();
    sourceDatabase.close();
    targetDatabase.close();
  }
}
