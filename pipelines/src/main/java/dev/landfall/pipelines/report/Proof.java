package dev.landfall.pipelines.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sensitivity proof: which faults were seeded and what was found of them.
 *
 * @param tables how many cases each table had
 * @param cases the first of them, those that failed before others
 */
public record Proof(long run, List<TestedTable> tables, List<Case> cases) {
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

  /**
   * One fault, or one change that is none.
   *
   * @param type the column's type, null for what is done to a row
   */
  public record Case(
      String target,
      List<String> columns,
      @Nullable String type,
      String fault,
      String wanted,
      String found,
      boolean passed) {
    public Case {
      columns = List.copyOf(columns);
    }
  }
}
