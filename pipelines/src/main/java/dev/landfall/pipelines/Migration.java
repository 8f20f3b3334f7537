package dev.landfall.pipelines;

import dev.landfall.pipelines.api.Journal;
import dev.landfall.pipelines.run.Errand;
import dev.landfall.transforms.ledger.Snapshot;

/**
 * One named move from a source database to a target database: what a command line, a schedule or a
 * dashboard can ask for.
 *
 * <p>Every method throws {@link dev.landfall.transforms.MigrationException} for a condition that a
 * person can do something about, with a message that is complete and holds no secret.
 *
 * <p>{@link #snapshot} and {@link #requestStop} may be called from any thread at any time; the
 * others from one thread.
 */
public interface Migration extends AutoCloseable {
  /** The migration's name, under which the ledger keeps it. */
  String name();

  /**
   * Does an errand, and blocks until it is done. A task holds the migration while it runs: a second
   * one, in whatever process, ends with {@link
   * dev.landfall.transforms.MigrationException.Kind#HELD}. Whatever was committed stays when it
   * fails or the process dies, and the same call goes on from there.
   *
   * @param begun told when a run has begun: it has the migration to itself, and both sides are as
   *     the spec says, but nothing is done yet; must return at once
   */
  <R> R perform(Errand<R> errand, Runnable begun);

  /** The same without being told of the beginning. */
  default <R> R perform(Errand<R> errand) {
    return perform(errand, () -> {});
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
   * Asks the errand that is going on to finish the chunks in hand and end with {@link
   * dev.landfall.transforms.MigrationException.Kind#STOPPED}. Returns at once; asking twice is
   * asking once.
   */
  void requestStop();

  /** Closes its connections. What another process runs goes on. */
  @Override
  void close();
}
