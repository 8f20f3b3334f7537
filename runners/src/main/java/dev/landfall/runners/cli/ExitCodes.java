package dev.landfall.runners.cli;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Verdict;

/** The one table of exit codes. Scripts rely on them: none changes its meaning. */
public final class ExitCodes {
  /** Done; for a verification: equal. */
  public static final int DONE = 0;

  /** Failed; what is committed stays, the same command goes on. */
  public static final int FAILED = 1;

  /** Wrong usage or spec; nothing was touched. */
  public static final int USAGE = 2;

  /** The target differs from the source: verification found it, or rows were rejected. */
  public static final int DIFFERENCES = 3;

  /** Stopped by a threshold of the spec. */
  public static final int THRESHOLD = 4;

  /** Another run holds the migration. */
  public static final int HELD = 5;

  /** A database, or the Flink cluster, can't be reached. */
  public static final int UNREACHABLE = 6;

  /** Stopped by Ctrl-C: 128 and the number of SIGINT, as shells have it. */
  public static final int STOPPED = 130;

  private ExitCodes() {}

  /** The code for a command that ended with such an exception. */
  public static int of(MigrationException.Kind kind) {
    return switch (kind) {
      case FAILED -> FAILED;
      case USAGE -> USAGE;
      case THRESHOLD -> THRESHOLD;
      case HELD -> HELD;
      case UNREACHABLE -> UNREACHABLE;
      case STOPPED -> STOPPED;
    };
  }

  /** The code for a load that ended like this: rows that are not there are never called done. */
  public static int of(Snapshot end) {
    return !end.broken().isEmpty()
            || end.tables().stream()
                .anyMatch(t -> t.verified() == Verdict.DIFFERENT || t.rowsRejected() > 0)
        ? DIFFERENCES
        : DONE;
  }
}
