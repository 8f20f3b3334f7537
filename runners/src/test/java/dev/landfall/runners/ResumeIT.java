package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that end in the middle, as processes of their own, and those that go on. */
@Timeout(120)
class ResumeIT {
  private static final int ROWS = 60_000;
  private static final String SMALL_CHUNKS = "load: {chunkRows: 60, parallelism: 2}";

  /** What a committed chunk must look like for ever. */
  private static final String COMMITTED =
      "SELECT number, run, committed, rows_loaded FROM landfall.chunk WHERE committed IS NOT NULL";

  @Test
  void killedWhileLoading() throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(ROWS);
      Path spec = pair.spec(SMALL_CHUNKS);
      Process child = start(pair, spec);
      try {
        pair.awaitCommitted(5);

        // A second run finds the migration held; the first is not disturbed.
        Cli.Result second = Cli.migrate(spec).exits(5);
        assertThat(second.message())
            .matches(
                "Migration \"move\" is held by another run: \\S+@\\S+, process "
                    + child.pid()
                    + ", since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC\\. Wait for its end, or"
                    + " stop it; look at it with \"landfall status\"\\.");
        assertThat(Cli.status(spec).out())
            .startsWith("move  loading  ")
            .containsPattern("(?m)^run by \\S+@\\S+, process " + child.pid() + "$");
        assertThat(child.isAlive()).isTrue();
      } finally {
        child.destroyForcibly().waitFor();
      }
      List<String> committed = Db.rows(pair.target(), COMMITTED);
      List<String> rows = Db.rows(pair.target(), "SELECT id, xmin FROM big");
      long chunks = Db.number(pair.target(), "SELECT count(*) FROM landfall.chunk");
      assertThat(committed).hasSizeBetween(5, (int) chunks - 1);
      assertThat(Cli.status(spec).out())
          .contains(
              "move  stopped  %,d of %,d chunks".formatted(committed.size(), chunks),
              "nobody runs it now\n",
              "! the last run did not end by itself; the same command goes on\n");

      Cli.Result again = Cli.migrate(spec).exits(0);

      assertThat(again.err())
          .startsWith(
              "landfall: resuming: %,d of %,d chunks with ".formatted(committed.size(), chunks));
      pair.requireFilled(ROWS);
      assertThat(Db.rows(pair.target(), COMMITTED)).containsAll(committed);
      assertThat(Db.rows(pair.target(), "SELECT id, xmin FROM big")).containsAll(rows);
      assertThat(
              Db.number(
                  pair.target(),
                  "SELECT count(*) FROM landfall.chunk WHERE run = (SELECT max(id) FROM"
                      + " landfall.run)"))
          .isEqualTo(chunks - committed.size());
      assertThat(Db.rows(pair.target(), "SELECT outcome FROM landfall.run ORDER BY id"))
          .containsExactly("ABANDONED", "DONE");
    }
  }

  @Test
  void killedWhileIndexesAreBuilt() throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(20_000);
      Path spec = pair.spec();
      holdIndexes(pair);
      try (Connection holding = pair.target().connect();
          Statement lock = holding.createStatement()) {
        lock.execute("SELECT pg_advisory_lock(77)");
        Process child = start(pair, spec);
        try {
          Pair.await(() -> isHeld(pair));
          assertThat(Cli.status(spec).out()).startsWith("move  building indexes and keys  ");
        } finally {
          child.destroyForcibly().waitFor();
        }
      }
      List<String> rows = Db.rows(pair.target(), "SELECT id, xmin FROM big");

      Cli.migrate(spec).exits(0);

      pair.requireFilled(20_000);
      assertThat(Db.rows(pair.target(), "SELECT id, xmin FROM big")).hasSameElementsAs(rows);
      assertThat(Db.rows(pair.target(), "SELECT indexname FROM pg_indexes WHERE tablename = 'big'"))
          .containsExactlyInAnyOrder("big_pkey", "big_b");
      // The source's own counter, which is ahead of the largest key after an INSERT of many rows.
      assertThat(Db.number(pair.target(), "SELECT nextval('big_id_seq')"))
          .isEqualTo(
              Db.number(
                  pair.source(),
                  "SELECT auto_increment FROM information_schema.tables"
                      + " WHERE table_schema = database() AND table_name = 'big'"));
    }
  }

  /** What a statement did is there with the note that it ran, or not at all. */
  @Test
  void killedWhileAStatementRuns() throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(1_000);
      Path spec =
          pair.spec(
              "sql:",
              "  afterLoad:",
              "    - CREATE TABLE said (n bigint)",
              "    - INSERT INTO said SELECT count(*) FROM big;",
              "      SELECT pg_advisory_xact_lock(77)",
              "  afterKeys: [INSERT INTO said VALUES (-1)]");
      try (Connection holding = pair.target().connect();
          Statement lock = holding.createStatement()) {
        lock.execute("SELECT pg_advisory_lock(77)");
        Process child = start(pair, spec);
        try {
          Pair.await(() -> isHeld(pair));
          assertThat(Cli.status(spec).out()).contains("running the spec's statements");
        } finally {
          child.destroyForcibly().waitFor();
        }
      }
      assertThat(Db.rows(pair.target(), "SELECT n FROM said")).isEmpty();

      Cli.migrate(spec).exits(0);
      Cli.migrate(spec).exits(0);

      assertThat(Db.rows(pair.target(), "SELECT n FROM said ORDER BY n"))
          .containsExactly("-1", "1000");
    }
  }

  @Test
  void ctrlC() throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(ROWS);
      Path spec = pair.spec(SMALL_CHUNKS);
      Process child = start(pair, spec);
      try {
        pair.awaitCommitted(5);
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(child.pid())).start().waitFor())
            .isZero();
        assertThat(child.waitFor()).isEqualTo(130);
      } finally {
        child.destroyForcibly();
      }
      String shown = Files.readString(output(pair));
      assertThat(shown)
          .contains(
              "landfall: finishing the chunks in hand; press Ctrl-C again to stop at once\n"
                  + "landfall: Stopped; the chunks in hand are finished and safe.\n"
                  + "To go on from here:\n"
                  + "  landfall migrate --no-verify -c "
                  + spec);
      Cli.requireDiscreet(shown, "");
      List<String> committed = Db.rows(pair.target(), COMMITTED);
      assertThat(Cli.status(spec).out()).startsWith("move  stopped  " + committed.size() + " of ");

      Cli.migrate(spec).exits(0);

      pair.requireFilled(ROWS);
      assertThat(Db.rows(pair.target(), COMMITTED)).containsAll(committed);
      assertThat(Db.rows(pair.target(), "SELECT outcome FROM landfall.run ORDER BY id"))
          .containsExactly("STOPPED", "DONE");
    }
  }

  /** Makes every CREATE INDEX on {@code big} wait for advisory lock 77. */
  static void holdIndexes(Pair pair) throws Exception {
    Db.run(
        pair.target(),
        """
        CREATE FUNCTION hold() RETURNS event_trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF to_regclass('public.big') IS NOT NULL THEN
            PERFORM pg_advisory_xact_lock(77);
          END IF;
        END $$
        """,
        "CREATE EVENT TRIGGER hold ON ddl_command_start WHEN tag IN ('CREATE INDEX')"
            + " EXECUTE FUNCTION hold()");
  }

  /** Whether a CREATE INDEX waits. */
  static boolean isHeld(Pair pair) throws java.sql.SQLException {
    return Db.number(
            pair.target(),
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 77"
                + " AND NOT granted")
        > 0;
  }

  private static Path output(Pair pair) {
    return pair.directory().resolve("output");
  }

  private static Process start(Pair pair, Path spec) throws IOException {
    return Cli.start(
        output(pair), Map.of(), List.of("migrate", "--no-verify", "-c", spec.toString()));
  }
}
