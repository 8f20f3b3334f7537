package dev.landfall.runners.view;

import dev.landfall.runners.view.Telling.Tone;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.CheckResult.Outcome;
import dev.landfall.transforms.check.Finding;
import java.util.function.UnaryOperator;

/** What became of a check that is not about the schema. */
public final class CheckVerdict {
  private CheckVerdict() {}

  /** {@code Check "sums" is broken: 1 difference.} */
  public static Telling of(CheckResult check) {
    String name = "Check \"" + check.name() + "\"";
    String message = check.message() == null ? "" : check.message();
    return switch (check.outcome()) {
      case HELD -> Telling.good(name + " holds.", "");
      case BROKEN -> Telling.bad(name + " is broken:", message);
      case FAILED -> Telling.bad(name + " failed:", message);
    };
  }

  /** How an outcome is to be taken. */
  public static Tone tone(Outcome outcome) {
    return outcome == Outcome.HELD ? Tone.GOOD : Tone.BAD;
  }

  /** What breaks it: {@code changed currency = EUR total: 10 in the source, …}. */
  public static String row(Finding row) {
    if (row.table() != null) {
      return row.table() + "  " + row.what() + ": " + row.matter();
    }
    String key = Keys.of(row.key());
    return row.kindWords()
        + (key.isEmpty() ? "" : "  " + key)
        + (row.object() == null
            ? ""
            : "  "
                + row.object()
                + ": "
                + Keys.orNull(row.expected(), UnaryOperator.identity())
                + " in the source, "
                + Keys.orNull(row.found(), UnaryOperator.identity())
                + " in the target");
  }
}
