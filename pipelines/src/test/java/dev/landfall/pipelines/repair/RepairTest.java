package dev.landfall.pipelines.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.CutRepairs;
import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.pipelines.SpecBed;
import dev.landfall.pipelines.SpecMigration;
import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Retries;
import dev.landfall.transforms.jdbc.Secret;
import dev.landfall.transforms.ledger.RejectList;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.refresh.HeldRows;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of differences of all kinds, in tables of all kinds. */
class RepairTest {
  /** Each table by what became of its keys, those of which something did. */
  private static List<String> counts(RepairReport report) {
    return report.tables().stream()
        .map(
            t ->
                t.target().substring("public.".length())
                    + Arrays.stream(Action.values())
                        .filter(a -> t.count(a) > 0)
                        .map(
                            a ->
                                " "
                                    + t.count(a)
                                    + " "
                                    + a.name().toLowerCase(java.util.Locale.ROOT))
                        .collect(Collectors.joining())
                    + (t.unnamed() > 0 ? " " + t.unnamed() + " unnamed" : ""))
        .toList();
  }

  private static List<String> reasons(RepairReport report) {
    return report.keys().stream()
        .filter(k -> k.reason() != null)
        .map(k -> k.table().substring("public.".length()) + k.key() + ": " + k.reason())
        .sorted()
        .toList();
  }

  private static RepairReport execute(Migration migration, boolean deleteExtra) {
    return migration.perform(
        new RepairTask(
            RepairRequest.builder().setExecute(true).setDeleteExtra(deleteExtra).build()));
  }

  private static RepairReport look(Migration migration) {
    return migration.perform(new RepairTask(RepairRequest.builder().build()));
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void aRejectedRowIsNeverCalledSettled(Source server) throws Exception {
    try (SpecBed bed = new SpecBed(server)) {
      bed.source(
          "SET sql_mode = ''",
          "CREATE TABLE days (d date PRIMARY KEY, n int)",
          "INSERT INTO days VALUES ('0000-00-00', 1), ('2021-01-01', 2)",
          "CREATE TABLE names (k varchar(9) COLLATE utf8mb4_bin PRIMARY KEY, n int)",
          "INSERT INTO names VALUES ('a\\0b', 1), ('c', 2)");
      try (Migration migration = bed.migration("load: {rejects: 10}")) {
        migration.perform(new MigrateTask(false));
        assertThat(migration.perform(new VerifyTask()).equal()).isFalse();
        for (RepairReport report : List.of(look(migration), execute(migration, true))) {
          assertThat(report.equal()).isFalse();
          assertThat(report.keys())
              .hasSize(2)
              .allSatisfy(
                  key -> assertThat(key.reason()).startsWith("the source's row was rejected: "));
        }
      }
    }
  }

  /** A reject shows its key as the source has it, which is not how the target writes it. */
  @ParameterizedTest
  @EnumSource(Source.class)
  void aRejectedRowIsFoundByTheSourcesKey(Source server) throws Exception {
    try (SpecBed bed = new SpecBed(server)) {
      bed.source(
          "SET sql_mode = ''",
          "CREATE TABLE bins (k varbinary(9) PRIMARY KEY, d date NOT NULL)",
          "INSERT INTO bins VALUES ('abc', '0000-00-00'), (0xff00, '0000-00-00'),"
              + " ('x', '2024-01-01')",
          "CREATE TABLE bits (k bit(9) PRIMARY KEY, d date NOT NULL)",
          "INSERT INTO bits VALUES (b'100000101', '0000-00-00'), (b'11', '2024-01-01')");
      try (Migration migration = bed.migration("load: {rejects: 10}")) {
        migration.perform(new MigrateTask(false));
        assertThat(migration.perform(new VerifyTask()).equal()).isFalse();
        bed.source("UPDATE bins SET d = '2024-02-02'", "UPDATE bits SET d = '2024-02-02'");

        RepairReport report = execute(migration, false);

        assertThat(report.equal()).isTrue();
        assertThat(report.keys())
            .extracting(key -> key.key().get("k") + " " + key.action())
            .containsExactlyInAnyOrder(
                "\\x616263 INSERTED", "\\xff00 INSERTED", "100000101 INSERTED");
        assertThat(migration.journal().rejects(List.of(), false, 10).standing()).isZero();
        assertThat(bed.ask("SELECT k, d FROM bits ORDER BY k"))
            .containsExactly("000000011|2024-01-01", "100000101|2024-02-02");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void keysThatTheApplicationGoesOnWritingAreSettled(Source server) throws Exception {
    keysThatTheApplicationGoesOnWritingAreSettled(server, "");
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void keysThatAreMadeAndGoOnBeingWrittenAreSettled(Source server) throws Exception {
    keysThatTheApplicationGoesOnWritingAreSettled(
        server, "mappings: [{table: hot, columns: {id: {uuid: id}, old: id}}]");
  }

  private static void keysThatTheApplicationGoesOnWritingAreSettled(Source server, String spec)
      throws Exception {
    try (SpecBed bed = new SpecBed(server)) {
      bed.source(
          "CREATE TABLE hot (id int PRIMARY KEY, n int)",
          "INSERT INTO hot VALUES (1, 0), (2, 0), (3, 0), (4, 0)");
      try (Migration migration = bed.migration(spec)) {
        migration.perform(new MigrateTask(false));
        bed.target("UPDATE hot SET n = -1");
        assertThat(migration.perform(new VerifyTask()).equal()).isFalse();
        RepairReport report;
        try (Hammer one = new Hammer(bed, "UPDATE hot SET n = n + 1 WHERE id < 3");
            Hammer other = new Hammer(bed, "REPLACE INTO hot VALUES (3, rand() * 1000000)")) {
          report = execute(migration, false);
          assertThat(one.stillWrites() && other.stillWrites()).isTrue();
        }
        assertThat(report.equal()).as(reasons(report).toString()).isTrue();
        assertThat(report.keys()).hasSize(4);
        // A writer that stood still for one of the looks let its keys be settled by that.
        assertThat(reasons(report))
            .allMatch(r -> r.contains("settled by try 7, with the source's row locked"));
        assertThat(report.warnings()).hasSize(reasons(report).isEmpty() ? 0 : 1);
        assertThat(bed.ask("SELECT n FROM hot WHERE n < 0")).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void keysThatCanNotBeHeldStillStayDifferentAndSayWhy(Source server) throws Exception {
    try (SpecBed bed = new SpecBed(server)) {
      bed.source(
          "CREATE TABLE hot (id int PRIMARY KEY, n int) ENGINE = MyISAM",
          "INSERT INTO hot VALUES (1, 0), (2, 0)");
      try (Migration migration = bed.migration("")) {
        migration.perform(new MigrateTask(false));
        RepairReport report;
        // A writer that stood still for one of the looks let its key be settled by that.
        int rounds = 0;
        do {
          bed.target("UPDATE hot SET n = -1");
          assertThat(migration.perform(new VerifyTask()).equal()).isFalse();
          try (Hammer hammer = new Hammer(bed, "UPDATE hot SET n = n + 1 WHERE id = 1")) {
            report = execute(migration, false);
            assertThat(hammer.stillWrites()).isTrue();
          }
        } while (report.equal() && ++rounds < 5);
        assertThat(report.equal()).isFalse();
        assertThat(reasons(report))
            .containsExactly(
                "hot{id=1}: it was tried 6 times and differs again: one of the sides goes on"
                    + " changing it, and MyISAM can't hold a row still");
        assertThat(bed.ask("SELECT n FROM hot WHERE id = 2")).containsExactly("0");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void rowsAreHeldByWhoMayOnlyReadThem(Source server) throws Exception {
    try (SpecBed bed = new SpecBed(server);
        Connection writer = bed.anotherSource();
        Statement write = writer.createStatement()) {
      bed.source(
          "CREATE TABLE hot (id int PRIMARY KEY, n int)",
          "INSERT INTO hot VALUES (1, 0)",
          "CREATE USER IF NOT EXISTS reader IDENTIFIED BY 'r'",
          "GRANT SELECT ON " + bed.sourceName() + ".* TO reader");
      ConnectionSettings root = bed.spec("").source().connection();
      ConnectionSettings reader =
          new ConnectionSettings(
              root.product(),
              root.host(),
              root.port(),
              root.database(),
              "reader",
              Secret.of("r"),
              Map.of());
      write.execute("SET innodb_lock_wait_timeout = 1");
      try (Connection held = HeldRows.open(reader);
          Statement read = held.createStatement()) {
        read.executeQuery("SELECT n FROM hot WHERE id = 1 OR id = 9").close();
        for (String sql :
            List.of(
                "SELECT n FROM hot WHERE id = 1 FOR UPDATE NOWAIT", "INSERT hot VALUES (9, 9)")) {
          assertThatThrownBy(() -> write.execute(sql))
              .isInstanceOfSatisfying(
                  SQLException.class,
                  e ->
                      assertThat(HeldRows.busy(e).isPresent() || e.getErrorCode() == 3572)
                          .isTrue());
        }
      }
      write.execute("INSERT hot VALUES (9, 9)");
    }
  }

  /** Writes as fast as the source takes it. */
  private static final class Hammer implements AutoCloseable {
    private final AtomicBoolean ends = new AtomicBoolean();
    private final Thread thread;

    Hammer(SpecBed bed, String sql) throws Exception {
      CountDownLatch begun = new CountDownLatch(1);
      thread =
          new Thread(
              () -> {
                try (Connection connection = bed.anotherSource();
                    Statement statement = connection.createStatement()) {
                  while (!ends.get()) {
                    statement.execute(sql);
                    begun.countDown();
                  }
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      thread.start();
      assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
    }

    boolean stillWrites() {
      return thread.isAlive();
    }

    @Override
    public void close() {
      ends.set(true);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void mendedRejectsCountNoMore() throws Exception {
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      bed.source(
          "SET sql_mode = ''",
          "CREATE TABLE days (id int PRIMARY KEY, d date NOT NULL)",
          "INSERT INTO days VALUES (1, '0000-00-00'), (2, '0000-00-00'), (3, '0000-00-00'),"
              + " (4, '2024-01-01')",
          "CREATE TABLE keyless (a int, d date NOT NULL)",
          "INSERT INTO keyless VALUES (1, '0000-00-00'), (2, '2024-01-01')");
      try (Migration migration = bed.migration("load: {rejects: 10}")) {
        migration.perform(new MigrateTask(false));
        assertThat(standing(migration)).containsExactly("1", "2", "3", "null");
        bed.source("UPDATE days SET d = '2024-01-01' WHERE id = 1");
        assertThat(migration.perform(new VerifyTask()).equal()).isFalse();
        assertThat(standing(migration)).containsExactly("1", "2", "3", "null");
        execute(migration, false);
        assertThat(standing(migration)).containsExactly("2", "3", "null");
        bed.source("UPDATE days SET d = '2024-01-01' WHERE id = 2");
        bed.target("INSERT INTO days VALUES (2, '2024-01-01')");
        migration.perform(
            new VerifyTask(VerifyRequest.builder().setLevel(VerifyRequest.Level.COUNT).build()));
        assertThat(standing(migration)).containsExactly("3", "null");
        bed.source("DELETE FROM days WHERE id = 3", "DELETE FROM keyless WHERE a = 1");
        migration.perform(
            new VerifyTask(VerifyRequest.builder().setLevel(VerifyRequest.Level.COUNT).build()));
        assertThat(standing(migration)).containsExactly("3", "null");
        assertThat(migration.perform(new VerifyTask()).equal()).isTrue();
        assertThat(standing(migration)).isEmpty();
        RejectList all = migration.journal().rejects(List.of(), true, 3);
        assertThat(all.standing() + " " + all.mended() + " " + all.rows().size())
            .isEqualTo("0 4 3");
        assertThat(all.rows())
            .allSatisfy(r -> assertThat(r.mended()).isNotNull())
            .extracting(RejectList.Row::mendedBy)
            .isSorted()
            .doesNotContainNull();
      }
    }
  }

  /** The ids of rows that are rejected still, as often as the snapshot counts them. */
  private static List<String> standing(Migration migration) {
    RejectList rejects = migration.journal().rejects(List.of(), false, 100);
    assertThat(rejects.standing())
        .isEqualTo(
            migration.snapshot().tables().stream().mapToLong(Snapshot.Table::rowsRejected).sum());
    return rejects.rows().stream().map(r -> String.valueOf(r.key().get("id"))).toList();
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void everyKindOfDifferenceIsRepaired(Source server) throws Exception {
    try (SpecBed bed = new SpecBed(server)) {
      bed.source(
          "SET sql_mode = ''",
          "CREATE TABLE plain (id int AUTO_INCREMENT PRIMARY KEY, name varchar(20),"
              + " ts timestamp(3) NOT NULL DEFAULT '2020-01-01' ON UPDATE CURRENT_TIMESTAMP(3),"
              + " m int, g int GENERATED ALWAYS AS (m * 2) STORED)",
          "INSERT INTO plain (id, name, m) VALUES (1,'a',1),(2,'b',2),(3,'c',3),(4,'d',4),"
              + "(10,'j',10)",
          "CREATE TABLE ring (id int PRIMARY KEY, code varchar(10) NOT NULL, UNIQUE (code))",
          "INSERT INTO ring VALUES (1,'a'),(2,'b'),(3,'c'),(4,'d')",
          "CREATE TABLE optional (id int PRIMARY KEY, code int, UNIQUE (code))",
          "INSERT INTO optional VALUES (1,1),(2,2),(3,NULL)",
          "CREATE TABLE chain (id int PRIMARY KEY, code bigint NOT NULL, UNIQUE (code))",
          "INSERT INTO chain VALUES (1,1),(2,2),(3,3)",
          "CREATE TABLE labels (id int PRIMARY KEY, kind enum('x','y') NOT NULL, n int,"
              + " UNIQUE (kind))",
          "INSERT INTO labels VALUES (1,'x',1),(2,'y',2)",
          "CREATE TABLE folded (id int PRIMARY KEY, name varchar(20) NOT NULL, UNIQUE (name))"
              + " CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci",
          "INSERT INTO folded VALUES (1,'Ast'),(2,'Bern')",
          "CREATE TABLE prefixed (id int PRIMARY KEY, body text NOT NULL, UNIQUE (body(4)))",
          "INSERT INTO prefixed VALUES (1,'aaaa1'),(2,'bbbb1')",
          "CREATE TABLE victim (id int PRIMARY KEY, code varchar(10) NOT NULL, n int,"
              + " UNIQUE (code))",
          "INSERT INTO victim VALUES (1,'a',1),(2,'b',2)",
          "CREATE TABLE parents (id int PRIMARY KEY, n int)",
          "INSERT INTO parents VALUES (1,1),(2,2),(3,3),(4,4)",
          "CREATE TABLE children (id int PRIMARY KEY, parent int,"
              + " FOREIGN KEY (parent) REFERENCES parents (id) ON DELETE CASCADE)",
          "INSERT INTO children VALUES (1,1),(2,1),(7,2),(9,4)",
          "CREATE TABLE bosses (id int PRIMARY KEY, boss int,"
              + " FOREIGN KEY (boss) REFERENCES bosses (id))",
          "INSERT INTO bosses VALUES (3,NULL),(2,3),(1,2)",
          "CREATE TABLE guarded (id int PRIMARY KEY, n int)",
          "INSERT INTO guarded VALUES (1,1),(2,2),(3,3)",
          "CREATE TABLE meanwhile (id int PRIMARY KEY, n int)",
          "INSERT INTO meanwhile VALUES (1,1),(2,2),(3,3)",
          "CREATE TABLE keyless (a int, b varchar(9))",
          "INSERT INTO keyless VALUES (1,'x'),(1,'x'),(2,'y')",
          "CREATE TABLE bad (id int PRIMARY KEY, name varchar(9))");
      try (Migration migration = bed.migration("")) {
        migration.perform(new MigrateTask(false));
        assertThatThrownBy(() -> look(migration))
            .isInstanceOfSatisfying(
                MigrationException.class,
                e -> {
                  assertThat(e.kind()).isEqualTo(MigrationException.Kind.USAGE);
                  assertThat(e.getMessage()).contains("landfall verify");
                });
        bed.target(
            "UPDATE plain SET name = 'bad', ts = '2001-01-01 UTC' WHERE id = 2",
            "DELETE FROM plain WHERE id IN (3, 10)",
            "INSERT INTO plain (id, name, m) VALUES (99, 'extra', 99)",
            "SELECT setval(pg_get_serial_sequence('plain', 'id'), 5)",
            "UPDATE ring SET code = 'z' || code",
            "UPDATE ring SET code = (ARRAY['b','c','a','d'])[id]",
            "UPDATE optional SET code = code + 10",
            "UPDATE optional SET code = 3 - id WHERE id < 3",
            "UPDATE chain SET code = code + 10",
            "UPDATE chain SET code = CASE id WHEN 1 THEN 9 ELSE id - 1 END",
            "DELETE FROM labels",
            "INSERT INTO labels VALUES (1,'y',1),(2,'x',2)",
            "DELETE FROM folded",
            "INSERT INTO folded VALUES (1,'BERN'),(2,'ast')",
            "DELETE FROM prefixed",
            "INSERT INTO prefixed VALUES (1,'bbbb2'),(2,'aaaa2')",
            "UPDATE victim SET n = 9 WHERE id = 1",
            "DELETE FROM parents WHERE id = 1",
            "INSERT INTO parents VALUES (50, 50), (51, 51)",
            "INSERT INTO children VALUES (500, 50)",
            "UPDATE children SET parent = 51 WHERE id = 7",
            "DELETE FROM children WHERE id = 9",
            "DELETE FROM bosses",
            "INSERT INTO bosses VALUES (3, NULL)",
            "UPDATE bosses SET id = 30",
            "UPDATE guarded SET n = -n",
            "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$BEGIN RAISE EXCEPTION 'two is mine'; END$$",
            "CREATE TRIGGER no BEFORE UPDATE ON guarded FOR EACH ROW WHEN (OLD.id = 2)"
                + " EXECUTE FUNCTION no()",
            "UPDATE meanwhile SET n = -n",
            "DELETE FROM keyless WHERE a = 1",
            "INSERT INTO keyless VALUES (2,'y'),(2,'y'),(3,NULL)");
        bed.source("INSERT INTO bad VALUES (1, concat('a', char(0))), (2, 'fine')");
        migration.perform(new VerifyTask());
        // What the verification saw is not what there is when the keys are refreshed.
        bed.source(
            "UPDATE victim SET code = 'c' WHERE id = 1",
            "UPDATE victim SET code = 'a' WHERE id = 2",
            "UPDATE victim SET code = 'b' WHERE id = 1",
            "DELETE FROM meanwhile WHERE id = 2");
        bed.target("UPDATE meanwhile SET n = 3 WHERE id = 3", "DELETE FROM parents WHERE id = 4");
        List<String> before = contents(bed);

        RepairReport dry = look(migration);

        assertThat(dry.executed()).isFalse();
        assertThat(dry.equal()).isFalse();
        assertThat(contents(bed)).isEqualTo(before);
        assertThat(bed.ask("SELECT count(*) FROM landfall.repair")).containsExactly("0");
        assertThat(counts(dry))
            .containsExactly(
                "bad 2 inserted",
                "bosses 3 inserted 1 left",
                "chain 3 updated",
                "children 3 inserted 1 updated 1 left",
                "folded 2 updated",
                "guarded 3 updated",
                "keyless 1 inserted 2 left",
                "labels 2 updated",
                "meanwhile 1 updated 1 unchanged 1 left",
                "optional 2 updated",
                "parents 1 inserted 2 left",
                "plain 2 inserted 1 updated 1 left",
                "prefixed 2 updated",
                "ring 3 updated",
                "victim 1 updated");

        RepairReport done = execute(migration, false);

        assertThat(done.equal()).isFalse();
        assertThat(reasons(done))
            .containsExactlyInAnyOrderElementsOf(
                List.of(
                    "bad{id=1}: invalid byte sequence for encoding \"UTF8\": 0x00"
                        + " (SQLState 22021)",
                    "bosses{id=30}: only the target has it",
                    "children{id=500}: only the target has it",
                    "guarded{id=2}: two is mine (SQLState P0001)",
                    "keyless{a=1, b=x}: the source had 2 of it, the target 0",
                    "keyless{a=2, b=y}: the source had 1 of it, the target 3",
                    "keyless{a=3, b=null}: the source had 0 of it, the target 1",
                    "meanwhile{id=2}: only the target has it",
                    "parents{id=4}: is what public.children id = 9 refers to",
                    "parents{id=50}: only the target has it",
                    "parents{id=51}: only the target has it",
                    "plain{id=99}: only the target has it",
                    "victim{id=2}: was in the way of public.victim id = 1"));
        assertThat(counts(done))
            .containsExactly(
                "bad 1 inserted 1 failed",
                "bosses 3 inserted 1 left",
                "chain 3 updated",
                "children 3 inserted 1 updated 1 left",
                "folded 2 updated",
                "guarded 2 updated 1 failed",
                "keyless 1 inserted 2 left",
                "labels 2 updated",
                "meanwhile 1 updated 1 unchanged 1 left",
                "optional 2 updated",
                "parents 2 inserted 2 left",
                "plain 2 inserted 1 updated 1 left",
                "prefixed 2 updated",
                "ring 3 updated",
                "victim 2 updated");
        assertThat(bed.ask("SELECT id, name, ts AT TIME ZONE 'UTC', g FROM plain ORDER BY id"))
            .containsExactly(
                "1|a|2020-01-01 00:00:00|2",
                "2|b|2020-01-01 00:00:00|4",
                "3|c|2020-01-01 00:00:00|6",
                "4|d|2020-01-01 00:00:00|8",
                "10|j|2020-01-01 00:00:00|20",
                "99|extra|"
                    + bed.ask("SELECT ts AT TIME ZONE 'UTC' FROM plain WHERE id = 99").get(0)
                    + "|198");
        assertThat(bed.ask("INSERT INTO plain (name) VALUES ('next') RETURNING id"))
            .containsExactly("11");
        bed.target("DELETE FROM plain WHERE id = 11");
        assertThat(
                bed.ask(
                    "SELECT target_table, key, action, before_hash IS NULL, after_hash IS NULL,"
                        + " before_hash = after_hash, reason, run = (SELECT max(id) FROM"
                        + " landfall.run WHERE command = 'repair')"
                        + " FROM landfall.repair WHERE target_table IN ('public.plain',"
                        + " 'public.meanwhile') ORDER BY target_table, (key->>'id')::int"))
            .containsExactly(
                "public.meanwhile|{\"id\": \"1\"}|UPDATED|f|f|f|null|t",
                "public.meanwhile|{\"id\": \"2\"}|LEFT|f|f|t|only the target has it|t",
                "public.meanwhile|{\"id\": \"3\"}|UNCHANGED|f|f|t|null|t",
                "public.plain|{\"id\": \"2\"}|UPDATED|f|f|f|null|t",
                "public.plain|{\"id\": \"3\"}|INSERTED|t|f|null|null|t",
                "public.plain|{\"id\": \"10\"}|INSERTED|t|f|null|null|t",
                "public.plain|{\"id\": \"99\"}|LEFT|f|f|t|only the target has it|t");

        bed.target("DROP TRIGGER no ON guarded");
        RepairReport all = execute(migration, true);

        assertThat(counts(all))
            .contains(
                "bad 1 inserted 1 failed",
                "bosses 3 inserted 1 deleted",
                "children 3 inserted 1 updated 1 deleted",
                "guarded 3 updated",
                "keyless 2 deleted 1 unchanged",
                "meanwhile 1 updated 1 deleted 1 unchanged",
                "parents 2 inserted 2 deleted",
                "plain 2 inserted 1 updated 1 deleted");
        assertThat(bed.ask("SELECT * FROM keyless ORDER BY a"))
            .containsExactly("1|x", "1|x", "2|y");
        bed.source("DELETE FROM bad WHERE id = 1");
        assertThat(migration.perform(new VerifyTask()).differences()).isEmpty();
        assertThat(bed.ask("SELECT * FROM children ORDER BY id"))
            .containsExactly("1|1", "2|1", "7|2", "9|4");

        RepairReport nothing = execute(migration, true);

        assertThat(nothing.equal()).isTrue();
        assertThat(nothing.keys()).isEmpty();
      }
    }
  }

  private static List<String> contents(SpecBed bed) throws java.sql.SQLException {
    List<String> contents = new ArrayList<>();
    for (String table :
        bed.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")) {
      contents.addAll(bed.ask("SELECT t.*, ctid, xmin FROM \"" + table + "\" t ORDER BY ctid"));
    }
    return contents;
  }

  private record Key(String type, String value) {}

  private static final List<Key> KEYS =
      List.of(
          new Key("tinyint", "n - 100"),
          new Key("int unsigned", "4294967295 - n"),
          new Key("bigint unsigned", "18446744073709551615 - n"),
          new Key("decimal(30,10)", "n * 1.0000000001 - 3"),
          new Key("double", "n * 0.1e0 - 5"),
          new Key("date", "'1999-11-11' + INTERVAL n DAY"),
          new Key("datetime(6)", "'2020-02-28 23:59:59.999990' + INTERVAL n MICROSECOND"),
          new Key("timestamp(6)", "'2021-10-25 00:00:00.5' + INTERVAL n HOUR"),
          new Key("time(3)", "sec_to_time((n - 5) * 10000.125)"),
          new Key("char(20)", "concat(char(97 + n), ' x')"),
          new Key("varchar(40)", "concat(if(n % 2, 'a ''\\\\', 'B-\u00e9'), n)"),
          new Key("varchar(40) character set latin1", "concat('\u00e4', n)"),
          new Key("varchar(40) collate utf8mb4_bin", "concat('\ud83d\ude00', n)"),
          new Key("enum('a','b','c','d','e','f','g','h','i')", "n"),
          new Key("binary(8)", "unhex(lpad(hex(n * 7919), 10, '0'))"),
          new Key("varbinary(16)", "unhex(md5(n))"),
          new Key("bit(64)", "n * 61489146912365"),
          new Key("year", "1990 + n"),
          new Key("set('a','b','c','d')", "n"),
          new Key("float", "n * 0.1e0 - 5"),
          new Key("varchar(40) character set sjis", "concat('\u8868', n)"),
          new Key("varchar(40) character set utf16", "concat('\ud83d\ude00', n)"),
          new Key("mediumint(6) zerofill", "n"));

  @ParameterizedTest
  @EnumSource(Source.class)
  void keysOfEveryType(Source server) throws Exception {
    try (SpecBed bed = new SpecBed(server)) {
      List<String> expected = new ArrayList<>();
      List<String> deleted = new ArrayList<>();
      bed.source("SET sql_mode = ''");
      for (int i = 0; i < KEYS.size(); i++) {
        String table = "k%02d".formatted(i);
        bed.source(
            "CREATE TABLE %s (k %s NOT NULL, n int, v varchar(9), PRIMARY KEY (k, n))"
                .formatted(table, KEYS.get(i).type()),
            "INSERT INTO %s SELECT %s, n, 'good' FROM (%s) s"
                .formatted(
                    table,
                    KEYS.get(i).value(),
                    Stream.of(1, 2, 3, 4, 5, 6, 7, 8)
                        .map(n -> "SELECT " + n + " AS n")
                        .collect(Collectors.joining(" UNION ALL "))));
        expected.add(table + " 1 inserted 1 updated 1 left");
        deleted.add(table + " 1 inserted 1 updated 1 deleted");
      }
      try (Migration migration = bed.migration("")) {
        migration.perform(new MigrateTask(false));
        for (int i = 0; i < KEYS.size(); i++) {
          String table = "k%02d".formatted(i);
          bed.source("DELETE FROM " + table + " WHERE n = 7");
          bed.target(
              "DELETE FROM " + table + " WHERE n = 3",
              "UPDATE " + table + " SET v = 'bad' WHERE n = 5");
        }
        migration.perform(new VerifyTask());

        assertThat(counts(look(migration))).containsExactlyElementsOf(expected);
        assertThat(counts(execute(migration, false))).containsExactlyElementsOf(expected);
        assertThat(counts(execute(migration, true))).containsExactlyElementsOf(deleted);
        assertThat(migration.perform(new VerifyTask()).differences()).isEmpty();
      }
    }
  }

  @Test
  void tablesOfTheUsersOwn() throws Exception {
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      bed.source(
          "CREATE TABLE mine (id int PRIMARY KEY, code varchar(5) NOT NULL, UNIQUE (code))",
          "INSERT INTO mine VALUES (1,'a'),(2,'b'),(3,'c')",
          "CREATE TABLE named (id int PRIMARY KEY, code varchar(5) NOT NULL, UNIQUE (code))",
          "INSERT INTO named VALUES (1,'a'),(2,'b')",
          "CREATE TABLE parents (id int PRIMARY KEY, n int)",
          "INSERT INTO parents VALUES (1,1)",
          "CREATE TABLE doubled (id int PRIMARY KEY, n int)",
          "INSERT INTO doubled VALUES (1,1),(2,2)",
          "CREATE TABLE flags (id int PRIMARY KEY, f tinyint(1) NOT NULL, UNIQUE (f))",
          "INSERT INTO flags VALUES (1,0),(2,1)");
      bed.target(
          "CREATE TABLE mine (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
              + " code varchar(5) NOT NULL UNIQUE, note text)",
          "CREATE TABLE named (id int PRIMARY KEY, code varchar(5) NOT NULL UNIQUE)",
          "CREATE TABLE parents (id int PRIMARY KEY, n int)",
          "CREATE TABLE doubled (id int, n int)",
          "CREATE TABLE flags (id int PRIMARY KEY, f boolean NOT NULL UNIQUE, note text)",
          "CREATE TABLE log (parent int REFERENCES parents ON DELETE CASCADE,"
              + " code varchar(5) REFERENCES named (code) ON UPDATE SET NULL)");
      try (Migration migration = bed.migration("")) {
        migration.perform(new MigrateTask(false));
        bed.target(
            "UPDATE mine SET note = 'kept ' || id",
            "DELETE FROM mine WHERE id = 3",
            "UPDATE mine SET code = 'z' || code",
            "UPDATE mine SET code = CASE id WHEN 1 THEN 'b' ELSE 'a' END",
            "UPDATE named SET code = 'x' || code",
            "INSERT INTO parents VALUES (60, 60)",
            "INSERT INTO log VALUES (60, 'xa')",
            "INSERT INTO doubled VALUES (1, 7), (2, 2)",
            "UPDATE doubled SET n = 8 WHERE n = 1",
            "UPDATE flags SET note = 'kept'",
            "DELETE FROM flags",
            "INSERT INTO flags VALUES (1, true, 'kept'), (2, false, 'kept')");
        migration.perform(new VerifyTask());

        RepairReport left = execute(migration, false);

        assertThat(counts(left))
            .containsExactly(
                "doubled 2 left",
                "flags 2 failed",
                "mine 1 inserted 2 updated",
                "named 1 updated 1 failed",
                "parents 1 left");
        assertThat(reasons(left))
            .filteredOn(r -> !r.startsWith("flags"))
            .containsExactlyInAnyOrder(
                "doubled{id=1}: the target has 2 rows of this key",
                "doubled{id=2}: the target has 2 rows of this key",
                "named{id=1}: rows refer to it that would lose their reference: foreign key"
                    + " log_code_fkey of public.log",
                "parents{id=60}: only the target has it");
        assertThat(bed.ask("SELECT * FROM mine ORDER BY id"))
            .containsExactly("1|a|kept 1", "2|b|kept 2", "3|c|null");
        assertThat(bed.ask("SELECT id, f, note FROM flags ORDER BY id"))
            .containsExactly("1|t|kept", "2|f|kept");

        RepairReport deleted = execute(migration, true);

        assertThat(counts(deleted))
            .containsExactly(
                "doubled 2 updated",
                "flags 2 failed",
                "mine 1 inserted 2 updated",
                "named 1 updated 1 failed",
                "parents 1 failed");
        assertThat(reasons(deleted))
            .contains(
                "parents{id=60}: rows refer to it that would go with it: foreign key"
                    + " log_parent_fkey of public.log");
        assertThat(bed.ask("SELECT * FROM log")).containsExactly("60|xa");
        assertThat(bed.ask("SELECT * FROM doubled ORDER BY id")).containsExactly("1|1", "2|2");

        // Without the column that Landfall does not know, and without the reference, they can be.
        bed.target("ALTER TABLE flags DROP COLUMN note", "DELETE FROM log");
        assertThat(execute(migration, true).equal()).isTrue();
        assertThat(migration.perform(new VerifyTask()).differences()).isEmpty();
      }
    }
  }

  @Test
  void mappedTablesAndManyKeysByJobs() throws Exception {
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      bed.source(
          "CREATE TABLE big (id int PRIMARY KEY, name varchar(20), age int)",
          "INSERT INTO big SELECT seq, concat('n', seq), seq % 90 FROM seq_1_to_5001",
          "CREATE TABLE small (id int PRIMARY KEY)");
      CutRepairs launcher = new CutRepairs();
      try (Migration migration =
          SpecMigration.of(
              bed.spec(
                  """
                  mappings:
                    - table: big
                      split:
                        - to: people
                          columns: {id: id, full_name: name}
                        - to: ages
                          columns: {id: id, age: age, origin: {constant: shop}}
                  """),
              launcher)) {
        migration.perform(new MigrateTask(false));
        bed.target(
            "UPDATE people SET full_name = 'x'",
            "DELETE FROM ages WHERE id > 4000",
            "UPDATE ages SET origin = 'elsewhere' WHERE id <= 10");
        migration.perform(new VerifyTask(VerifyRequest.builder().setMaxDifferences(3_000).build()));

        RepairReport done =
            migration.perform(
                new RepairTask(
                    RepairRequest.builder().setExecute(true).setTables(List.of("people")).build()));

        assertThat(counts(done)).containsExactly("people 3000 updated 2001 unnamed");
        assertThat(done.equal()).isTrue();
        assertThat(counts(execute(migration, false)))
            .containsExactlyInAnyOrder(
                "ages 1001 inserted 10 updated", "people 3000 updated 2001 unnamed");
        assertThat(bed.ask("SELECT count(*) FROM landfall.repair")).containsExactly("4011");
        migration.perform(new VerifyTask());
        // As many as end a repair that does not get on; with the first one it did.
        launcher.cut(Retries.MOST_FRUITLESS);
        assertThat(execute(migration, false).equal()).isTrue();
        assertThat(migration.perform(new VerifyTask()).differences()).isEmpty();
        assertThatThrownBy(
                () ->
                    migration.perform(
                        new RepairTask(
                            RepairRequest.builder().setTables(List.of("nobody")).build())))
            .hasMessageContaining("--table nobody is none of the migration's tables");
        assertThatThrownBy(
                () ->
                    migration.perform(
                        new RepairTask(
                            RepairRequest.builder().setTables(List.of("mysql://u:s@h/d")).build())))
            .hasMessageContaining("--table *** is none of the migration's tables");
      }
    }
  }
}
