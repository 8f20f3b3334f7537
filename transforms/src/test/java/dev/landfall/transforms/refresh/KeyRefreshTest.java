package dev.landfall.transforms.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.ddl.Mappings;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Secret;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.ledger.RunLedger;
import dev.landfall.transforms.ledger.RunTransaction;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.value.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One batch of keys, between real servers. */
class KeyRefreshTest {
  private static final TargetPosition T = new TargetPosition(0, 0);

  private static FreshDatabase sourceDatabase;
  private static FreshDatabase targetDatabase;
  private static Connection source;
  private static Connection target;
  private static Mapping mapping;
  private MigrationKey migration;

  @BeforeAll
  static void open() throws SQLException {
    sourceDatabase = Servers.Source.MARIADB.fresh();
    targetDatabase = Servers.target();
    source = Servers.open(sourceDatabase);
    target = Servers.open(targetDatabase);
    Servers.execute(source, "CREATE TABLE t (id int PRIMARY KEY, code varchar(9) NOT NULL, n int)");
    // Unique without regard to case, which the source is not: one of its rows may have no place.
    Servers.execute(
        target,
        "CREATE TABLE t (id int PRIMARY KEY, code varchar(9) NOT NULL, n int)",
        "CREATE UNIQUE INDEX t_code ON t (lower(code)) WHERE n IS NULL OR n >= 0");
    mapping =
        Mappings.plain(
            SourceSchemaReader.read(source, sourceDatabase.name(), name -> true), "public");
    MigrationLedger ledger = new MigrationLedger(target, "m");
    ledger.install();
    ledger.add(
        "shop",
        new MigrationLedger.Fixed(List.of(), Set.of(), Set.of(), Set.of(), Set.of()),
        mapping);
  }

  @BeforeEach
  void begin() throws SQLException {
    Servers.execute(source, "DELETE FROM t");
    Servers.execute(target, "DELETE FROM t", "DELETE FROM landfall.repair");
    migration =
        new MigrationKey(
            settings(targetDatabase, ConnectionSettings.Product.POSTGRESQL),
            "m",
            new RunLedger(target, "m").startRun("repair", "me"));
  }

  @AfterAll
  static void close() throws SQLException {
    Pools.closeAll();
    source.close();
    target.close();
    sourceDatabase.close();
    targetDatabase.close();
  }

  private static ConnectionSettings settings(
      FreshDatabase database, ConnectionSettings.Product product) {
    EmbeddedServer server = database.server();
    return new ConnectionSettings(
        product,
        server.host(),
        server.port(),
        database.name(),
        server.user(),
        Secret.of(server.password()),
        Map.of());
  }

  /** What the ledger has of a row with those values. */
  private static String hash(String... texts) {
    Rows.Builder row = Rows.builder(texts.length);
    Arrays.stream(texts).forEach(row::addText);
    return new RowIdentity(mapping.target(T)).hash(row.build(), 0).row();
  }

  private static KeyBatch batch(boolean deletes, String... keys) throws SQLException {
    List<List<String>> texts = Arrays.stream(keys).map(List::of).toList();
    return new KeyBatch(T, new RowKeys(mapping, T).ofTarget(source, texts, rows -> {}), deletes);
  }

  private KeyRefresh refresh() {
    return new KeyRefresh(mapping, migration, 7L);
  }

  private static List<String> texts(List<RefreshedKey> keys) {
    return keys.stream()
        .map(
            k ->
                k.key().get("id")
                    + " "
                    + k.action().name().toLowerCase(Locale.ROOT)
                    + (k.reason() == null ? "" : ": " + k.reason()))
        .toList();
  }

  private static void rows(Connection connection, String values) throws SQLException {
    if (!values.isEmpty()) {
      Servers.execute(connection, "INSERT INTO t VALUES " + values);
    }
  }

  /**
   * @param source rows of the source, {@code target} those of the target before
   * @param keys what is asked for; {@code 1,2! } with deletions
   * @param results what becomes of keys
   * @param after the target's rows afterwards
   */
  private record Situation(
      String source, String target, String keys, List<String> results, List<String> after) {}

  private static final List<Situation> SITUATIONS =
      List.of(
          new Situation(
              "(1,'a',1),(2,'b',2),(3,'c',3)",
              "(2,'b',9),(3,'c',3),(4,'d',4)",
              "1,2,3,4,5,1",
              List.of(
                  "1 inserted",
                  "2 updated",
                  "3 unchanged",
                  "4 left: only the target has it",
                  "5 unchanged"),
              List.of("1|a|1", "2|b|2", "3|c|3", "4|d|4")),
          new Situation("", "(4,'d',4)", "4,5!", List.of("4 deleted", "5 unchanged"), List.of()),
          // No number at all, beside one.
          new Situation(
              "(1,'a',NULL)",
              "(1,'a',0)",
              "x',1",
              List.of("x' unchanged", "1 updated"),
              List.of("1|a|null")),
          // In the way by the index's expression, and asked for alone.
          new Situation(
              "(1,'a',1),(2,'b',2)",
              "(1,'B',1),(2,'A',2)",
              "1",
              List.of("1 updated", "2 updated: was in the way of public.t id = 1"),
              List.of("1|a|1", "2|b|2")),
          new Situation(
              "(1,'a',1),(2,'b',2),(3,'c',3)",
              "(1,'b',1),(2,'c',2),(3,'a',3)",
              "2",
              List.of(
                  "2 updated",
                  "1 updated: was in the way of public.t id = 2",
                  "3 updated: was in the way of public.t id = 1"),
              List.of("1|a|1", "2|b|2", "3|c|3")),
          // The row in the way is outside of the index.
          new Situation(
              "(1,'a',1)", "(2,'a',-1)", "1", List.of("1 inserted"), List.of("1|a|1", "2|a|-1")),
          // Two rows of the source have the place of one; the others do not suffer.
          new Situation(
              "(1,'a',1),(2,'A',2),(3,'c',3)",
              "(1,'a',1)",
              "2,3",
              List.of(
                  "2 failed: duplicate key value violates unique constraint \"t_code\" (SQLState"
                      + " 23505): Key (lower(code::text))=(a) already exists.; public.t id = 1 has"
                      + " it in the source too",
                  "3 inserted",
                  "1 unchanged: was in the way of public.t id = 2"),
              List.of("1|a|1", "3|c|3")),
          // What is in the way is in the target only.
          new Situation(
              "(1,'a',1)",
              "(9,'A',1)",
              "1",
              List.of(
                  "1 failed: duplicate key value violates unique constraint \"t_code\" (SQLState"
                      + " 23505): Key (lower(code::text))=(a) already exists.; public.t id = 9 is"
                      + " only in the target and in the way: --delete-extra deletes it",
                  "9 left: only the target has it"),
              List.of("9|A|1")),
          new Situation(
              "(1,'a',1)",
              "(9,'A',1)",
              "1!",
              List.of("1 inserted", "9 deleted: was in the way of public.t id = 1"),
              List.of("1|a|1")));

  @Test
  void everySituation() throws SQLException {
    for (Situation situation : SITUATIONS) {
      Servers.execute(source, "DELETE FROM t");
      Servers.execute(target, "DELETE FROM t");
      rows(source, situation.source());
      rows(target, situation.target());
      boolean deletes = situation.keys().endsWith("!");
      String[] keys = situation.keys().replace("!", "").split(",", -1);

      List<RefreshedKey> results = refresh().run(source, target, batch(deletes, keys));

      assertThat(texts(results)).as("%s", situation).isEqualTo(situation.results());
      List<String> after = Servers.rows(target, "SELECT * FROM t ORDER BY id");
      assertThat(after).as("%s", situation).isEqualTo(situation.after());
      // Once more changes nothing.
      refresh().run(source, target, batch(deletes, keys));
      assertThat(Servers.rows(target, "SELECT * FROM t ORDER BY id")).isEqualTo(after);
    }
  }

  @Test
  void whoComesSecondReadsBehindTheFirst() throws Exception {
    rows(source, "(1,'a',1)");
    rows(target, "(1,'a',0)");
    try (Connection first = Servers.open(targetDatabase);
        Connection second = Servers.open(targetDatabase);
        Connection from = Servers.open(sourceDatabase)) {
      first.setAutoCommit(false);
      RunTransaction.queueForTable(first, "m", 0);
      KeyRefresh refresh = refresh();
      CompletableFuture<List<RefreshedKey>> result =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return refresh.run(from, second, batch(false, "1"));
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (Servers.rows(
              target, "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
          .isEmpty()) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        assertThat(result).isNotDone();
        Thread.onSpinWait();
      }
      Servers.execute(source, "UPDATE t SET n = 2");
      first.commit();

      assertThat(texts(result.get(60, TimeUnit.SECONDS))).containsExactly("1 updated");
    }
    assertThat(Servers.rows(target, "SELECT * FROM t")).containsExactly("1|a|2");
  }

  @Test
  void nothingIsDoneForARunThatHasEnded() throws SQLException {
    rows(source, "(1,'a',1)");
    KeyRefresh late = refresh();
    new RunLedger(target, "m").startRun("repair", "another");

    assertThatThrownBy(() -> late.run(source, target, batch(true, "1")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has ended");

    target.setAutoCommit(true);
    assertThat(Servers.rows(target, "SELECT * FROM t")).isEmpty();
    assertThat(Servers.rows(target, "SELECT * FROM landfall.repair")).isEmpty();
  }

  private static final String IN_THE_WAY = ": was in the way of public.t id = 2";

  @Test
  void asATransform() throws SQLException {
    rows(source, "(1,'a',1),(2,'b',2)");
    rows(target, "(1,'b',1),(3,'c',3)");
    Pipeline pipeline = Pipeline.create();
    PCollection<RefreshedKey> keys =
        pipeline
            .apply(
                Create.of(batch(true, "1", "3"), batch(true, "2"), batch(true, "1"))
                    .withCoder(SerializableCoder.of(KeyBatch.class)))
            .apply(
                RefreshKeys.of(
                        settings(sourceDatabase, ConnectionSettings.Product.MYSQL),
                        migration,
                        mapping)
                    .onBehalfOf(7));
    PAssert.that(keys)
        .satisfies(
            all -> {
              List<RefreshedKey> found = new ArrayList<>();
              all.forEach(found::add);
              // Side by side: who inserts the second row may find the first one in its way still.
              List<String> texts =
                  texts(found).stream().map(t -> t.replace(IN_THE_WAY, "")).toList();
              assertThat(texts).contains("1 unchanged");
              assertThat(texts)
                  .filteredOn(text -> !text.equals("1 unchanged"))
                  .containsExactlyInAnyOrder("1 updated", "2 inserted", "3 deleted");
              return null;
            });

    pipeline.run().waitUntilFinish();

    assertThat(Servers.rows(target, "SELECT * FROM t ORDER BY id"))
        .containsExactly("1|a|1", "2|b|2");
    assertThat(
            Servers.rows(
                target,
                "SELECT DISTINCT run = "
                    + migration.run()
                    + ", migration, verification, table_position, target_table, key, action,"
                    + " before_hash, after_hash FROM landfall.repair ORDER BY key, action"))
        .containsExactly(
            "t|m|7|0|public.t|{\"id\": \"1\"}|UNCHANGED|"
                + hash("1", "a", "1")
                + "|"
                + hash("1", "a", "1"),
            "t|m|7|0|public.t|{\"id\": \"1\"}|UPDATED|"
                + hash("1", "b", "1")
                + "|"
                + hash("1", "a", "1"),
            "t|m|7|0|public.t|{\"id\": \"2\"}|INSERTED|null|" + hash("2", "b", "2"),
            "t|m|7|0|public.t|{\"id\": \"3\"}|DELETED|" + hash("3", "c", "3") + "|null");
  }
}
