package dev.landfall.runners.cli;

import dev.landfall.pipelines.Migration;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/** Keeps in the history what could not start, as far as the target can be reached. */
public final class Attempts {
  /** What ends a command before it has begun; a run that did begin has an entry of its own. */
  private static final Set<Kind> REFUSALS = EnumSet.of(Kind.USAGE, Kind.HELD, Kind.UNREACHABLE);

  private Attempts() {}

  /** Does a command's work, and notes that it was refused where it is. */
  public static <T> T noted(Migration migration, String command, Supplier<T> work) {
    Instant started = Instant.now();
    try {
      return work.get();
    } catch (MigrationException e) {
      if (REFUSALS.contains(e.kind())) {
        try {
          migration
              .journal()
              .couldNotStart(
                  command, started, e.kind(), Masking.mask(String.valueOf(e.getMessage())));
        } catch (MigrationException none) {
          e.addSuppressed(none);
        }
      }
      throw e;
    }
  }
}
