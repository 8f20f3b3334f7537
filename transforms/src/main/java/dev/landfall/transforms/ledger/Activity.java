package dev.landfall.transforms.ledger;

import dev.landfall.transforms.ledger.Snapshot.Phase;
import org.jspecify.annotations.Nullable;

/**
 * What a run does to its migration. The migration's phase belongs to the commands that move it: of
 * any other, it is what goes on while that runs, and nothing is left of it behind.
 */
public enum Activity {
  MOVING,
  SCHEMA,
  VERIFYING,
  REPAIRING;

  /** Of a run's command; null where there was no run. */
  public static Activity of(@Nullable String command) {
    return switch (String.valueOf(command)) {
      case "schema" -> SCHEMA;
      case "verify" -> VERIFYING;
      case "repair" -> REPAIRING;
      default -> MOVING;
    };
  }

  /** What goes on while the run does. */
  public Phase during(Phase phase) {
    return switch (this) {
      case MOVING -> phase;
      case SCHEMA -> Phase.SCHEMA;
      case VERIFYING -> Phase.VERIFY;
      case REPAIRING -> Phase.REPAIR;
    };
  }

  /** What is left by a run whose process is gone. */
  Phase left(Phase phase) {
    return this == MOVING ? Phase.STOPPED : phase;
  }

  /** What to know of such a run. A job does what it was given even when whoever gave it is gone. */
  String died(Snapshot.@Nullable Job job) {
    if (job != null) {
      return "who ran it is gone; what it left on the cluster may still load; the same command takes"
          + " over";
    }
    return this == VERIFYING
        ? "the last verification did not end by itself, so it has no verdict"
        : "the last run did not end by itself; the same command goes on";
  }

  /** What to do after a run that moved the migration ended like this; null for nothing special. */
  static @Nullable String advice(@Nullable String outcome) {
    return "THRESHOLD".equals(outcome)
        ? "stopped because more rows were rejected than load.rejects allows, and the same command"
            + " stops again: allow more in the spec and give it again, or correct the source or the"
            + " mapping and begin anew with --restart"
        : null;
  }
}
