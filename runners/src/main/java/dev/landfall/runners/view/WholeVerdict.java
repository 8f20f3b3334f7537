package dev.landfall.runners.view;

import static dev.landfall.runners.view.Numbers.count;
import static dev.landfall.runners.view.Numbers.moment;

import dev.landfall.pipelines.report.Report;
import dev.landfall.pipelines.report.Verdict;
import dev.landfall.pipelines.report.Verdict.Doubt;
import dev.landfall.pipelines.report.Verdict.Level;
import dev.landfall.transforms.check.Finding.Severity;
import dev.landfall.transforms.ledger.KeptCheck;
import dev.landfall.transforms.model.SchemaObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a whole migration comes to in one sentence, and what that leaves out. */
public final class WholeVerdict {
  private WholeVerdict() {}

  /** The verdict in a few words, and what was found, when and how closely. */
  public static Telling of(Report report) {
    Verdict verdict = report.verdict();
    return switch (verdict.outcome()) {
      case NOT_VERIFIED -> Telling.warn("Not verified", LastComparison.NEVER);
      case EQUAL ->
          Telling.good(weakest(verdict).headline(), looked(verdict) + ", and nothing differs.");
      case PARTLY ->
          Telling.warn(
              "Partly verified",
              looked(verdict)
                  + ", and nothing of that differs; but "
                  + verdict.doubts().stream()
                      .map(WholeVerdict::doubt)
                      .collect(Collectors.joining(", and "))
                  + ".");
      case DIFFERENT ->
          Telling.bad(
              "Different",
              (verdict.tables() == 0 ? "" : looked(verdict) + ": ") + sum(report) + ".");
    };
  }

  private static Closeness weakest(Verdict verdict) {
    return Closeness.least(verdict.levels().stream().map(Closeness::of).toList());
  }

  private static String looked(Verdict verdict) {
    String tables = count(verdict.tables(), "table");
    String rows = count(verdict.rows());
    String what =
        switch (weakest(verdict)) {
          case COUNT -> "Only the numbers of rows of " + tables + " were compared";
          case SAMPLE -> "A sample of " + rows + " rows of " + tables + " was compared";
          case EVERY_ROW ->
              "Every row and every mapped column of "
                  + tables
                  + " ("
                  + count(verdict.rows(), "row")
                  + ") was compared by digests";
        };
    if (verdict.levels().size() > 1 && verdict.levels().get(0).compareTo(Level.CHECKSUM) < 0) {
      what += ", some of them more closely";
    }
    return what + verdict.newest().map(t -> ", last on " + moment(t)).orElse("");
  }

  private static String sum(Report report) {
    Verdict verdict = report.verdict();
    List<String> parts = new ArrayList<>();
    if (verdict.differences() > 0) {
      parts.add(Differences.differ(verdict.differences()));
    } else if (verdict.tables() > 0) {
      parts.add("no row that was compared differs");
    }
    if (verdict.doubts().contains(Doubt.REJECTS)) {
      parts.add(RejectedRows.could(RejectedRows.in(report.snapshot())));
    }
    verdict.doubts().stream()
        .filter(doubt -> doubt != Doubt.REJECTS)
        .map(WholeVerdict::doubt)
        .forEach(parts::add);
    return String.join("; ", parts);
  }

  private static String doubt(Doubt doubt) {
    return switch (doubt) {
      case RUNNING -> "a run is going on";
      case NOT_LOADED -> "not all rows are loaded yet";
      case NOT_COMPARED -> "some tables were never compared";
      case LOADED_SINCE -> "rows were loaded after they were compared";
      case REPAIRED_SINCE -> "keys were repaired after they were compared";
      case LATER_PARTS -> "a part of a table that was compared later differs";
      case SELF_TEST -> "the sensitivity proof failed, so other faults may have been missed";
      case SCHEMA -> "the target's schema is not what was promised";
      case CHECKS -> "a check of the spec does not hold";
      case REJECTS -> "rows could not be loaded";
    };
  }

  /** What a reader must not take for proved. */
  public static List<String> leftOut(Report report) {
    Verdict verdict = report.verdict();
    List<String> left = new ArrayList<>();
    if (!verdict.levels().isEmpty()) {
      switch (weakest(verdict)) {
        case COUNT -> left.add("Values were not compared, only numbers of rows.");
        case SAMPLE -> left.add("Rows outside of the sample were not compared.");
        case EVERY_ROW -> {}
      }
    }
    verdict
        .newest()
        .ifPresent(
            newest -> {
              String first = moment(verdict.oldest().orElse(newest));
              left.add(
                  "Whatever was written to either side after it was read by the verification that"
                      + " ended on "
                      + (first.equals(moment(newest)) ? "" : first + ", for other tables on ")
                      + moment(newest)
                      + ".");
            });
    long rejected = RejectedRows.in(report.snapshot());
    if (rejected > 0) {
      left.add(count(rejected, "row") + " of the source could not be loaded (see Rejected rows).");
    }
    long filtered = FilteredRows.in(report.snapshot());
    if (filtered > 0) {
      left.add(count(filtered, "row") + " of the source that the mapping leaves out.");
    }
    conditions(report, left);
    objects(report, left);
    if (report.selfTest() == null) {
      left.add("No sensitivity proof was made: that faults would be found is not shown here.");
    }
    return left;
  }

  private static void conditions(Report report, List<String> left) {
    KeptCheck schema = report.schema();
    if (schema == null) {
      left.add("The target's schema was not compared with what was promised.");
    } else {
      verdictOlder(report, schema.run(), "The schema was compared", schema.finished(), left);
      long known = schema.count(Severity.KNOWN);
      if (known > 0) {
        left.add(
            count(known, "definition")
                + " of the schema that "
                + (known == 1 ? "is" : "are")
                + " not as promised, for reasons that are known (see Schema).");
      }
    }
    if (report.checks().isEmpty()) {
      left.add("No checks of the spec were asked.");
    }
  }

  private static void verdictOlder(
      Report report, long run, String what, Instant when, List<String> left) {
    if (report.verdicts().stream().anyMatch(v -> v.run() != run)) {
      left.add(what + " on " + moment(when) + ", not together with all rows.");
    }
  }

  private static void objects(Report report, List<String> left) {
    List<SchemaObject> objects = report.objects().known();
    if (objects == null) {
      left.add("What became of the source's objects: the source could not be looked at.");
      return;
    }
    long yours = SourceObjects.count(objects, SchemaObject.Outcome.LEFT);
    if (yours > 0) {
      left.add(
          count(yours, "object")
              + " of the source that "
              + (yours == 1 ? "is" : "are")
              + " left to you (see Objects of the source).");
    }
  }
}
