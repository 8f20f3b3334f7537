package dev.landfall.pipelines.define;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.FreshDatabase;
import dev.landfall.embedded.SharedServers;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ddl.DdlStatement;
import dev.landfall.transforms.ddl.DdlStatement.Claim;
import dev.landfall.transforms.ddl.DdlStatement.Kind;
import dev.landfall.transforms.ddl.TargetDdl;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Connections;
import dev.landfall.transforms.jdbc.Secret;
import dev.landfall.transforms.ledger.Event;
import dev.landfall.transforms.ledger.Step;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.BrokenSql;
import dev.landfall.transforms.sql.ConstraintSql;
import dev.landfall.transforms.sql.DdlSql;
import dev.landfall.transforms.sql.IndexSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys, indexes and foreign keys, built side by side on a real server. */
@Timeout(120)
class DefinitionsTest {
  /** Statements that begin like that wait for advisory lock 77. */
  private static final String HOLD =
      """
      CREATE FUNCTION hold() RETURNS event_trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF current_query() ~ '%s' THEN
          PERFORM pg_advisory_xact_lock_shared(77);
        END IF;
      END $$;
      CREATE EVENT TRIGGER hold ON ddl_command_start EXECUTE FUNCTION hold()
      """;

  private static final String HELD =
      "SELECT a.query FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
          + " WHERE l.locktype = 'advisory' AND l.objid = 77 AND NOT l.granted"
          + " AND a.datname = current_database() ORDER BY 1";

  private static final String CONSTRAINTS =
      "SELECT format('%s %s %s', conname, contype, convalidated) FROM pg_constraint"
          + " WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'f', 'u') ORDER BY 1";

  private FreshDatabase database;
  private Connection target;
  private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void open() throws SQLException {
    database = SharedServers.postgres().freshDatabase("define_");
    target = Connections.open(settings());
  }

  @AfterEach
  void close() throws SQLException {
    target.close();
    database.close();
  }

  @Test
  void foreignKeysOfSeveralTablesAreProvedAtTheSameTime() throws Exception {
    execute(
        "CREATE TABLE top (id int PRIMARY KEY)",
        "CREATE TABLE a (id int, up int)",
        "CREATE TABLE b (id int, up int)",
        "INSERT INTO top VALUES (1)",
        "INSERT INTO a VALUES (1, 1)",
        "INSERT INTO b VALUES (1, 1), (2, 7)",
        HOLD.formatted("VALIDATE"));
    execute("SELECT pg_advisory_lock(77)");

    CompletableFuture<Void> run =
        start(List.of(foreignKey("a", "top"), foreignKey("b", "top")), Map.of());
    List<String> held = await(2);
    execute("SELECT pg_advisory_unlock(77)");
    run.get(60, TimeUnit.SECONDS);

    assertThat(held.get(0)).contains("\"a\"");
    assertThat(held.get(1)).contains("\"b\"");
    assertThat(ask(CONSTRAINTS)).containsExactly("a_up f t", "b_up f f", "top_pkey p t");
    assertThat(events)
        .singleElement()
        .asString()
        .contains("public.b: b_up holds for new rows only");
  }

  /** Four sessions build: three indexes of one table, and one of the next. */
  @Test
  void theLargestTablesAreBuiltFirstAndAllOfOneTableAtOnce() throws Exception {
    execute(
        "CREATE TABLE small (id int NOT NULL, v int)",
        "CREATE TABLE large (id int NOT NULL, v int)",
        "CREATE TABLE middle (id int NOT NULL, v int)",
        HOLD.formatted("CREATE.* INDEX|\"middle_pkey\""));
    execute("SELECT pg_advisory_lock(77)");

    CompletableFuture<Void> run =
        start(
            List.of(
                key("small"), key("middle"), key("large"), index("large", "v"), unique("large")),
            Map.of("large", 3L, "middle", 2L, "small", 1L));
    List<String> held = await(4);
    execute("SELECT pg_advisory_unlock(77)");
    run.get(60, TimeUnit.SECONDS);

    assertThat(held.stream().map(sql -> sql.replaceAll("\\s+", " ")))
        .containsExactlyInAnyOrder(
            "CREATE INDEX \"large_v\" ON \"public\".\"large\" (\"v\")",
            "CREATE UNIQUE INDEX \"large_pkey\" ON \"public\".\"large\" (\"id\")",
            "CREATE UNIQUE INDEX \"large_u\" ON \"public\".\"large\" (\"id\", \"v\")",
            "ALTER TABLE \"public\".\"middle\" ADD CONSTRAINT \"middle_pkey\" PRIMARY KEY (\"id\")");
    assertThat(ask(CONSTRAINTS))
        .containsExactly("large_pkey p t", "large_u u t", "middle_pkey p t", "small_pkey p t");
  }

  /** Killed between the index of a key and the key. */
  @Test
  void aKeyWhoseIndexIsThereTakesIt() throws Exception {
    execute(
        "CREATE TABLE a (id int NOT NULL, v int)",
        "CREATE UNIQUE INDEX a_pkey ON a (id)",
        "CREATE UNIQUE INDEX a_u ON a (id, v)");
    String indexes = "SELECT indexrelid FROM pg_index WHERE indrelid = 'a'::regclass ORDER BY 1";
    List<String> before = ask(indexes);
    List<DdlStatement> post = List.of(key("a"), unique("a"));

    start(post, Map.of()).get(60, TimeUnit.SECONDS);
    start(post, Map.of()).get(60, TimeUnit.SECONDS);

    assertThat(ask(CONSTRAINTS)).containsExactly("a_pkey p t", "a_u u t");
    assertThat(ask(indexes)).isEqualTo(before);
  }

  @Test
  void aFailureEndsTheOthersAndSaysWhatToDo() throws Exception {
    execute(
        "CREATE TABLE a (id int NOT NULL, v int)",
        "CREATE TABLE b (id int NOT NULL, v int)",
        "INSERT INTO a VALUES (1, 1), (1, 1)");

    assertThatThrownBy(
            () ->
                start(List.of(key("a"), unique("a"), key("b")), Map.of("a", 1L))
                    .get(60, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("The target refused a definition for public.a")
        .hasMessageContaining("Rows are equal here that the source tells apart");
    assertThat(
            ask("SELECT pid FROM pg_stat_activity WHERE query LIKE 'CREATE%' AND state = 'active'"))
        .isEmpty();
  }

  /** PostgreSQL below 18 can't make such a foreign key for new rows only. */
  @Test
  void aPartitionedTableHasItsKeysToo() throws Exception {
    execute(
        "CREATE TABLE top (id int PRIMARY KEY)",
        "CREATE TABLE a (id int NOT NULL, up int) PARTITION BY RANGE (id)",
        "CREATE TABLE a1 PARTITION OF a FOR VALUES FROM (0) TO (10)",
        "INSERT INTO top VALUES (1)",
        "INSERT INTO a VALUES (1, 1)");
    TableName table = name("a");
    run(
            new TargetDdl(
                List.of(new DdlStatement(table, "a1", "", Kind.PARTITION)),
                List.of(key("a"), index("a", "up"), foreignKey("a", "top")),
                List.of()),
            Map.of())
        .get(60, TimeUnit.SECONDS);

    assertThat(
            ask(
                "SELECT conname || ' ' || convalidated FROM pg_constraint WHERE"
                    + " conrelid = 'a'::regclass AND contype IN ('p', 'f') ORDER BY 1"))
        .containsExactly("a_pkey true", "a_up true");
  }

  @Test
  void buildersTakeNoMoreMemoryThanTheServerHas() throws Exception {
    execute("SET maintenance_work_mem = '2GB'", DdlSql.BUILD_SESSION);

    assertThat(
            ask(
                "SELECT pg_size_bytes(current_setting('maintenance_work_mem')) <= greatest("
                    + " pg_size_bytes('64MB'), pg_size_bytes(current_setting('shared_buffers')) / 8)"))
        .containsExactly("t");
    assertThat(ask(DdlSql.BUILDERS)).containsExactly("4");

    execute("SET maintenance_work_mem = '16MB'", DdlSql.BUILD_SESSION);
    assertThat(ask("SHOW maintenance_work_mem")).containsExactly("16MB");
  }

  private static TableName name(String table) {
    return new TableName("public", table);
  }

  private static DdlStatement key(String table) {
    String name = table + "_pkey";
    return new DdlStatement(
        name(table),
        name,
        ConstraintSql.addPrimaryKey(name(table), name, List.of("id")),
        Kind.PRIMARY_KEY);
  }

  private static DdlStatement unique(String table) {
    String name = table + "_u";
    return new DdlStatement(
        name(table),
        name,
        ConstraintSql.addUnique(name(table), name, List.of("id", "v")),
        Kind.UNIQUE);
  }

  private static DdlStatement index(String table, String column) {
    String name = table + "_" + column;
    List<String> parts = List.of(IndexSql.part(column, /* descending= */ false));
    return new DdlStatement(
        name(table),
        name,
        IndexSql.createIndex(name(table), name, /* unique= */ false, parts),
        Kind.INDEX);
  }

  private static DdlStatement foreignKey(String table, String referenced) {
    String name = table + "_up";
    String sql =
        ConstraintSql.addForeignKey(
            name(table), name, List.of("up"), name(referenced), List.of("id"), List.of());
    return new DdlStatement(
        name(table),
        name,
        sql,
        Kind.FOREIGN_KEY,
        List.of(
            new Claim(
                name,
                ConstraintSql.unproved(sql),
                BrokenSql.dangling(name(table), List.of("up"), name(referenced), List.of("id")),
                null,
                null)));
  }

  private CompletableFuture<Void> start(List<DdlStatement> post, Map<String, Long> rows) {
    return run(new TargetDdl(List.of(), post, List.of()), rows);
  }

  private CompletableFuture<Void> run(TargetDdl ddl, Map<String, Long> rows) {
    ConnectionSettings settings = settings();
    Definitions definitions =
        new Definitions(
            settings,
            ddl,
            () -> false,
            new BrokenRows(settings, settings, "none"),
            events::add,
            new Definitions.Steps() {
              @Override
              public void begin(Step.Kind kind, List<DdlStatement> definitions) {}

              @Override
              public long rows(TableName table) {
                return rows.getOrDefault(table.table(), 0L);
              }

              @Override
              public void done(DdlStatement definition) {}
            });
    return CompletableFuture.runAsync(definitions::applyPost, Executors.newSingleThreadExecutor());
  }

  /** The statements that are held, once there are so many. */
  private List<String> await(int sessions) throws Exception {
    List<String> held = ask(HELD);
    while (held.size() < sessions) {
      Thread.sleep(20);
      held = ask(HELD);
    }
    return held;
  }

  private void execute(String... statements) throws SQLException {
    try (Statement statement = target.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private List<String> ask(String sql) throws SQLException {
    List<String> answers = new ArrayList<>();
    try (Statement statement = target.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        answers.add(rows.getString(1));
      }
    }
    return answers;
  }

  private ConnectionSettings settings() {
    EmbeddedServer server = database.server();
    return new ConnectionSettings(
        ConnectionSettings.Product.POSTGRESQL,
        server.host(),
        server.port(),
        database.name(),
        server.user(),
        Secret.of(server.password()),
        Map.of());
  }
}
