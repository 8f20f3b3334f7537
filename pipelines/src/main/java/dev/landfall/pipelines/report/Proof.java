package dev.landfall.pipelines.report;

import dev.landfall.pipelines.api.SelfTestReport;
import java.util.List;

/**
 * A sensitivity proof: which faults were seeded and what was found of them.
 *
 * @param tables how many cases each table had
 * @param cases the first of them, those that failed before others
 */
public record Proof(long run, List<TestedTable> tables, List<SelfTestReport.Case> cases) {
  public Proof {
    tables = List.copyOf(tables);
    cases = List.copyOf(cases);
  }

  /** Whether every fault was found, and nothing else. */
  public boolean passed() {
    return tables.stream().allMatch(t -> t.passed() == t.cases());
  }

  /** Cases of one table. */
  public record TestedTable(String target, long cases, long passed, long run) {}
}
