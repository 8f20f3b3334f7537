package dev.landfall.pipelines.report;

import dev.landfall.pipelines.report.Report.TableVerdict;
import dev.landfall.transforms.ledger.KeptCheck;
import dev.landfall.transforms.ledger.Snapshot;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a report comes to. Whatever is in doubt is not called equal: a table that nobody compared,
 * or that was loaded into or repaired after it was compared, makes the whole unproved.
 *
 * @param outcome the word for it
 * @param tables target tables that were compared
 * @param rows rows of the source that were compared, by all levels together
 * @param differences rows that differ
 * @param levels how closely, from the least close on
 * @param oldest when the first of the newest verdicts was found
 * @param newest when the last of them was
 * @param doubts why it is not proved
 */
public record Verdict(
    Outcome outcome,
    long tables,
    long rows,
    long differences,
    List<Level> levels,
    Optional<Instant> oldest,
    Optional<Instant> newest,
    List<Doubt> doubts) {
  public Verdict {
    levels = List.copyOf(levels);
    doubts = List.copyOf(doubts);
  }

  /** The words. */
  public enum Outcome {
    /** Everything was compared, as closely as was asked for, and nothing differs. */
    EQUAL("equal"),
    /** Something differs. */
    DIFFERENT("different"),
    /** Nothing that was compared differs, but not everything was. */
    PARTLY("partly verified"),
    /** Nothing was compared. */
    NOT_VERIFIED("not verified");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    /** The outcome as documents and displays have it. */
    public String words() {
      return words;
    }
  }

  /** How closely, from the least close on. */
  public enum Level {
    COUNT,
    SAMPLE,
    CHECKSUM,
    FULL;

    /** The ledger's word; one that is not known promises no more than a sample does. */
    public static Level of(String word) {
      return Arrays.stream(values()).filter(l -> l.name().equals(word)).findAny().orElse(SAMPLE);
    }
  }

  /** What keeps the sides from being called equal, or differs beside rows. */
  public enum Doubt {
    /** A run is going on. */
    RUNNING,
    /** Rows are still to be loaded. */
    NOT_LOADED,
    /** A source table was never compared. */
    NOT_COMPARED,
    /** Rows were loaded after they were compared. */
    LOADED_SINCE,
    /** Keys were repaired after they were compared. */
    REPAIRED_SINCE,
    /** A part of a table was compared later, and differs. */
    LATER_PARTS,
    /** The sensitivity proof failed: a fault was not found, or something that is none was. */
    SELF_TEST,
    /** The schema is not what was promised. */
    SCHEMA,
    /** A check of the spec is broken, or could not be carried out. */
    CHECKS,
    /** Rows were rejected, and not every row was compared since. */
    REJECTS
  }

  static Verdict of(Report report) {
    Snapshot snapshot = report.snapshot();
    List<TableVerdict> found = report.verdicts();
    List<Level> levels = found.stream().map(v -> Level.of(v.level())).distinct().sorted().toList();
    long differences = found.stream().mapToLong(TableVerdict::differences).sum();
    List<Doubt> doubts = doubts(report, levels);
    return new Verdict(
        outcome(found, differences, doubts),
        found.size(),
        found.stream().mapToLong(TableVerdict::sourceRows).sum(),
        differences,
        levels,
        found.stream().map(TableVerdict::finished).min(Comparator.naturalOrder()),
        found.stream().map(TableVerdict::finished).max(Comparator.naturalOrder()),
        snapshot.tables().isEmpty() ? List.of() : doubts);
  }

  private static Outcome outcome(List<TableVerdict> found, long differences, List<Doubt> doubts) {
    if (differences > 0
        || doubts.contains(Doubt.LATER_PARTS)
        || doubts.contains(Doubt.SCHEMA)
        || doubts.contains(Doubt.CHECKS)
        || (doubts.contains(Doubt.REJECTS) && !found.isEmpty())) {
      return Outcome.DIFFERENT;
    }
    if (found.isEmpty()) {
      return Outcome.NOT_VERIFIED;
    }
    return doubts.isEmpty() ? Outcome.EQUAL : Outcome.PARTLY;
  }

  private static List<Doubt> doubts(Report report, List<Level> levels) {
    Snapshot snapshot = report.snapshot();
    List<Report.Repair> repairs = report.repairs();
    KeptCheck schema = report.schema();
    Proof proof = report.selfTest();
    Set<Integer> compared =
        report.verdicts().stream().map(TableVerdict::position).collect(Collectors.toSet());
    return Arrays.stream(Doubt.values())
        .filter(
            doubt ->
                switch (doubt) {
                  case RUNNING -> snapshot.holder() != null;
                  case NOT_LOADED -> snapshot.tables().stream().anyMatch(t -> !t.done());
                  case NOT_COMPARED -> compared.size() < snapshot.tables().size();
                  case LOADED_SINCE ->
                      report.verdicts().stream().anyMatch(TableVerdict::loadedSince);
                  case REPAIRED_SINCE ->
                      repairs != null && repairs.stream().anyMatch(Report.Repair::sinceVerdict);
                  case LATER_PARTS -> report.laterParts() > 0;
                  case SELF_TEST -> proof != null && !proof.passed();
                  case SCHEMA -> schema != null && !schema.result().holds();
                  case CHECKS -> report.checks().stream().anyMatch(c -> !c.result().holds());
                  case REJECTS ->
                      snapshot.tables().stream().anyMatch(t -> t.rowsRejected() > 0)
                          && levels.contains(Level.SAMPLE);
                })
        .toList();
  }
}
