package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.sql.StepSql;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

  /** What there is to do, in the words that a person reads. */
  public enum Kind {
    TABLES("making tables", "definition"),
    KEYS("building indexes and keys", "definition"),
    SCHEMA("comparing definitions", ""),
    CHECKS("carrying out checks", "check"),
    COUNTS("counting rows", "table"),
    SAMPLES("comparing samples", "table"),
    /** Things are the tables to plan; rows those of both sides. */
    ROWS("verifying", "table"),
    DIFFERENCES("looking for rows that differ", "range"),
    AGAIN("looking again at what differs", "key"),
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
      ADDED.keySet().removeIf(id -> id.migration().name().equals(migration.name()));
    }
    LOG.info("{}{}", kind.word(), things == 0 ? "" : ": " + things + " " + kind.thing() + "s");
    change(migration, StepSql.BEGIN, migration.name(), migration.run(), kind.name(), things, rows);
    return new Step(migration, kind);
  }

  /** Ends a run's step: what it does now shows elsewhere in the ledger. */
  public static void end(MigrationKey migration) {
    change(migration, StepSql.END, migration.name(), migration.run());
  }

  /** Begins the step's work again, from the beginning. */
  public void restart() {
    synchronized (ADDED) {
      ADDED.remove(new Id(migration, kind));
    }
    change(migration, StepSql.RESTART, migration.name(), migration.run(), kind.name());
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
          StepSql.ADD,
          due.done,
          due.rows,
          due.expected,
          migration.name(),
          migration.run(),
          kind.name());
    }
  }

  private static void change(MigrationKey migration, String sql, Object... parameters) {
    try (Connection connection = Pools.of(migration.target(), Pools.Use.GENERAL).getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      LOG.debug("how far the run is could not be noted: {}", e.getMessage());
    }
  }

  /** The step of the run that is going on; null where none is. */
  static @Nullable State read(Connection connection, String name) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(StepSql.READ)) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        String kind = row.getString(1);
        // A newer version's run may do what this one has no word for.
        return Arrays.stream(Kind.values()).noneMatch(k -> k.name().equals(kind))
            ? null
            : new State(
                Kind.valueOf(kind),
                row.getTimestamp(2).toInstant(),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6));
      }
    }
  }
}
