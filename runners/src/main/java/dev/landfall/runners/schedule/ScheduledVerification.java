package dev.landfall.runners.schedule;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Masking;
import dev.landfall.runners.cli.Printer;
import dev.landfall.runners.document.CommandDocument;
import dev.landfall.runners.view.Numbers;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Compares at each time of a schedule. What passes by itself (a database that can't be reached,
 * another run that holds the migration, a failure) is said, kept in the history, and tried again at
 * the next time; what a person must put right (exit codes 2 and 4) ends it.
 */
public final class ScheduledVerification {
  private final Migration migration;
  private final Printer printer;
  private final Optional<Duration> keep;
  private final boolean exitOnNew;

  /** What the ledger could not take yet: most likely it is the target that was away. */
  private final List<Attempt> unkept = new ArrayList<>();

  private record Attempt(Instant started, Kind why, String message) {}

  public ScheduledVerification(
      Migration migration, Printer printer, Optional<Duration> keep, boolean exitOnNew) {
    this.migration = migration;
    this.printer = printer;
    this.keep = keep;
    this.exitOnNew = exitOnNew;
  }

  /**
   * Compares once.
   *
   * @param compare compares, shows the report and tells what is new
   * @return the exit code to end with; empty to go on
   */
  public OptionalInt once(Supplier<VerificationReport> compare) {
    Instant started = Instant.now();
    if (!printer.json()) {
      // The report of one of many: which one it is.
      printer.console().out().println(Numbers.moment(started) + ", " + migration.name() + ":");
    }
    try {
      VerificationReport report = compare.get();
      keepHistory();
      boolean news =
          report.reconciliation() == null
              ? !report.equal()
              : report.reconciliation().newDifferences() > 0;
      return news && exitOnNew ? OptionalInt.of(ExitCodes.DIFFERENCES) : OptionalInt.empty();
    } catch (RuntimeException e) {
      MigrationException known = MigrationException.in(e);
      Kind kind = known == null ? Kind.FAILED : known.kind();
      if (kind == Kind.STOPPED || kind == Kind.USAGE || kind == Kind.THRESHOLD) {
        throw e;
      }
      String message = Masking.mask(String.valueOf(known == null ? e : known.getMessage()).strip());
      say().println("landfall: " + message);
      say().println("landfall: it is tried again at the next time");
      printer.document(
          () ->
              CommandDocument.Failed.of(known == null ? null : kind, message, ExitCodes.of(kind)));
      if (kind == Kind.HELD || kind == Kind.UNREACHABLE) {
        unkept.add(new Attempt(started, kind, message));
      }
      keepHistory();
      return OptionalInt.empty();
    }
  }

  private PrintStream say() {
    return printer.console().err();
  }

  /** Keeps what could not start, and forgets what is old; what fails is done the next time. */
  private void keepHistory() {
    try {
      while (!unkept.isEmpty()) {
        Attempt attempt = unkept.get(0);
        migration
            .journal()
            .couldNotStart("verify", attempt.started(), attempt.why(), attempt.message());
        unkept.remove(0);
      }
      if (keep.isPresent()) {
        migration.journal().prune(keep.get());
      }
    } catch (MigrationException e) {
      if (unkept.isEmpty()) {
        say().println("landfall: the history was not kept: " + e.getMessage());
      }
    }
  }
}
