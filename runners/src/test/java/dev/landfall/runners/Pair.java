package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.FreshDatabase;
import dev.landfall.embedded.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;

/** An empty source and an empty target, each a database of its own, and specs for them. */
record Pair(FreshDatabase source, FreshDatabase target, Path directory) implements AutoCloseable {
  /** What {@link #fill} puts into the table of so many rows. */
  static final String CONTENT = "count(*), count(DISTINCT id), sum(b), count(DISTINCT md5(a))";

  static Pair make() throws SQLException, IOException {
    return make(SharedServers.mariadb(), SharedServers.postgres());
  }

  static Pair make(EmbeddedServer source, EmbeddedServer target) throws SQLException, IOException {
    return new Pair(
        source.freshDatabase("shop"),
        target.freshDatabase("shop"),
        Files.createTempDirectory("landfall-it-"));
  }

  /** A spec for these databases, named {@code move}, with these further lines. */
  Path spec(String... lines) throws IOException {
    return Files.writeString(
        Files.createTempFile(directory, "spec", ".yaml"),
        "name: move\nsource: \"%s\"\ntarget: \"%s\"\n%s\n"
            .formatted(source.url(), target.url(), String.join("\n", lines)));
  }

  /** Makes a table {@code big} of that many rows in the source. */
  void fill(int rows) throws SQLException {
    Db.run(
        source,
        "CREATE TABLE big (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, a varchar(100), b bigint,"
            + " KEY b (b))",
        "INSERT INTO big (a, b) SELECT repeat(md5(seq), 3), seq FROM seq_1_to_" + rows,
        // The plan goes by the statistics, which the server would renew some seconds later.
        "ANALYZE TABLE big");
  }

  /** The same without any index. */
  void fillWithoutKey(int rows) throws SQLException {
    Db.run(
        source,
        "CREATE TABLE big (id int NOT NULL, a varchar(100), b bigint)",
        "INSERT INTO big SELECT seq, repeat(md5(seq), 3), seq FROM seq_1_to_" + rows,
        "ANALYZE TABLE big");
  }

  /** Checks that the target has every row of {@code big} once, with its values. */
  void requireFilled(int rows) throws SQLException {
    assertThat(Db.rows(target, "SELECT " + CONTENT + " FROM big"))
        .containsExactly(rows + "\t" + rows + "\t" + (long) rows * (rows + 1) / 2 + "\t" + rows);
    assertThat(Db.number(target, "SELECT count(*) FROM landfall.chunk WHERE committed IS NULL"))
        .isZero();
    assertThat(Db.number(target, "SELECT sum(rows_loaded) FROM landfall.chunk")).isEqualTo(rows);
  }

  /** How many chunks are committed; 0 while nobody can say. */
  long committed() {
    try {
      return Db.number(target, "SELECT count(committed) FROM landfall.chunk");
    } catch (SQLException e) {
      return 0;
    }
  }

  /** Waits until so many chunks are committed, by whoever is at it. */
  void awaitCommitted(long chunks) {
    await(() -> committed() >= chunks);
  }

  /** A condition that asks a database. */
  interface Condition {
    boolean holds() throws SQLException;
  }

  /** Waits for a condition. */
  static void await(Condition condition) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          while (!condition.holds()) {
            // Asking again at once would take the processor from those who are waited for.
            Thread.sleep(20);
          }
        });
  }

  @Override
  public void close() throws SQLException, IOException {
    Db.ledger(target);
    target.close();
    source.close();
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
