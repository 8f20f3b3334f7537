package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.api.TableResult;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.model.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How closely is compared, and what is looked at again. */
class LevelsTest {
  private static final int ROWS = 1_000;

  /** Renamed, split, with a constant, a type of its own, and without a column. */
  private static final String MAPPINGS =
      """
      mappings:
        - table: accounts
          split:
            - to: account
              columns:
                - id
                - mail: email
                - ref
                - tenant: {constant: eu, type: text}
            - to: profile
              columns:
                - account_id: id
                - bio
      """;

  @TempDir static Path directory;
  private static MovedDatabase database;

  @BeforeAll
  static void move() throws SQLException, IOException {
    database = new MovedDatabase(MovedDatabase.Source.MARIADB);
    database.source(
        "CREATE TABLE users (id int PRIMARY KEY, name varchar(40), balance decimal(9,2), at"
            + " datetime(6))",
        "CREATE TABLE names (name varchar(30) COLLATE utf8mb4_general_ci PRIMARY KEY, v int)",
        "CREATE TABLE heap (a int, v varchar(10))",
        "INSERT INTO users SELECT seq, concat('n', seq), seq / 7, '2020-01-01' + INTERVAL seq"
            + " SECOND FROM seq_1_to_"
            + ROWS,
        "INSERT INTO names SELECT concat(if(seq % 2, 'Ä', 'b'), seq), seq FROM seq_1_to_" + ROWS,
        "INSERT INTO heap SELECT seq % 100, 'same' FROM seq_1_to_" + ROWS);
    database.move(directory, "");
    database.target(
        "UPDATE users SET name = NULL, balance = balance + 0.01 WHERE id = 500",
        "DELETE FROM users WHERE id = 7",
        "INSERT INTO users VALUES (-5, '', NULL, NULL)",
        "UPDATE names SET v = -1 WHERE name = 'Ä77'",
        "DELETE FROM heap WHERE ctid = (SELECT min(ctid) FROM heap WHERE a = 7)");
  }

  @AfterAll
  static void close() throws SQLException {
    database.close();
  }

  private static VerifyRequest.Builder level(VerifyRequest.Level level) {
    return VerifyRequest.builder().setLevel(level).setLookPause(Duration.ZERO);
  }

  /** {@code table key kind columns}, and {@code column: source, target} where values are given. */
  private static List<String> differences(VerificationReport report) {
    return report.differences().stream()
        .map(
            d ->
                Stream.of(
                        d.table(),
                        String.join(",", d.key().values()),
                        d.kind().word(),
                        String.join(",", d.columns()),
                        values(d.values()))
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  private static String values(Map<String, Difference.Values> values) {
    return values.entrySet().stream()
        .map(e -> e.getKey() + ": " + e.getValue().source() + ", " + e.getValue().target())
        .collect(Collectors.joining("; "));
  }

  private static List<String> counts(VerificationReport report) {
    return report.tables().stream()
        .map(
            t ->
                "%s %d %d %d %d %d %d"
                    .formatted(
                        t.target(),
                        t.sourceRows(),
                        t.targetRows(),
                        t.matched(),
                        t.changed(),
                        t.missing(),
                        t.extra()))
        .toList();
  }

  @Test
  void countsRows() throws SQLException {
    VerificationReport report = database.verify(level(VerifyRequest.Level.COUNT).build());
    assertThat(counts(report))
        .containsExactly(
            "public.heap 1000 999 999 0 1 0",
            "public.names 1000 1000 1000 0 0 0",
            "public.users 1000 1000 1000 0 0 0");
    assertThat(report.differences()).isEmpty();
    assertThat(report.equal()).isFalse();
    assertThat(
            database.ask(
                "SELECT DISTINCT level, settled, seed FROM landfall.verification"
                    + " WHERE run = (SELECT max(id) FROM landfall.run)"))
        .containsExactly("COUNT|0|null");
  }

  @Test
  void looksAtTheSameDifferencesAgain() throws SQLException {
    VerificationReport once = database.verify(MovedDatabase.ONE_LOOK);
    VerificationReport again =
        database.verify(level(VerifyRequest.Level.CHECKSUM).setLooks(2).build());
    assertThat(differences(once))
        .containsExactlyInAnyOrder(
            "public.heap 7,same missing",
            "public.names Ä77 changed v",
            "public.users 500 changed name,balance",
            "public.users 7 missing",
            "public.users -5 extra");
    assertThat(differences(again)).containsExactlyInAnyOrderElementsOf(differences(once));
    assertThat(counts(again)).isEqualTo(counts(once));
    assertThat(again.tables()).allMatch(t -> t.settled() == 0);
  }

  @Test
  void givesValuesOfWhatDiffers() throws SQLException {
    assertThat(
            differences(
                database.verify(
                    level(VerifyRequest.Level.FULL)
                        .setLooks(0)
                        .setValues(VerifyRequest.Values.SHOWN)
                        .build())))
        .containsExactlyInAnyOrder(
            "public.heap 7,same missing",
            "public.names Ä77 changed v v: 77, -1",
            "public.users 500 changed name,balance name: n500, null; balance: 71.43, 71.44",
            "public.users 7 missing id: 7, null; name: n7, null; balance: 1.00, null;"
                + " at: 2020-01-01 00:00:07.000000, null",
            "public.users -5 extra id: null, -5; name: null, ; balance: null, null;"
                + " at: null, null");
  }

  @Test
  void givesNoMoreValuesThanAskedFor() throws SQLException {
    VerificationReport report =
        database.verify(
            level(VerifyRequest.Level.FULL)
                .setValues(VerifyRequest.Values.SHOWN)
                .setMaxValues(1)
                .build());
    assertThat(report.differences().stream().filter(d -> d.table().equals("public.users")))
        .hasSize(3)
        .filteredOn(d -> !d.values().isEmpty())
        .hasSize(1);
  }

  @Test
  void hidesValues() throws SQLException {
    VerificationReport report =
        database.verify(
            level(VerifyRequest.Level.FULL).setValues(VerifyRequest.Values.MASKED).build());
    Difference changed =
        report.differences().stream()
            .filter(d -> d.columns().contains("balance"))
            .findFirst()
            .orElseThrow();
    assertThat(Objects.requireNonNull(changed.values().get("balance")).source())
        .matches("5 characters #[0-9a-f]{6}");
    assertThat(Objects.requireNonNull(changed.values().get("balance")).target())
        .matches("5 characters #[0-9a-f]{6}")
        .isNotEqualTo(Objects.requireNonNull(changed.values().get("balance")).source());
    assertThat(database.ask("SELECT column_values::text FROM landfall.difference"))
        .isNotEmpty()
        .noneMatch(json -> json.contains("71.4"));
  }

  @Test
  void aWholeSampleFindsEverythingInBothDirections() throws SQLException {
    VerificationReport report =
        database.verify(level(VerifyRequest.Level.SAMPLE).setSampleRows(ROWS).build());
    assertThat(differences(report))
        .containsExactlyInAnyOrderElementsOf(differences(database.verify(MovedDatabase.ONE_LOOK)));
    assertThat(counts(report))
        .containsExactly(
            "public.heap 1000 999 999 0 1 0",
            "public.names 1000 1000 999 1 0 0",
            "public.users 1000 1000 998 1 1 1");
  }

  @Test
  void theSeedChoosesTheRows() throws SQLException {
    assertThat(sampled(1)).isEqualTo(sampled(1));
    Set<List<String>> found = new HashSet<>();
    for (long seed = 1; seed <= 6; seed++) {
      found.add(sampled(seed));
    }
    assertThat(found).hasSizeGreaterThan(1);
  }

  /** What a sample of three in ten finds, and of how many rows. */
  private static List<String> sampled(long seed) throws SQLException {
    VerificationReport report =
        database.verify(
            level(VerifyRequest.Level.SAMPLE).setSampleRows(300).setSeed(seed).setLooks(0).build());
    TableResult users = report.tables().get(2);
    assertThat(users.matched() + users.differences()).isBetween(300L, 601L);
    List<String> found = new ArrayList<>(differences(report));
    found.add(users.toString());
    return found;
  }

  @Test
  void whatIsWrittenMeanwhileSettles() throws SQLException, IOException {
    try (MovedDatabase live = new MovedDatabase(MovedDatabase.Source.MARIADB)) {
      live.source(
          "CREATE TABLE t (id int PRIMARY KEY, v varchar(20))",
          "INSERT INTO t SELECT seq, 'x' FROM seq_1_to_500");
      live.move(directory, "");
      live.target(
          "UPDATE t SET v = 'late' WHERE id = 1",
          "DELETE FROM t WHERE id IN (2, 3)",
          "INSERT INTO t VALUES (1001, 'gone'), (1002, 'stays')",
          "UPDATE t SET v = 'differs' WHERE id = 4");
      AtomicInteger asked = new AtomicInteger();
      StopSignal whileWaiting =
          new InPauses(
              () -> {
                if (asked.incrementAndGet() == 1) {
                  arrive(live);
                }
                return false;
              });

      VerificationReport report =
          live.verify(whileWaiting, level(VerifyRequest.Level.CHECKSUM).setLooks(2).build());

      assertThat(differences(report))
          .containsExactlyInAnyOrder(
              "public.t 3 missing", "public.t 4 changed v", "public.t 1002 extra");
      assertThat(counts(report)).containsExactly("public.t 500 500 498 1 1 1");
      assertThat(report.tables().get(0).settled()).isEqualTo(3);
      assertThat(
              live.ask(
                  "SELECT settled, looks FROM landfall.verification"
                      + " WHERE run = (SELECT max(id) FROM landfall.run)"))
          .containsExactly("3|2");
    }
  }

  private static void arrive(MovedDatabase live) {
    try {
      live.target(
          "UPDATE t SET v = 'x' WHERE id = 1",
          "INSERT INTO t VALUES (2, 'x')",
          "DELETE FROM t WHERE id = 1001");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aWishToStopEndsThePause() {
    assertThatThrownBy(
            () ->
                database.verify(
                    new InPauses(() -> true),
                    VerifyRequest.builder().setLookPause(Duration.ofDays(1)).build()))
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.kind()).isEqualTo(MigrationException.Kind.STOPPED));
  }

  /** Is asked in pauses only; once given it stays given. */
  private static final class InPauses implements StopSignal {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable BooleanSupplier signal;
    private boolean given;

    InPauses(BooleanSupplier signal) {
      this.signal = signal;
    }

    @Override
    public boolean stopRequested() {
      boolean pause =
          Stream.of(Thread.currentThread().getStackTrace())
              .anyMatch(f -> f.getClassName().endsWith(".Pause"));
      given |= pause && signal != null && signal.getAsBoolean();
      return given;
    }
  }

  @Test
  void looksForKeysThatTheSourceCannotHave() throws SQLException, IOException {
    try (MovedDatabase odd = new MovedDatabase(MovedDatabase.Source.MARIADB)) {
      odd.source(
          "CREATE TABLE western (code varchar(9) CHARACTER SET latin1 PRIMARY KEY, v int)",
          "INSERT INTO western VALUES ('a', 1), ('b', 2), ('c', 3)",
          // Two codes of one character: what it is in UTF-8 is found by the other one.
          "CREATE TABLE japanese (code varchar(9) CHARACTER SET cp932 COLLATE cp932_bin PRIMARY"
              + " KEY, v int)",
          "INSERT INTO japanese VALUES (_cp932 x'EEE0', 1), (_cp932 x'8341', 2)");
      odd.move(directory, "");
      odd.target(
          "INSERT INTO western VALUES ('日', 1)",
          "DELETE FROM western WHERE code = 'b'",
          "DELETE FROM japanese WHERE v = 1");
      assertThat(differences(odd.verify(level(VerifyRequest.Level.CHECKSUM).setLooks(1).build())))
          .containsExactlyInAnyOrder(
              "public.western b missing", "public.western 日 extra", "public.japanese 髙 missing");
    }
  }

  @Test
  void findsRowsOfRestructuredTablesByKey() throws SQLException, IOException {
    try (MovedDatabase split = new MovedDatabase(MovedDatabase.Source.MARIADB)) {
      split.source(
          "CREATE TABLE accounts (id bigint unsigned PRIMARY KEY, email varchar(50), ref"
              + " binary(16), bio text, secret int)",
          "INSERT INTO accounts SELECT 18446744073709551615 - seq, concat(seq, '@x'),"
              + " unhex(md5(seq)), repeat('b', seq % 9), 1 FROM seq_1_to_300");
      split.move(directory, MAPPINGS);
      assertThat(split.verify().equal()).isTrue();
      split.target(
          "UPDATE account SET mail = 'm' WHERE id = 18446744073709551600",
          "DELETE FROM account WHERE id = 18446744073709551601",
          "INSERT INTO account (id, mail, ref, tenant) SELECT 5, mail, ref, 'us' FROM account"
              + " WHERE id = 18446744073709551602",
          "UPDATE profile SET bio = NULL WHERE account_id = 18446744073709551603");
      List<String> found = differences(split.verify(MovedDatabase.ONE_LOOK));
      assertThat(found)
          .containsExactlyInAnyOrder(
              "public.account 18446744073709551600 changed mail",
              "public.account 18446744073709551601 missing",
              "public.account 5 extra",
              "public.profile 18446744073709551603 changed bio");
      assertThat(differences(split.verify(level(VerifyRequest.Level.CHECKSUM).setLooks(1).build())))
          .containsExactlyInAnyOrderElementsOf(found);
    }
  }
}
