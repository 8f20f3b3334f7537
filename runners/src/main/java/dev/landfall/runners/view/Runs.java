package dev.landfall.runners.view;

import dev.landfall.transforms.ledger.Snapshot.Phase;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a run does, and how it ended. */
public final class Runs {
  private Runs() {}

  /** What is being done, or how it ended. */
  public static String word(Phase phase) {
    return switch (phase) {
      case NEW -> "preparing";
      case SCHEMA -> "planning";
      case BACKFILL -> "loading";
      case INDEXES -> "building indexes and keys";
      case VERIFY -> "verifying";
      case REPAIR -> "repairing";
      case DONE -> "done";
      case STOPPED -> "stopped";
      case FAILED -> "failed";
    };
  }

  /** How a run ended; one that has not may have died. */
  public static String end(@Nullable String outcome) {
    return outcome == null ? "not ended" : outcome.toLowerCase(Locale.ROOT);
  }
}
