package dev.landfall.transforms.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.model.SourceCatalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that the source let in while its checks were off don't stand against a move. */
class ClaimsTest {
  @ParameterizedTest
  @EnumSource(Source.class)
  void whatRowsBreakHoldsForNewRows(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        FreshDatabase target = Servers.target();
        Connection source = Servers.open(database);
        Connection connection = Servers.open(target)) {
      Servers.execute(
          source,
          "CREATE TABLE parent (id int PRIMARY KEY)",
          "CREATE TABLE child (id int PRIMARY KEY, parent_id int, size enum('s','m'),"
              + " tags set('a'), CONSTRAINT up FOREIGN KEY (parent_id) REFERENCES parent (id))");
      SourceCatalog catalog = SourceSchemaReader.read(source, database.name(), name -> true);
      TargetDdl ddl = TargetDdl.of(Mappings.plain(catalog, "app"), catalog);
      ddl.pre().forEach(statement -> DdlApplier.apply(connection, statement));
      Servers.execute(
          connection,
          "INSERT INTO app.child VALUES (1, 7, 's', '{a}'), (2, 8, 'xl', '{a}'), (3, NULL, '', NULL)");

      assertThat(apply(connection, ddl))
          .containsExactly("app.child size_members 1 true", "app.child up 2 true");
      assertThatThrownBy(
              () -> Servers.execute(connection, "INSERT INTO app.child VALUES (4, 9, 's', NULL)"))
          .hasMessageContaining("up");
      assertThatThrownBy(
              () -> Servers.execute(connection, "INSERT INTO app.child VALUES (4, 1, 'l', NULL)"))
          .hasMessageContaining("size_members");
      assertThat(proved(connection)).containsExactly("size_members|f", "tags_members|t", "up|f");

      // The same again while nothing changed, and proved once the rows are mended.
      assertThat(apply(connection, ddl)).hasSize(2);
      Servers.execute(
          connection,
          "INSERT INTO app.parent VALUES (7), (8)",
          "UPDATE app.child SET size = 'm' WHERE id = 2");
      assertThat(apply(connection, ddl)).isEmpty();
      assertThat(proved(connection)).containsExactly("size_members|t", "tags_members|t", "up|t");
    }
  }

  /** As the session of a killed run does, which waits for a lock and knows of nothing. */
  @Test
  void aKeyThatAnotherSessionMakesMeanwhileIsTaken() throws Exception {
    try (FreshDatabase database = Source.MARIADB.fresh();
        FreshDatabase target = Servers.target();
        Connection source = Servers.open(database);
        Connection connection = Servers.open(target);
        Connection killed = Servers.open(target);
        Connection locking = Servers.open(target)) {
      Servers.execute(
          source,
          "CREATE TABLE parent (id int PRIMARY KEY)",
          "CREATE TABLE child (id int PRIMARY KEY, parent_id int,"
              + " CONSTRAINT up FOREIGN KEY (parent_id) REFERENCES parent (id))");
      SourceCatalog catalog = SourceSchemaReader.read(source, database.name(), name -> true);
      TargetDdl ddl = TargetDdl.of(Mappings.plain(catalog, "app"), catalog);
      ddl.pre().forEach(statement -> DdlApplier.apply(connection, statement));
      DdlStatement key = null;
      for (DdlStatement statement : ddl.post()) {
        if (statement.kind() == DdlStatement.Kind.FOREIGN_KEY) {
          key = statement;
        } else if (key == null) {
          DdlApplier.apply(connection, statement);
        }
      }
      DdlStatement up = Objects.requireNonNull(key);
      locking.setAutoCommit(false);
      Servers.execute(locking, "LOCK TABLE app.parent IN ROW EXCLUSIVE MODE");
      CompletableFuture<Boolean> first =
          CompletableFuture.supplyAsync(() -> DdlApplier.claim(killed, up));
      awaitWaiting(locking, 1);
      CompletableFuture<Boolean> second =
          CompletableFuture.supplyAsync(() -> DdlApplier.claim(connection, up));
      awaitWaiting(locking, 2);
      locking.commit();
      assertThat(first.get(30, TimeUnit.SECONDS)).isTrue();
      assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
      assertThat(proved(connection)).containsExactly("up|f");
    }
  }

  private static void awaitWaiting(Connection connection, int sessions) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    String waiting =
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation IN"
            + " ('app.parent'::regclass, 'app.child'::regclass)";
    while (!Servers.rows(connection, waiting).equals(List.of(String.valueOf(sessions)))) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static List<String> proved(Connection connection) throws SQLException {
    return Servers.rows(
        connection,
        "SELECT conname, convalidated FROM pg_constraint WHERE contype IN ('c', 'f')"
            + " AND connamespace = 'app'::regnamespace ORDER BY 1");
  }

  private static List<String> apply(Connection connection, TargetDdl ddl) {
    List<String> unproved = new ArrayList<>();
    for (DdlStatement statement : ddl.post()) {
      DdlApplier.apply(
          connection,
          statement,
          u -> unproved.add(u.table() + " " + u.claim().name() + " " + u.rows() + " " + u.made()));
    }
    return unproved;
  }
}
