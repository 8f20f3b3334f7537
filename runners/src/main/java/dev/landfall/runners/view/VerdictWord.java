package dev.landfall.runners.view;

import dev.landfall.pipelines.report.Report;
import dev.landfall.runners.view.Telling.Tone;
import dev.landfall.transforms.ledger.Snapshot;
import org.jspecify.annotations.Nullable;

/** What is known of one table, in as few words as the cell of a list has room for. */
public record VerdictWord(Tone tone, String word) {
  private static final VerdictWord NOT_LOADED = new VerdictWord(Tone.WARN, "not loaded");

  /** Of a source table, beside its numbers of rows and under the heading "verified". */
  public static VerdictWord of(Snapshot.Table table) {
    if (!table.done()) {
      return table.chunks() == 0
          ? NOT_LOADED
          : new VerdictWord(
              Tone.WARN,
              Numbers.count(table.chunksDone()) + "/" + Numbers.count(table.chunks(), "chunk"));
    }
    return switch (table.verified()) {
      case NOT_VERIFIED -> new VerdictWord(Tone.NONE, "no");
      case EQUAL -> new VerdictWord(Tone.GOOD, Closeness.EVERY_ROW.word());
      case DIFFERENT -> new VerdictWord(Tone.BAD, Numbers.count(table.differences()) + " differ");
    };
  }

  /**
   * Of one of its target tables, beside the numbers of its differences; null where none is known.
   */
  public static VerdictWord of(Snapshot.Table table, Report.@Nullable TableVerdict newest) {
    if (newest == null) {
      return table.done() ? new VerdictWord(Tone.WARN, "not compared") : NOT_LOADED;
    }
    if (newest.differences() > 0) {
      return new VerdictWord(Tone.BAD, "different");
    }
    return newest.loadedSince()
        ? new VerdictWord(Tone.WARN, "loaded into since")
        : new VerdictWord(Tone.GOOD, Closeness.of(newest.level()).word());
  }
}
