package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.api.JobLostException;
import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.checksum.Round;
import dev.landfall.pipelines.run.Jobs;
import dev.landfall.pipelines.verify.ChecksumPipeline;
import dev.landfall.pipelines.verify.Verification;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.StopSignal;
import dev.landfall.validation.match.Detail;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A verification whose jobs fail, are repeated, run twice at once or go on after their time, in a
 * database with differences of every kind: the report is that of one that nothing disturbed.
 */
class RepeatedJobsTest {
  /** So few that rows are named in one round, and counted in another. */
  private static final int MAX_DIFFERENCES = 25;

  private static final Round NAMING = new Round(2, Detail.KEYS_AND_COLUMNS);

  @TempDir static Path directory;

  private static MovedDatabase database;
  private static VerificationReport undisturbed;

  @BeforeAll
  static void move() throws SQLException, IOException {
    database = new MovedDatabase(MovedDatabase.Source.MARIADB);
    database.source(
        "SET sql_mode = ''",
        "CREATE TABLE gone (id int PRIMARY KEY, v int)",
        "CREATE TABLE touched (id int PRIMARY KEY, v int)",
        "CREATE TABLE names (name varchar(20) PRIMARY KEY, v int)",
        "CREATE TABLE days (id int PRIMARY KEY, day date NOT NULL)",
        "INSERT INTO gone SELECT seq, seq FROM seq_1_to_1000",
        "INSERT INTO touched SELECT seq, seq FROM seq_1_to_1000",
        "INSERT INTO names SELECT concat('n', seq), seq FROM seq_1_to_1000",
        "INSERT INTO days VALUES (1, '2020-02-02'), (2, '0000-00-00'), (3, '2021-00-05')");
    database.move(directory, "");
    database.target(
        "DELETE FROM gone WHERE id <= 900",
        "UPDATE touched SET v = v + 1",
        "UPDATE names SET v = 0 WHERE name = 'n7'",
        "DELETE FROM names WHERE name = 'n8'",
        "INSERT INTO names VALUES ('new', 1)",
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql"
            + " AS 'BEGIN RAISE EXCEPTION ''the commit fails''; END'");
    undisturbed = byItself(database.verify(StopSignal.NEVER, MAX_DIFFERENCES));
    assertThat(undisturbed.tables().stream().map(t -> t.target() + " " + t.missing()))
        .containsExactly("public.days 2", "public.gone 900", "public.names 1", "public.touched 0");
    assertThat(recorded()).containsExactly("0", "1", "2", "3");
  }

  @AfterAll
  static void close() throws SQLException {
    database.close();
  }

  @BeforeEach
  void startRun() throws SQLException {
    database.startRun();
  }

  /** A run that another one follows has ended, and its verification is over. */
  @AfterEach
  void endRun() throws SQLException {
    database.target(
        "DROP TRIGGER IF EXISTS refuse ON landfall.round",
        "UPDATE landfall.run SET ended = clock_timestamp() WHERE ended IS NULL");
  }

  /** Does something around each job of a verification, counted from 1. */
  private interface Around {
    void job(int number, Runnable job) throws SQLException;
  }

  private static VerificationReport verify(Around around) throws SQLException {
    Jobs direct = new DirectLauncher().jobs();
    AtomicInteger count = new AtomicInteger();
    return byItself(
        Verification.run(
            (work, name, steps) -> {
              AtomicReference<Optional<Jobs.Cut>> cut = new AtomicReference<>(Optional.empty());
              try {
                around.job(count.incrementAndGet(), () -> cut.set(direct.run(work, name, steps)));
              } catch (SQLException e) {
                throw new AssertionError(e);
              }
              return Objects.requireNonNull(cut.get());
            },
            settings(),
            MovedDatabase.ONE_LOOK));
  }

  /** What was found, without what each run has of its own. */
  private static VerificationReport byItself(VerificationReport report) {
    return new VerificationReport(report.equal(), report.tables(), report.differences());
  }

  private static VerificationReport verify() throws SQLException {
    return verify((number, job) -> job.run());
  }

  private static ChecksumPipeline.Settings settings() {
    return database.settings(StopSignal.NEVER, MAX_DIFFERENCES);
  }

  private static void compareDigests() {
    DirectLauncher launcher = new DirectLauncher();
    Pipeline pipeline = launcher.create(PipelineLauncher.Work.COMPARE, "comparison");
    ChecksumPipeline.digests(pipeline, settings(), List.of(0));
    launcher.start(pipeline, PipelineLauncher.JobListener.NONE).await();
  }

  private static void matchRows(Round round) {
    DirectLauncher launcher = new DirectLauncher();
    Pipeline pipeline = launcher.create(PipelineLauncher.Work.COMPARE, "comparison");
    ChecksumPipeline.rows(pipeline, settings(), round);
    launcher.start(pipeline, PipelineLauncher.JobListener.NONE).await();
  }

  /** Rounds of the run that are recorded. */
  private static List<String> recorded() throws SQLException {
    return database.ask(
        "SELECT number FROM landfall.round WHERE run = "
            + database.migration().run()
            + " ORDER BY number");
  }

  /** Everything that the run found, and the plans with what is pending. */
  private static List<String> found() throws SQLException {
    String ofRun = " t WHERE run = " + database.migration().run() + " ORDER BY t::text";
    return Stream.concat(
            Stream.concat(
                database.ask("SELECT t FROM landfall.round" + ofRun).stream(),
                database.ask("SELECT t FROM landfall.piece" + ofRun).stream()),
            Stream.concat(
                Stream.concat(
                    database.ask("SELECT t FROM landfall.finding" + ofRun).stream(),
                    database.ask("SELECT t FROM landfall.difference" + ofRun).stream()),
                database
                    .ask("SELECT t FROM landfall.chunk t WHERE plan <> 'LOAD' ORDER BY t::text")
                    .stream()))
        .toList();
  }

  private static void refuseRound(int number) throws SQLException {
    database.target(
        "CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON landfall.round DEFERRABLE INITIALLY"
            + " DEFERRED FOR EACH ROW WHEN (NEW.number = "
            + number
            + ") EXECUTE FUNCTION refuse()");
  }

  /** Leaves a run whose tables are planned, with all chunks pending and nothing recorded. */
  private static void planOnly() throws SQLException {
    refuseRound(0);
    assertThatThrownBy(RepeatedJobsTest::verify).hasMessageContaining("the commit fails");
    database.target("DROP TRIGGER refuse ON landfall.round");
    assertThat(pending()).isGreaterThan(10);
  }

  private static int pending() throws SQLException {
    return database
        .ask("SELECT 1 FROM landfall.chunk WHERE plan <> 'LOAD' AND committed IS NULL")
        .size();
  }

  /** Keeps jobs from recording while it is open. */
  private static Connection holdRecords() throws SQLException {
    Connection connection = database.connectToTarget();
    connection.setAutoCommit(false);
    try (Statement lock = connection.createStatement()) {
      lock.execute("LOCK TABLE landfall.round IN SHARE ROW EXCLUSIVE MODE");
    }
    return connection;
  }

  private static void awaitBlocked(int records) throws SQLException {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (database
            .ask(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND wait_event_type = 'Lock'")
            .size()
        < records) {
      assertThat(System.nanoTime()).as("time to wait for").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void aJobThatIsDoneAndRunAgainChangesNothing() throws SQLException {
    VerificationReport report =
        verify(
            (number, job) -> {
              job.run();
              List<String> once = found();
              if (number == 1) {
                compareDigests();
              } else if (number == 2) {
                matchRows(NAMING);
              }
              assertThat(found()).isEqualTo(once);
            });

    assertThat(report).isEqualTo(undisturbed);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aFailureBehindTheRecord(int failing) throws SQLException {
    assertThatThrownBy(
            () ->
                verify(
                    (number, job) -> {
                      job.run();
                      if (number == failing) {
                        throw new IllegalStateException("lost");
                      }
                    }))
        .hasMessage("lost");

    assertThat(verify()).isEqualTo(undisturbed);
    assertThat(recorded()).containsExactly("0", "1", "2", "3");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aFailureInTheCommitOfTheRecord(int round) throws SQLException {
    refuseRound(round);
    assertThatThrownBy(RepeatedJobsTest::verify).hasMessageContaining("the commit fails");
    assertThat(recorded()).hasSize(round);
    assertThat(
            database.ask(
                "SELECT round FROM landfall.finding WHERE run = "
                    + database.migration().run()
                    + " AND round >= "
                    + round))
        .isEmpty();
    database.target("DROP TRIGGER refuse ON landfall.round");

    assertThat(verify()).isEqualTo(undisturbed);
  }

  @Test
  void twoAttemptsThatRecordAtOnce() throws Exception {
    planOnly();
    CompletableFuture<Void> first;
    CompletableFuture<Void> second;
    try (Connection held = holdRecords()) {
      first = CompletableFuture.runAsync(RepeatedJobsTest::compareDigests);
      awaitBlocked(1);
      // Begun any sooner it would take what the first has not read yet.
      second = CompletableFuture.runAsync(RepeatedJobsTest::compareDigests);
      awaitBlocked(2);
      held.commit();
    }
    CompletableFuture.allOf(first, second).get(2, TimeUnit.MINUTES);
    assertThat(recorded()).containsExactly("0");
    assertThat(pending()).isZero();

    assertThat(verify()).isEqualTo(undisturbed);
  }

  @Test
  void twoAttemptsFromTheBeginning() throws SQLException {
    VerificationReport report =
        verify(
            (number, job) -> {
              if (number == 1) {
                CompletableFuture<?> other =
                    CompletableFuture.runAsync(RepeatedJobsTest::compareDigests)
                        .handle(
                            (done, lost) ->
                                assertThat(lost == null || JobLostException.in(lost) != null)
                                    .isTrue());
                job.run();
                other.join();
              } else {
                job.run();
              }
            });

    assertThat(report).isEqualTo(undisturbed);
  }

  @Test
  void anAttemptThatGoesOnInTheNextRound() throws SQLException {
    VerificationReport report =
        verify(
            (number, job) -> {
              List<String> opened = found();
              if (number > 1) {
                assertThat(pending()).isPositive();
                compareDigests();
                assertThat(found()).isEqualTo(opened);
              }
              if (number > 2) {
                matchRows(NAMING);
                assertThat(found()).isEqualTo(opened);
              }
              job.run();
            });

    assertThat(report).isEqualTo(undisturbed);
  }

  @Test
  void anAttemptThatGoesOnBehindTheVerdict() throws SQLException {
    assertThat(verify()).isEqualTo(undisturbed);
    List<String> done = found();

    compareDigests();
    matchRows(NAMING);

    assertThat(found()).isEqualTo(done);
  }

  @Test
  void anEndedRunPlansNothingAndRecordsNothing() throws SQLException {
    planOnly();
    List<String> planned = found();
    database.target(
        "UPDATE landfall.run SET ended = clock_timestamp() WHERE id = "
            + database.migration().run());
    compareDigests();
    assertThat(found()).isEqualTo(planned);
    assertThatThrownBy(RepeatedJobsTest::verify).hasMessageContaining("has ended");

    database.startRun();
    assertThat(verify()).isEqualTo(undisturbed);
    database.startRun();
    database.target(
        "UPDATE landfall.run SET ended = clock_timestamp() WHERE id = "
            + database.migration().run());
    assertThatThrownBy(RepeatedJobsTest::compareDigests)
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has ended");
    assertThat(found()).isEmpty();
  }

  @Test
  void readingOtherChunksThanThePendingOnesIsNoRecord() throws Exception {
    planOnly();
    List<String> planned = found();
    CompletableFuture<Void> job = missAChunk();
    assertThatThrownBy(job::join)
        .hasRootCauseInstanceOf(JobLostException.class)
        .hasMessageContaining("chunks where " + pending() + " were to be read");
    assertThat(found()).isEqualTo(planned);

    assertThat(verify()).isEqualTo(undisturbed);
  }

  @Test
  void aRunThatWasStoppedWhileItReadRecordsNothing() throws Exception {
    planOnly();
    List<String> planned = found();
    database.target(
        "UPDATE landfall.run SET stop_requested = 'USER' WHERE id = " + database.migration().run());
    missAChunk().join();
    assertThat(found()).isEqualTo(planned);
  }

  /** A job that reads all chunks but one. */
  private static CompletableFuture<Void> missAChunk() throws SQLException {
    String one =
        " WHERE plan = 'TARGET' AND (table_position, number) = (SELECT table_position, number"
            + " FROM landfall.chunk WHERE plan = 'TARGET' ORDER BY 1, 2 LIMIT 1)";
    database.target("UPDATE landfall.chunk SET committed = now()" + one);
    try (Connection held = holdRecords()) {
      CompletableFuture<Void> job = CompletableFuture.runAsync(RepeatedJobsTest::compareDigests);
      awaitBlocked(1);
      database.target("UPDATE landfall.chunk SET committed = NULL" + one);
      held.commit();
      return job;
    }
  }

  @Test
  void withoutTablesThereIsNothingToRecord() throws SQLException {
    ChecksumPipeline.Settings all = settings();
    VerificationReport report =
        Verification.run(
            new DirectLauncher().jobs(),
            new ChecksumPipeline.Settings(
                all.source(),
                all.migration(),
                new Mapping(List.of()),
                all.chunkSize(),
                all.lanes(),
                all.stop(),
                all.maxDifferences()),
            MovedDatabase.ONE_LOOK);

    assertThat(report.tables()).isEmpty();
    assertThat(recorded()).isEmpty();
  }
}
