package dev.landfall.transforms.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.catalog.Servers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LedgerSchemaTest {
  private static final String SECOND = "CREATE TABLE landfall.more (id int)";
  private static final List<String> TWO =
      Stream.concat(LedgerSchema.released().stream(), Stream.of(SECOND)).toList();

  /** Everything that is in the schema, with when it was last changed. */
  private static List<String> all(Connection connection) throws SQLException {
    return Servers.rows(
        connection,
        "SELECT c.relname, c.xmin, a.attname, a.xmin FROM pg_class c JOIN pg_attribute a"
            + " ON a.attrelid = c.oid WHERE relnamespace = to_regnamespace('landfall')"
            + " ORDER BY c.oid, a.attnum");
  }

  private static List<String> numbers(Connection connection) throws SQLException {
    return Servers.rows(connection, "SELECT number FROM landfall.version ORDER BY number");
  }

  @Test
  void twoSessionsAtOnceMakeOneLedgerAndLaterOnesChangeNothing() throws Exception {
    try (FreshDatabase database = Servers.target();
        Connection one = Servers.open(database);
        Connection other = Servers.open(database)) {
      assertThat(LedgerSchema.isInstalled(one)).isFalse();
      CompletableFuture<Void> beside =
          CompletableFuture.runAsync(
              () -> {
                try {
                  LedgerSchema.install(other);
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      LedgerSchema.install(one);
      beside.get();
      assertThat(LedgerSchema.isInstalled(one)).isTrue();
      assertThat(numbers(one)).containsExactly("1");
      List<String> made = all(one);
      assertThat(made).hasSizeGreaterThan(200);
      LedgerSchema.install(other);
      assertThat(all(one)).isEqualTo(made);
      assertThat(one.getAutoCommit()).isTrue();
    }
  }

  @Test
  void laterMigrationIsAppliedOnceByWhoeverComes() throws SQLException {
    try (FreshDatabase database = Servers.target();
        Connection connection = Servers.open(database)) {
      LedgerSchema.install(connection);
      LedgerSchema.install(connection, TWO);
      LedgerSchema.install(connection, TWO);
      assertThat(numbers(connection)).containsExactly("1", "2");
      assertThat(Servers.rows(connection, "SELECT * FROM landfall.more")).isEmpty();
    }
    try (FreshDatabase database = Servers.target();
        Connection connection = Servers.open(database)) {
      LedgerSchema.install(connection);
      assertThat(LedgerSchema.isInstalled(connection, TWO)).isTrue();
      assertThat(LedgerSchema.isInstalled(connection, TWO)).isTrue();
      assertThat(numbers(connection)).containsExactly("1", "2");
    }
    try (FreshDatabase database = Servers.target();
        Connection connection = Servers.open(database)) {
      LedgerSchema.install(connection, TWO);
      assertThat(numbers(connection)).containsExactly("1", "2");
    }
  }

  @Test
  void migrationThatFailsLeavesNothing() throws SQLException {
    try (FreshDatabase database = Servers.target();
        Connection connection = Servers.open(database)) {
      LedgerSchema.install(connection);
      assertThatThrownBy(
              () ->
                  LedgerSchema.install(
                      connection,
                      Stream.concat(TWO.stream(), Stream.of("CREATE TABLE landfall.more (id int)"))
                          .toList()))
          .isInstanceOf(SQLException.class);
      assertThat(numbers(connection)).containsExactly("1");
      assertThat(Servers.rows(connection, "SELECT to_regclass('landfall.more')"))
          .containsExactly("null");
    }
  }

  @Test
  void readerThatMayNotBringItUpToDateIsTold() throws SQLException {
    try (FreshDatabase database = Servers.target();
        Connection connection = Servers.open(database)) {
      LedgerSchema.install(connection);
      String reader = "reader_" + database.name();
      Servers.execute(
          connection,
          "CREATE ROLE " + reader + " LOGIN PASSWORD 'p'",
          "GRANT USAGE ON SCHEMA landfall TO " + reader,
          "GRANT SELECT ON ALL TABLES IN SCHEMA landfall TO " + reader);
      try (Connection watcher = Servers.open(database, reader, "p")) {
        assertThat(LedgerSchema.isInstalled(watcher)).isTrue();
        LedgerSchema.install(watcher);
        refused(() -> LedgerSchema.isInstalled(watcher, TWO))
            .hasMessage(
                "The ledger in schema landfall of database \""
                    + database.name()
                    + "\" was made by an older Landfall (schema 1, this one knows 2), and this"
                    + " account may not bring it up to date: give any command with the account"
                    + " that owns it, or use that version.");
      } finally {
        Servers.execute(connection, "DROP OWNED BY " + reader, "DROP ROLE " + reader);
      }
    }
  }

  @Test
  void newerLedgerIsRefusedAndLeftAsItIs() throws SQLException {
    try (FreshDatabase database = Servers.target();
        Connection connection = Servers.open(database)) {
      LedgerSchema.install(connection, TWO);
      List<String> made = all(connection);
      String message =
          "The ledger in schema landfall of database \""
              + database.name()
              + "\" was made by a newer Landfall (schema 2, this one knows 1): use that version.";
      refused(() -> LedgerSchema.isInstalled(connection)).hasMessage(message);
      refused(() -> LedgerSchema.install(connection)).hasMessage(message);
      refused(() -> SnapshotReader.read(connection, "m")).hasMessage(message);
      refused(() -> new MigrationLedger(connection, "m").fixed()).hasMessage(message);
      refused(() -> new HistoryLedger(connection, "m").entries(1)).hasMessage(message);
      refused(() -> new RejectLedger(connection, "m").list(List.of(), true, 1)).hasMessage(message);
      assertThat(all(connection)).isEqualTo(made);
    }
  }

  @Test
  void ledgerFromBeforeNumbersIsRefused() throws SQLException {
    try (FreshDatabase database = Servers.target();
        Connection connection = Servers.open(database)) {
      LedgerSchema.install(connection);
      Servers.execute(connection, "DROP TABLE landfall.version");
      refused(() -> LedgerSchema.install(connection))
          .hasMessageContaining("has no number. Use that version; or begin anew")
          .hasMessageEndingWith("DROP SCHEMA landfall CASCADE.");
    }
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE));
  }
}
