package dev.landfall.runners.view;

import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest.Level;
import dev.landfall.pipelines.report.Report;
import dev.landfall.pipelines.report.Verdict;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a person may do next.
 *
 * @param text why, and what for; its lines are as long as a terminal has room for
 * @param commands the command lines that do it
 */
public record WhatNow(String text, List<String> commands) {
  public WhatNow {
    commands = List.copyOf(commands);
  }

  /** Where a self-test found that a comparison can't be trusted. */
  public static final WhatNow DISTRUST =
      new WhatNow(
          """
          What now: don't rely on verdicts on these columns until this is understood; please
          report it with the column's types on both sides.""",
          List.of());

  /**
   * Behind a comparison; nothing where no row differs.
   *
   * @param command the command line that compares again
   * @param every the one that compares every row
   * @param repair the one that shows what a repair would do
   */
  public static List<WhatNow> of(
      VerificationReport report, String command, String every, String repair) {
    return report.equal()
        ? List.of()
        : report.differences().isEmpty()
            ? List.of(toName(report.request().level() == Level.COUNT, every))
            : differ(command, repair);
  }

  /**
   * Behind a repair, or what one would do.
   *
   * @param command the command line of this repair with further flags
   */
  public static List<WhatNow> of(
      RepairReport report, UnaryOperator<String> command, String verify) {
    List<WhatNow> steps = new ArrayList<>();
    if (!report.executed()
        && Stream.of(Action.INSERTED, Action.UPDATED, Action.DELETED)
            .anyMatch(action -> report.count(action) > 0)) {
      steps.add(new WhatNow("To do it:", List.of(command.apply("--execute"))));
    }
    if (report.count(Action.LEFT) > 0) {
      steps.add(
          new WhatNow(
              "Rows that only the target has are left. To delete them as well:",
              List.of(command.apply("--delete-extra" + (report.executed() ? "" : " --execute")))));
    }
    if (report.unnamed() > 0) {
      steps.add(
          new WhatNow(
              Numbers.count(report.unnamed(), "difference")
                  + " were counted and not named: verify again behind this repair, or with more"
                  + " --max-differences.",
              List.of()));
    }
    if (report.executed() || report.unnamed() > 0) {
      steps.add(new WhatNow("To compare both sides whole:", List.of(verify)));
    }
    return steps;
  }

  /** Where all that is known of a migration says that something is to be done. */
  public static List<WhatNow> of(Report report) {
    Verdict verdict = report.verdict();
    List<WhatNow> steps = new ArrayList<>();
    if (verdict.doubts().contains(Verdict.Doubt.SELF_TEST)) {
      steps.add(DISTRUST);
    }
    if (!report.differences().isEmpty()) {
      steps.addAll(differ("landfall verify", "landfall repair"));
    } else if (verdict.differences() > 0) {
      steps.add(toName(verdict.levels().contains(Verdict.Level.COUNT), "landfall verify"));
    } else if (verdict.outcome() == Verdict.Outcome.NOT_VERIFIED) {
      steps.add(compare("landfall verify"));
    }
    return steps;
  }

  /** Where nobody has compared. */
  public static WhatNow compare(String verify) {
    return new WhatNow("To compare both sides as they are now:", List.of(verify));
  }

  /** Where nothing is named there is nothing to look at, and nothing to repair. */
  private static WhatNow toName(boolean counted, String every) {
    return new WhatNow(
        counted
            ? "What now: counting does not tell which rows differ. To name them, compare every row:"
            : "What now: no row was named. To name them, compare without --max-differences:",
        List.of(every));
  }

  private static List<WhatNow> differ(String command, String repair) {
    return List.of(
        new WhatNow(
            """
            What now: look at these keys on both sides. If the source has changed since the
            load, that is why. To see what it takes to make the target agree, and to do it:""",
            List.of(repair, repair + " --execute")),
        new WhatNow("Once they are put right, compare again with", List.of(command)));
  }
}
