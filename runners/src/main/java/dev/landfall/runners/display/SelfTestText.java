package dev.landfall.runners.display;

import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.pipelines.api.SelfTestReport.Case;
import dev.landfall.runners.view.Numbers;
import dev.landfall.runners.view.ProofVerdict;
import dev.landfall.runners.view.WhatNow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A self-test's report as text: the verdict, a line for each table and type, what went wrong. */
public final class SelfTestText {
  private static final int MOST = 20;
  private static final int LONGEST_TYPE = 30;

  private final Style style;

  /** A text for that terminal. */
  public SelfTestText(Terminal terminal) {
    this.style = new Style(terminal);
  }

  /** The text's lines. */
  public List<String> lines(SelfTestReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(verdict(report));
    for (SelfTestReport.Table table : report.tables()) {
      lines.add("");
      lines.add(
          style.strong(Style.printable(table.table()))
              + "  "
              + (table.rows() == 0
                  ? "no rows, so that nothing could be seeded"
                  : Numbers.count(table.rows(), "row") + " copied")
              + (table.refused() == 0
                  ? ""
                  : ", " + Numbers.count(table.refused()) + " refused by the target left out"));
      types(report, table.table()).forEach((type, cases) -> lines.add(line(type, cases)));
    }
    failures(report, lines);
    notSeeded(report, lines);
    return lines;
  }

  private String verdict(SelfTestReport report) {
    if (report.proved()) {
      return style.tell(ProofVerdict.of(true, counts(report.cases()) + "."));
    }
    if (report.cases().stream().allMatch(Case::passed) && report.unexpected().isEmpty()) {
      return style.tell(ProofVerdict.nothingSeeded());
    }
    return style.tell(
        ProofVerdict.of(
            false,
            counts(report.cases())
                + "; "
                + Numbers.count(report.unexpected().size(), "difference")
                + " that nobody seeded."));
  }

  /** {@code 32 faults of 11 kinds seeded, 32 found, nothing else; 4 controls, none reported}. */
  private static String counts(List<Case> cases) {
    List<Case> faults = cases.stream().filter(c -> !c.control()).toList();
    List<Case> controls = cases.stream().filter(Case::control).toList();
    long kinds = faults.stream().map(Case::fault).distinct().count();
    long found = faults.stream().filter(Case::passed).count();
    long reported = controls.stream().filter(c -> !c.passed()).count();
    return Numbers.count(faults.size(), "fault")
        + " of "
        + Numbers.count(kinds, "kind")
        + " seeded, "
        + Numbers.count(found)
        + " found"
        + (found == faults.size() && reported == 0 ? ", nothing else" : "")
        + (controls.isEmpty()
            ? ""
            : "; "
                + Numbers.count(controls.size(), "control")
                + ", "
                + (reported == 0 ? "none" : Numbers.count(reported))
                + " reported");
  }

  private static Map<String, List<Case>> types(SelfTestReport report, String table) {
    Map<String, List<Case>> types = new LinkedHashMap<>();
    for (Case one : report.cases()) {
      if (one.table().equals(table)) {
        types.computeIfAbsent(type(one.type()), t -> new ArrayList<>()).add(one);
      }
    }
    return types;
  }

  private static String type(@Nullable String type) {
    return type == null ? "whole rows" : type;
  }

  private String line(String type, List<Case> cases) {
    return "  " + style.left(type, LONGEST_TYPE) + "  " + counts(cases);
  }

  private void failures(SelfTestReport report, List<String> lines) {
    List<String> failed = new ArrayList<>();
    report.cases().stream()
        .filter(c -> !c.passed())
        .forEach(
            c ->
                failed.add(
                    c.table()
                        + (c.columns().isEmpty() ? "" : "  " + String.join(", ", c.columns()))
                        + "  "
                        + c.fault()
                        + ": expected "
                        + c.expected()
                        + ", found "
                        + c.found()));
    report.unexpected().forEach(u -> failed.add(u.table() + "  not seeded: " + u.difference()));
    if (failed.isEmpty()) {
      return;
    }
    lines.add("");
    failed.stream().limit(MOST).forEach(text -> lines.add("  " + Style.printable(text)));
    if (failed.size() > MOST) {
      lines.add("  " + style.quiet("and " + (failed.size() - MOST) + " more; --json has all"));
    }
    lines.add("");
    lines.addAll(style.now(List.of(WhatNow.DISTRUST)));
  }

  private void notSeeded(SelfTestReport report, List<String> lines) {
    if (!report.notSeeded().isEmpty()) {
      lines.add("");
      lines.add(
          style.quiet(
              Numbers.count(report.notSeeded().size(), "fault")
                  + " could not be seeded, because no row that was copied would do for it;"
                  + " --json lists them"));
    }
  }
}
