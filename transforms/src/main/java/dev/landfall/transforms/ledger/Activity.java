package dev.landfall.transforms.ledger;

import dev.landfall.transforms.ledger.Snapshot.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run does to its migration. Each activity has a lock, a phase and a step of its own. The
 * phase of {@link #LOAD} is the migration's too, which stays; that of any other is what goes on
 * while it runs, and nothing is left of it behind.
 */
public enum Activity {
  LOAD(null),
  SCHEMA(Phase.SCHEMA),
  VERIFY(Phase.VERIFY),
  REPAIR(Phase.REPAIR);

  private final @Nullable Phase phase;

  Activity(@Nullable Phase phase) {
    this.phase = phase;
  }

  /**
   * Pairs that may go on beside each other; any other pair, and two of a kind, exclude each other.
   * There is none yet. A load and a repair change what a comparison reads, and a comparison made
   * meanwhile would call it different; a repair goes by the newest verdict, which another
   * comparison is about to replace; definitions take locks and change what the schema is compared
   * with. All of them have one place for their chunks in the ledger.
   */
  private static final Set<Set<Activity>> BESIDE = Set.of();

  /** Whether runs of both may go on at the same time. */
  public boolean goesBeside(Activity other) {
    return this != other && BESIDE.contains(Set.of(this, other));
  }

  /** Those that exclude this one, itself among them. */
  List<Activity> excluding() {
    return Arrays.stream(values()).filter(other -> !goesBeside(other)).toList();
  }

  /** Of a command; the ledger keeps it with the command's run. */
  public static Activity of(String command) {
    return switch (command) {
      case "schema" -> SCHEMA;
      case "verify" -> VERIFY;
      case "repair" -> REPAIR;
      default -> LOAD;
    };
  }

  /** What a run of it begins with; null where that is what the migration was at. */
  public @Nullable Phase phase() {
    return phase;
  }

  /** What is left by a run whose process is gone. */
  Phase left(Phase phase) {
    return this == LOAD ? Phase.STOPPED : phase;
  }

  /** What to know of such a run. A job does what it was given even when whoever gave it is gone. */
  String died(Snapshot.@Nullable Job job) {
    if (job != null) {
      return "who ran it is gone; what it left on the cluster may still load; the same command takes"
          + " over";
    }
    return this == VERIFY
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
