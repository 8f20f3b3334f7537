package dev.landfall.pipelines;

import dev.landfall.pipelines.api.Journal;
import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.api.SchemaText;
import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.report.Report;
import dev.landfall.transforms.ledger.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * One named move from a source database to a target database: what a command line, a schedule or a
 * dashboard can ask for.
 *
 * <p>Every method throws {@link dev.landfall.transforms.MigrationException} for a condition that a
 * person can do something about, with a message that is complete and holds no secret. Methods that
 * change something hold the migration while they run: a second run, in whatever process, ends with
 * {@link dev.landfall.transforms.MigrationException.Kind#HELD}. Whatever was committed stays when
 * one of them fails or the process dies, and the same call goes on from there.
 *
 * <p>{@link #snapshot} and {@link #requestStop} may be called from any thread at any time; the
 * others from one thread.
 */
public interface Migration extends AutoCloseable {
  /** The migration's name, under which the ledger keeps it. */
  String name();

  /** The target's DDL, read from the source's catalogue; changes nothing. */
  default SchemaText schema() {
    return schema(false);
  }

  /**
   * The target's DDL and, where asked for, how many odd values the source has at this moment and
   * what a move would do about them. Changes nothing.
   *
   * @param scan whether to look for odd values, which reads the whole of every table that has
   *     columns of dates, texts or enums; {@link #requestStop} and the end of the process cancel it
   */
  SchemaText schema(boolean scan);

  /**
   * Runs parts of the DDL on the target. What is there already is left as it is.
   *
   * @param pre the part before the load: schemas, types, tables
   * @param post the part after the load: keys, indexes, identity columns' next values
   */
  void applySchema(boolean pre, boolean post);

  /**
   * The whole move: DDL, load, keys and indexes, and with {@code verify} the comparison of both
   * sides. Blocks until it is done. Differences are no exception: {@link #snapshot} has them.
   */
  void migrate(boolean verify);

  /**
   * Tells whoever asks when a run of this process has begun: it has the migration to itself, and
   * both sides are as the spec says. Nothing is done yet then. What is told must return at once.
   */
  default void onBegun(Runnable told) {}

  /**
   * Adds to a migration that was begun what its spec and source have more by now, for {@link
   * #migrate} to load: new tables, and tables of its own that have a new column, which it drops in
   * the same transaction, to be made anew and loaded whole. Nothing where nothing is new.
   *
   * @throws dev.landfall.transforms.MigrationException of kind USAGE where more than that changed
   */
  default void extend() {
    throw new UnsupportedOperationException("extending " + name());
  }

  /** Only the load, into tables that are there: exactly the chunks that are not committed yet. */
  void backfill();

  /** Compares both sides, every row by digests; changes nothing but the ledger. */
  default VerificationReport verify() {
    return verify(VerifyRequest.defaults());
  }

  /** Compares both sides as asked for; changes nothing but the ledger. */
  VerificationReport verify(VerifyRequest request);

  /**
   * Brings the keys up to date that the newest verification found different, or says what it would
   * do to them at this moment and changes nothing. A repair that was cut short goes on where it was
   * when it is asked for again. Keys that could not be refreshed are no exception: the report has
   * them.
   *
   * @throws dev.landfall.transforms.MigrationException of kind USAGE when nothing was verified yet,
   *     or a table is asked for that there is not
   */
  RepairReport repair(RepairRequest request);

  /**
   * Seeds faults in a copy of some rows, in a scratch schema of the target, and sees whether a
   * comparison finds each of them and nothing else. Changes nothing but the ledger.
   *
   * @param tables names of target tables, with or without their schema; all where there are none
   */
  default SelfTestReport selfTest(List<String> tables) {
    throw new UnsupportedOperationException("self-test of " + name());
  }

  /**
   * Where the migration stands, from the ledger. Works before the first run (phase NEW), while a
   * run goes on in this or another process, and after.
   */
  Snapshot snapshot();

  /** The same without what rules did to odd values, for a display that asks again and again. */
  default Snapshot progress() {
    return snapshot();
  }

  /** What became of this migration's runs. */
  Journal journal();

  /**
   * All there is to say of the migration, from one view of the ledger. Of the source, which may be
   * gone by then, only its version and its objects are asked; the report says where that failed.
   *
   * @throws dev.landfall.transforms.MigrationException of kind USAGE when it was never begun
   */
  Report report();

  /**
   * Asks the call that is going on to finish the chunks in hand and end with {@link
   * dev.landfall.transforms.MigrationException.Kind#STOPPED}. Returns at once; asking twice is
   * asking once.
   */
  void requestStop();

  /**
   * Looks for whatever stands in the way of a command, as the command itself would, and changes
   * nothing.
   *
   * @param command {@code migrate}, {@code extend}, {@code backfill} or {@code verify}
   */
  void check(String command);

  /**
   * Looks for whatever would stand in the way of a command behind {@link #reset}, and changes
   * nothing.
   *
   * @param command {@code migrate} or {@code backfill}
   */
  default void checkAnew(String command) {
    throw new UnsupportedOperationException("beginning " + name() + " anew");
  }

  /**
   * Stops the run that is going on, wherever it runs, and waits for its end: chunks in hand are
   * finished, and the same command goes on from there later. What a run left on a cluster, whose
   * own process is gone, is stopped as well.
   *
   * @param now takes the run's jobs off their cluster at once; chunks in hand are rolled back
   * @return what was stopped, for a person; empty when nothing was running
   */
  Optional<String> cancel(boolean now);

  /**
   * Takes the server that the source is on now for the one that this migration reads from: the same
   * database on a replica that took over, or on a host that it was moved to. The next run that
   * begins notes it, once nothing stands in its way.
   */
  default void sourceMoved() {
    throw new UnsupportedOperationException("source of " + name());
  }

  /**
   * Takes the target back to before this migration's first step, and forgets its ledger but for its
   * history.
   */
  void reset();

  /** Closes its connections. What another process runs goes on. */
  @Override
  void close();
}
