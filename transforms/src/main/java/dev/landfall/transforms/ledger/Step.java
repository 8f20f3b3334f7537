package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Row;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run is doing at the moment and how far it is, for displays and for nothing else: it is
 * written by whoever does the work, in whatever process, once a second at most, and a ledger that
 * can't take it stops nobody. Work that is done twice counts twice.
 *
 * <p>Any thread may add to a step.
 */
public final class Step implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(Step.class);

  /** In place of the one before of the same activity. */
  private static final String BEGIN =
      """
      INSERT INTO landfall.step (migration, activity, run, kind, things, rows_expected)
      SELECT :name, activity, id, :kind, :things, :rows FROM landfall.run WHERE id = :run
      ON CONFLICT (migration, activity) DO UPDATE SET run = excluded.run, kind = excluded.kind,
        began = clock_timestamp(), done = 0, things = excluded.things, rows = 0,
        rows_expected = excluded.rows_expected
      """;

  /** Whoever still works for another one changes nothing. */
  private static final String OF_STEP = " WHERE migration = :name AND run = :run AND kind = :kind";

  private static final String ADD =
      """
      UPDATE landfall.step SET done = done + :done, rows = rows + :rows,
        rows_expected = rows_expected + :expected"""
          + OF_STEP;

  /** What is expected stays. */
  private static final String RESTART = "UPDATE landfall.step SET done = 0, rows = 0" + OF_STEP;

  private static final String END =
      "DELETE FROM landfall.step WHERE migration = :name AND run = :run";

  private static final String READ =
      """
      SELECT s.kind, s.began, s.done, s.things, s.rows, s.rows_expected FROM landfall.step s
      JOIN landfall.run r ON r.id = s.run AND r.ended IS NULL WHERE s.migration = :name
      ORDER BY r.id DESC LIMIT 1
      """;

  /** What there is to do, in the words that a person reads. */
  public enum Kind {
    TABLES("making tables", "definition"),
    STATEMENTS("running the spec's statements", "statement"),
    KEYS("building indexes and keys", "definition"),
    SCHEMA("comparing definitions", ""),
    CHECKS("carrying out checks", "check"),
    COUNTS("counting rows", "table"),
    SAMPLES("comparing samples", "table"),
    /** Things are the tables to plan; rows those of both sides. */
    ROWS("verifying", "table"),
    DIFFERENCES("looking for rows that differ", "range"),
    AGAIN("looking again at what differs", "key"),
    /** Keys of the target whose rows only a read of the source finds. */
    FIND("finding rows of the source", "key"),
    REPAIR("repairing", "key"),
    REPAIRED("comparing what was repaired", ""),
    SELF_TEST("self-test", "table");

    private final String word;
    private final String thing;

    Kind(String word, String thing) {
      this.word = word;
      this.thing = thing;
    }

    /** What is being done. */
    public String word() {
      return word;
    }

    /** What is counted, in the singular; empty where nothing is. */
    public String thing() {
      return thing;
    }
  }

  /**
   * How far a step is.
   *
   * @param began when it began
   * @param done how many things are done
   * @param things how many there are to do, as far as is known
   * @param rows how many rows are done, of about so many
   */
  public record State(
      Kind kind, Instant began, long done, long things, long rows, long rowsExpected) {}

  /** What is added and not yet written. */
  private static final class Added {
    final long since = System.nanoTime();
    long done;
    long rows;
    long expected;
  }

  private record Id(MigrationKey migration, Kind kind) {}

  private static final Map<Id, Added> ADDED = new HashMap<>();

  private static final long WRITE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final MigrationKey migration;
  private final Kind kind;

  private Step(MigrationKey migration, Kind kind) {
    this.migration = migration;
    this.kind = kind;
  }

  /** A step that was begun elsewhere. */
  public static Step of(MigrationKey migration, Kind kind) {
    return new Step(migration, kind);
  }

  /**
   * Begins a step of a run in place of the one before.
   *
   * @param things how many things there are to do; 0 where that is not known
   * @param rows how many rows about; 0 where that is not known
   */
  public static Step begin(MigrationKey migration, Kind kind, long things, long rows) {
    synchronized (ADDED) {
      ADDED.keySet().removeIf(id -> id.migration().equals(migration));
    }
    LOG.info("{}{}", kind.word(), things == 0 ? "" : ": " + things + " " + kind.thing() + "s");
    change(
        migration,
        query ->
            query.of(BEGIN).bind("kind", kind.name()).bind("things", things).bind("rows", rows));
    return new Step(migration, kind);
  }

  /** Ends a run's step: what it does now shows elsewhere in the ledger. */
  public static void end(MigrationKey migration) {
    synchronized (ADDED) {
      ADDED.keySet().removeIf(id -> id.migration().equals(migration));
    }
    change(migration, query -> query.of(END));
  }

  /** Begins the step's work again, from the beginning. */
  public void restart() {
    synchronized (ADDED) {
      ADDED.remove(new Id(migration, kind));
    }
    change(migration, query -> query.of(RESTART).bind("kind", kind.name()));
  }

  /** Adds things and rows that are done, and rows that are to be expected beside those known. */
  public void add(long done, long rows, long expected) {
    Added due;
    synchronized (ADDED) {
      Id id = new Id(migration, kind);
      Added added = ADDED.computeIfAbsent(id, i -> new Added());
      added.done += done;
      added.rows += rows;
      added.expected += expected;
      due = System.nanoTime() - added.since < WRITE_NANOS ? null : ADDED.remove(id);
    }
    write(due);
  }

  /** Writes at once what was added. */
  public void write() {
    Added due;
    synchronized (ADDED) {
      due = ADDED.remove(new Id(migration, kind));
    }
    write(due);
  }

  private void write(@Nullable Added due) {
    if (due != null) {
      change(
          migration,
          query ->
              query
                  .of(ADD)
                  .bind("kind", kind.name())
                  .bind("done", due.done)
                  .bind("rows", due.rows)
                  .bind("expected", due.expected));
    }
  }

  /** Makes a statement on the run's step. */
  private interface Statements {
    Query of(String sql);
  }

  private static void change(MigrationKey migration, Function<Statements, Query> change) {
    try (Connection connection = Pools.of(migration.target(), Pools.Use.GENERAL).getConnection()) {
      change
          .apply(
              sql ->
                  Query.of(connection, sql)
                      .bind("name", migration.name())
                      .bind("run", migration.run()))
          .update();
    } catch (SQLException e) {
      LOG.debug("how far the run is could not be noted: {}", e.getMessage());
    }
  }

  /** The step of the run that is going on; null where none is. */
  static @Nullable State read(Connection connection, String name) throws SQLException {
    return Query.of(connection, READ)
        .bind("name", name)
        .one(Step::state)
        .flatMap(state -> state)
        .orElse(null);
  }

  /** Empty where a newer version's run does what this one has no word for. */
  private static Optional<State> state(Row row) throws SQLException {
    String kind = row.text("kind");
    if (Arrays.stream(Kind.values()).noneMatch(k -> k.name().equals(kind))) {
      return Optional.empty();
    }
    return Optional.of(
        new State(
            Kind.valueOf(kind),
            row.instant("began"),
            row.number("done"),
            row.number("things"),
            row.number("rows"),
            row.number("rows_expected")));
  }
}
