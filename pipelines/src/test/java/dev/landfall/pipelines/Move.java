package dev.landfall.pipelines;

import dev.landfall.embedded.EmbeddedMySql;
import dev.landfall.embedded.FreshDatabase;
import dev.landfall.embedded.SharedServers;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.spec.Environment;
import dev.landfall.pipelines.spec.SpecReader;
import dev.landfall.pipelines.verify.VerifyTask;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;

/** A source and a target on real servers, and migrations between them as specs describe them. */
public final class Move implements AutoCloseable {
  /** The kinds of source servers. */
  public enum Source {
    MARIADB,
    MYSQL;

    FreshDatabase fresh() throws SQLException {
      return switch (this) {
        case MARIADB -> SharedServers.mariadb().freshDatabase("move_");
        case MYSQL -> {
          Assumptions.assumeTrue(
              EmbeddedMySql.missing().isEmpty(), () -> EmbeddedMySql.missing().orElse(""));
          yield SharedServers.mysql().freshDatabase("move_");
        }
      };
    }
  }

  private final FreshDatabase source;
  private final FreshDatabase target;

  public Move(Source server) throws SQLException {
    source = server.fresh();
    target = SharedServers.postgres().freshDatabase("move_");
  }

  public String sourceName() {
    return source.name();
  }

  public String sourceUrl() {
    return source.url();
  }

  /** A plain connection to the source, which the caller closes. */
  public Connection connectSource() throws SQLException {
    return source.connect();
  }

  /** The same to the target. */
  public Connection connectTarget() throws SQLException {
    return target.connect();
  }

  /** Runs statements on the source. */
  public void source(String... statements) throws SQLException {
    execute(source, statements);
  }

  /** Runs statements on the target. */
  public void target(String... statements) throws SQLException {
    execute(target, statements);
  }

  private static void execute(FreshDatabase database, String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The SQLState with which the target refuses a statement, {@code 00000} when it takes it. */
  public String stateOf(String sql) {
    try {
      target(sql);
      return "00000";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  /** The rows that the target answers with, columns separated by bars. */
  public List<String> ask(String sql) throws SQLException {
    return ask(target, sql);
  }

  /** The same of the source. */
  public List<String> askSource(String sql) throws SQLException {
    return ask(source, sql);
  }

  private static List<String> ask(FreshDatabase database, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
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

  /** Does something with the migration that both databases and these lines describe. */
  public <T> T with(String lines, Function<Migration, T> work) {
    return withUrls(
        "source: \"" + source.url() + "\"\ntarget: \"" + target.url() + "\"\n" + lines, work);
  }

  /** The same where the spec says the source itself, and of the target what is behind the URL. */
  public <T> T withSource(String lines, String ofTarget, Function<Migration, T> work) {
    return withUrls("target: {url: \"" + target.url() + "\"" + ofTarget + "}\n" + lines, work);
  }

  private static <T> T withUrls(String spec, Function<Migration, T> work) {
    try (Migration migration =
        SpecMigration.of(
            SpecReader.read(
                spec.contains("name: ") ? spec : "name: move\n" + spec,
                Path.of("move.yaml"),
                null,
                null,
                Environment.of(Map.of())),
            new DirectLauncher())) {
      return work.apply(migration);
    }
  }

  /** Moves everything and compares it. */
  public static VerificationReport migrated(Migration migration) {
    migration.perform(new MigrateTask(false));
    return migration.perform(new VerifyTask(MovedDatabase.ONE_LOOK));
  }

  @Override
  public void close() throws SQLException {
    target.close();
    source.close();
  }
}
