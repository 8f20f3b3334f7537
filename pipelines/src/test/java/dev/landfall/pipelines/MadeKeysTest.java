package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.Move.Source;
import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.repair.RepairTask;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.model.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys of the target that do not tell what the source has: its rows are found all the same. */
class MadeKeysTest {
  @TempDir private Path directory;

  /** One table with the columns {@code n} and {@code v}, and what its key becomes. */
  private record Case(String table, String columns, String values, String mapping) {}

  private static final List<Case> CASES =
      List.of(
          new Case(
              "as_uuid", "n int PRIMARY KEY", "n", "{columns: {id: {uuid: n}, n: n}, key: id}"),
          new Case(
              "as_number",
              "n int NOT NULL, code varchar(9) PRIMARY KEY",
              "n, concat('c', n)",
              "{columns: {id: {number: code}, code: code}, key: id}"),
          new Case(
              "by_expression",
              "n int PRIMARY KEY",
              "n",
              "{where: n < 100, columns: {id: {expr: 'n * 10', type: bigint}, n: n}, key: id}"),
          new Case(
              "of_null",
              "n int PRIMARY KEY, code varchar(9) UNIQUE",
              "n, IF(n = 5, NULL, concat('c', n))",
              "{columns: {code: {ifNull: '-'}}, key: code}"),
          new Case(
              "by_rule",
              "n int NOT NULL, d date PRIMARY KEY",
              "n, IF(n = 5, '0000-00-00', '2020-01-01' + INTERVAL n DAY)",
              "{rules: {zeroDate: {value: 1999-01-01}}}"),
          new Case(
              "with_constant",
              "n int PRIMARY KEY, mail varchar(20) NOT NULL",
              "n, concat(' Ann', n, '@A.DE ')",
              "{columns: {origin: {constant: shop}, mail: {apply: [trim, lower]}},"
                  + " key: [origin, mail]}"),
          new Case(
              "joined",
              "n int NOT NULL, a varchar(9), b varbinary(9), PRIMARY KEY (a, b)",
              "n, concat('a', n), x'ff00'",
              "{columns: {name: {from: [a, n], join: ' '}, n: n, b: b}, key: name}"),
          new Case(
              "without_key",
              "n int, mail varchar(20) NOT NULL",
              "n, concat('Ann', n)",
              "{columns: {mail: {apply: [lower]}}, key: mail}"),
          new Case(
              "told",
              "n int PRIMARY KEY, code varchar(9) NOT NULL",
              "n, concat('c', n)",
              "{key: code}"));

  private static void fill(Move move) throws SQLException {
    for (Case one : CASES) {
      move.source(
          "CREATE TABLE " + one.table + " (v varchar(9), " + one.columns + ")",
          "INSERT IGNORE INTO "
              + one.table
              + " SELECT 'good', "
              + one.values
              + " FROM ("
              + String.join(
                  " UNION ALL ",
                  IntStream.rangeClosed(1, 8).mapToObj(n -> "SELECT " + n + " AS n").toList())
              + ") s");
    }
  }

  private static String spec() {
    return CASES.stream()
        .map(one -> "  - {table: " + one.table + ", " + one.mapping.substring(1) + "\n")
        .reduce("mappings:\n", String::concat);
  }

  private static VerifyRequest looks(VerifyRequest.Level level) {
    return VerifyRequest.builder().setLevel(level).setLookPause(Duration.ZERO).build();
  }

  private static List<String> tables(VerificationReport report) {
    return report.tables().stream()
        .map(t -> t.target() + " " + t.changed() + " " + t.missing() + " " + t.extra())
        .toList();
  }

  private static RepairReport repaired(Migration migration, String... tables) {
    return migration.perform(
        new RepairTask(
            RepairRequest.builder()
                .setExecute(true)
                .setDeleteExtra(true)
                .setTables(List.of(tables))
                .build()));
  }

  private static List<String> keys(RepairReport report) {
    return report.keys().stream()
        .map(
            k ->
                k.table().replace("public.", "")
                    + k.key()
                    + " "
                    + k.action()
                    + (k.reason() == null ? "" : ": " + k.reason()))
        .sorted()
        .toList();
  }

  private static VerificationReport verified(Migration migration) {
    return migration.perform(new VerifyTask(looks(VerifyRequest.Level.FULL)));
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void differencesAreFoundLookedAtAgainAndRepaired(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      fill(move);
      assertThat(move.with(spec(), Move::migrated).equal()).isTrue();
      for (Case one : CASES) {
        move.source("DELETE FROM " + one.table + " WHERE n = 7");
        move.target(
            "DELETE FROM " + one.table + " WHERE n = 3",
            "UPDATE " + one.table + " SET v = 'bad' WHERE n = 5");
      }
      List<String> one = CASES.stream().map(c -> "public." + c.table + " 1 1 1").sorted().toList();

      assertThat(tables(move.with(spec(), MadeKeysTest::verified)))
          .containsExactlyInAnyOrderElementsOf(one);
      VerificationReport sample =
          move.with(
              spec(),
              m ->
                  m.perform(
                      new VerifyTask(
                          looks(VerifyRequest.Level.SAMPLE).toBuilder()
                              .setSampleRows(2)
                              .setSeed(1)
                              .build())));
      assertThat(sample.tables())
          .allSatisfy(t -> assertThat(t.matched() + t.differences()).isBetween(2L, 4L));

      assertThat(
              tables(
                  move.with(
                      spec(),
                      m ->
                          m.perform(
                              new VerifyTask(
                                  looks(VerifyRequest.Level.SAMPLE).toBuilder()
                                      .setSampleRows(100)
                                      .build())))))
          .containsExactlyInAnyOrderElementsOf(one);
      RepairReport look =
          move.with(spec(), m -> m.perform(new RepairTask(RepairRequest.builder().build())));
      assertThat(look.keys()).hasSize(3 * CASES.size());
      RepairReport report = move.with(spec(), MadeKeysTest::repaired);
      assertThat(report.equal()).isTrue();
      assertThat(report.tables())
          .hasSize(CASES.size())
          .allSatisfy(t -> assertThat(t.counts().values()).containsExactly(1L, 1L, 1L));
      assertThat(move.with(spec(), MadeKeysTest::verified).equal()).isTrue();
      for (Case c : CASES) {
        assertThat(move.ask("SELECT n, v FROM " + c.table + " WHERE n > 2 ORDER BY n"))
            .containsExactly("3|good", "4|good", "5|good", "6|good", "8|good");
      }
    }
  }

  private static final String[] SHOP = {
    "CREATE TABLE users (id int PRIMARY KEY, mail varchar(60) NOT NULL UNIQUE, d date NOT NULL)",
    "CREATE TABLE orders (id int PRIMARY KEY, user_id int NOT NULL,"
        + " FOREIGN KEY (user_id) REFERENCES users (id))",
    "INSERT INTO users VALUES (1, 'a', '2020-01-01'), (2, 'b', '2020-01-01'), (3, 'c',"
        + " '2020-01-01')",
    "INSERT INTO orders VALUES (10, 1), (11, 3)"
  };

  private static final String USERS =
      """
      load: {rejects: 10}
      mappings:
        - {table: users, to: accounts, columns: {id: {uuid: id}, old: id}}
      """;

  @ParameterizedTest
  @EnumSource(Source.class)
  void parentsAndRowsInTheWayComeAlong(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      move.source(SHOP);
      assertThat(move.with(USERS, Move::migrated).equal()).isTrue();
      move.target("DELETE FROM orders WHERE id = 11", "DELETE FROM accounts WHERE old = 3");
      move.with(USERS, MadeKeysTest::verified);
      assertThat(keys(move.with(USERS, m -> repaired(m, "orders"))))
          .hasSize(1)
          .allMatch(key -> key.startsWith("orders{id=11} INSERTED"));
      assertThat(move.ask("SELECT old FROM accounts ORDER BY 1")).containsExactly("1", "2", "3");
      assertThat(move.with(USERS, MadeKeysTest::verified).equal()).isTrue();

      move.source(
          "UPDATE users SET mail = 'x' WHERE id = 1",
          "UPDATE users SET mail = 'a' WHERE id = 2",
          "UPDATE users SET mail = 'b' WHERE id = 1");
      move.with(
          USERS,
          m ->
              m.perform(
                  new VerifyTask(
                      looks(VerifyRequest.Level.FULL).toBuilder().setMaxDifferences(1).build())));
      List<String> swapped = keys(move.with(USERS, MadeKeysTest::repaired));
      assertThat(swapped).hasSize(2).allMatch(key -> key.contains(" UPDATED"));
      assertThat(swapped).anyMatch(key -> key.contains("was in the way of public.accounts id = "));
      assertThat(move.ask("SELECT old, mail FROM accounts ORDER BY 1"))
          .containsExactly("1|b", "2|a", "3|c");
      assertThat(move.with(USERS, MadeKeysTest::verified).equal()).isTrue();
    }
  }

  /** A reject is known by the source's key, until its row can be had. */
  @ParameterizedTest
  @EnumSource(Source.class)
  void rejectsAreMended(Source server) throws SQLException {
    rejectsAreMended(server, USERS);
  }

  /** The target's key is another one of the source's, of which a reject shows nothing. */
  @ParameterizedTest
  @EnumSource(Source.class)
  void rejectsAreMendedUnderAnotherKey(Source server) throws SQLException {
    rejectsAreMended(server, "load: {rejects: 10}\nmappings: [{table: users, key: mail}]\n");
  }

  private static void rejectsAreMended(Source server, String spec) throws SQLException {
    try (Move move = new Move(server)) {
      move.source(
          SHOP[0],
          "INSERT INTO users VALUES (1, 'a', '2020-01-01'), (2, 'b', '2020-01-01'), (3, 'c',"
              + " '2020-01-01')",
          "SET sql_mode = ''");
      move.source("INSERT IGNORE INTO users VALUES (4, 'd', '0000-00-00'), (5, 'e', '0000-00-00')");
      VerificationReport first = move.with(spec, Move::migrated);
      assertThat(first.differences().stream().map(d -> d.key().toString()))
          .containsExactlyInAnyOrder("{users.id=4}", "{users.id=5}");
      VerificationReport second = move.with(spec, MadeKeysTest::verified);
      assertThat(Objects.requireNonNull(first.reconciliation()).newDifferences()).isEqualTo(2);
      assertThat(Objects.requireNonNull(second.reconciliation()).newDifferences()).isZero();
      List<String> still = keys(move.with(spec, MadeKeysTest::repaired));
      assertThat(still).hasSize(2).allMatch(key -> key.contains(" FAILED: the source's row "));

      move.source("UPDATE users SET d = '2024-01-01' WHERE id = 4");
      List<String> some = keys(move.with(spec, MadeKeysTest::repaired));
      assertThat(some).hasSize(2).anyMatch(key -> key.endsWith(" INSERTED"));
      assertThat(move.ask("SELECT key->>'id' FROM landfall.reject WHERE mended IS NULL"))
          .containsExactly("5");
      move.source("DELETE FROM users WHERE id = 5");
      assertThat(move.with(spec, MadeKeysTest::verified).equal()).isTrue();
      assertThat(move.ask("SELECT count(*) FROM landfall.reject WHERE mended IS NULL"))
          .containsExactly("0");
    }
  }

  private static final String MERGED =
      """
      load: {rejects: 10}
      mappings:
        - {table: north, to: people, merge: true, key: mail,
           columns: [{id: id}, {mail: {apply: [lower]}}, {v: v}]}
        - {table: south, to: people, merge: true, key: mail,
           columns: [{id: no}, {mail: {from: e_mail, apply: [lower]}}, {v: v}]}
      """;

  @ParameterizedTest
  @EnumSource(Source.class)
  void twoWritersAreBothAsked(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      move.source(
          "CREATE TABLE north (id int PRIMARY KEY, mail varchar(20) NOT NULL, v int NOT NULL)",
          "CREATE TABLE south (no int PRIMARY KEY, e_mail varchar(20) NOT NULL, v int NOT NULL)",
          "INSERT INTO north VALUES (1, 'A', 1), (2, 'B', 1), (3, 'C', 1)",
          "INSERT INTO south VALUES (1, 'D', 1), (2, 'E', 1), (3, 'F', 1)");
      assertThat(move.with(MERGED, Move::migrated).equal()).isTrue();
      move.source(
          "DELETE FROM north WHERE id = 1",
          "UPDATE south SET v = 2 WHERE no = 1",
          "INSERT INTO south VALUES (4, 'b', 7)");
      move.target("DELETE FROM people WHERE mail IN ('c', 'f')");
      assertThat(
              move.with(MERGED, MadeKeysTest::verified).differences().stream()
                  .map(d -> d.key() + " " + d.kind()))
          .containsExactlyInAnyOrder(
              "{mail=a} EXTRA",
              "{mail=b} MISSING",
              "{mail=c} MISSING",
              "{mail=d} CHANGED",
              "{mail=f} MISSING");
      assertThat(keys(move.with(MERGED, MadeKeysTest::repaired)))
          .containsExactly(
              "people{mail=a} DELETED",
              "people{mail=b} FAILED: the source has 2 rows of this key",
              "people{mail=c} INSERTED",
              "people{mail=d} UPDATED",
              "people{mail=f} INSERTED");
      move.source("DELETE FROM south WHERE no = 4");
      assertThat(move.with(MERGED, MadeKeysTest::verified).equal()).isTrue();
    }
  }

  /** Both tables have rows of the same keys, so a reject must not be taken for the other's. */
  @Test
  void rejectsOfTwoWritersAreKeptApart() throws SQLException {
    String spec =
        """
        load: {rejects: 10}
        mappings:
          - {table: north, to: people, merge: true, key: mail, omit: [id],
             columns: {mail: {apply: [lower]}}}
          - {table: south, to: people, merge: true, key: mail, omit: [id],
             columns: {mail: {apply: [lower]}}}
        """;
    try (Move move = new Move(Source.MARIADB)) {
      for (String table : List.of("north", "south")) {
        move.source(
            "SET sql_mode = ''",
            "CREATE TABLE "
                + table
                + " (id int PRIMARY KEY, mail varchar(20) NOT NULL, d date NOT NULL)",
            "INSERT INTO " + table + " VALUES (1, '" + table + "1', '2020-01-01')");
      }
      move.source(
          "SET sql_mode = ''",
          "INSERT INTO north VALUES (2, 'north2', '0000-00-00')",
          "INSERT INTO south VALUES (1 + 2, 'south3', '0000-00-00')",
          "UPDATE south SET id = 2 WHERE id = 1",
          "UPDATE south SET id = 1 WHERE id = 3");
      assertThat(move.with(spec, Move::migrated).differences().stream().map(d -> d.key() + ""))
          .containsExactlyInAnyOrder("{south.id=1}", "{north.id=2}");
      // What has the same key in the other table is there and alike.
      move.with(spec, MadeKeysTest::verified);
      assertThat(standing(move)).containsExactly("1", "2");
      move.source("UPDATE south SET d = '2020-01-01' WHERE id = 1");
      move.with(spec, MadeKeysTest::verified);
      assertThat(standing(move)).containsExactly("1", "2");
      assertThat(keys(move.with(spec, MadeKeysTest::repaired)))
          .anyMatch(key -> key.equals("people{mail=south3} INSERTED"));
      assertThat(standing(move)).containsExactly("2");
      assertThat(move.ask("SELECT mail FROM people ORDER BY 1"))
          .containsExactly("north1", "south1", "south3");
    }
  }

  private static List<String> standing(Move move) throws SQLException {
    return move.ask("SELECT key->>'id' FROM landfall.reject WHERE mended IS NULL ORDER BY 1");
  }

  @Test
  void manyKeysGoByJobs() throws SQLException {
    try (Move move = new Move(Source.MARIADB)) {
      move.source(
          "CREATE TABLE users (id int PRIMARY KEY, mail varchar(60) NOT NULL, d date NOT NULL)",
          "INSERT INTO users SELECT seq, concat('m', seq), '2020-01-01' FROM seq_1_to_5000");
      assertThat(move.with(USERS, Move::migrated).equal()).isTrue();
      move.target("UPDATE accounts SET mail = 'x' WHERE old <= 2500");
      move.source("UPDATE users SET mail = 'y' WHERE id > 4990");
      assertThat(move.with(USERS, MadeKeysTest::verified).equal()).isFalse();
      RepairReport report = move.with(USERS, MadeKeysTest::repaired);
      assertThat(report.equal()).isTrue();
      assertThat(report.tables()).allMatch(t -> t.counts().values().contains(2_510L));
      assertThat(move.with(USERS, MadeKeysTest::verified).equal()).isTrue();
    }
  }

  @Test
  void whatIsWrittenMeanwhileSettlesAndWhatIsFilteredIsExtra() throws SQLException, IOException {
    try (MovedDatabase live = new MovedDatabase(MovedDatabase.Source.MARIADB)) {
      live.source(
          "CREATE TABLE t (id int PRIMARY KEY, v varchar(20))",
          "INSERT INTO t SELECT seq, 'x' FROM seq_1_to_500");
      live.move(
          directory,
          "mappings: [{table: t, columns: {id: {uuid: id}, old: id}}]\n",
          FilterTest.only("t", "v", "x", "y"));
      live.target(
          "UPDATE t SET v = 'late' WHERE old = 1",
          "UPDATE t SET v = 'differs' WHERE old = 4",
          "DELETE FROM t WHERE old = 3");
      live.source("UPDATE t SET v = 'filtered' WHERE id = 5", "DELETE FROM t WHERE id = 6");
      AtomicInteger asked = new AtomicInteger();
      StopSignal whileWaiting =
          new AskedIn(
              ".Pause",
              () -> {
                if (asked.incrementAndGet() == 1) {
                  arrive(live);
                }
                return false;
              });

      VerificationReport report = live.verify(whileWaiting, looks(VerifyRequest.Level.CHECKSUM));

      assertThat(tables(report)).containsExactly("public.t 1 1 1");
      assertThat(report.tables().get(0).settled()).isEqualTo(2);
      assertThat(live.repair()).hasSize(3).noneMatch(key -> key.contains("FAILED"));
      assertThat(live.verify().equal()).isTrue();
      assertThat(live.ask("SELECT count(*) FROM t WHERE old IN (5, 6)")).containsExactly("1");

      live.target("DELETE FROM t WHERE old = 9");
      assertThatThrownBy(
              () ->
                  live.verify(
                      new AskedIn(".KeyScan", () -> true), looks(VerifyRequest.Level.CHECKSUM)))
          .isInstanceOfSatisfying(
              MigrationException.class,
              e -> assertThat(e.kind()).isEqualTo(MigrationException.Kind.STOPPED));
      assertThat(live.verify().equal()).isFalse();
    }
  }

  /** Is asked where one class is at work only. */
  private static final class AskedIn implements StopSignal {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final transient @Nullable BooleanSupplier signal;

    AskedIn(String name, BooleanSupplier signal) {
      this.name = name;
      this.signal = signal;
    }

    @Override
    public boolean stopRequested() {
      return signal != null
          && Stream.of(Thread.currentThread().getStackTrace())
              .anyMatch(f -> f.getClassName().endsWith(name))
          && signal.getAsBoolean();
    }
  }

  private static void arrive(MovedDatabase live) {
    try {
      live.target("UPDATE t SET v = 'x' WHERE old = 1");
      live.source("INSERT INTO t VALUES (6, 'x')");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
