package dev.landfall.pipelines.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a report says of a target beside its rows. */
public final class ReportedConditions {
  private ReportedConditions() {}

  /**
   * A comparison of the target's schema with the promised one.
   *
   * @param findings the first of them, the worst before others
   * @param counts how many there are, by severity
   */
  public record SchemaCheck(
      long run,
      boolean asPromised,
      List<String> notes,
      Instant finished,
      List<Finding> findings,
      Map<String, Long> counts) {
    public SchemaCheck {
      notes = List.copyOf(notes);
      findings = List.copyOf(findings);
      counts = Report.ordered(counts);
    }
  }

  /** One finding of a comparison of the schema. */
  public record Finding(
      String severity,
      String kind,
      String table,
      String object,
      @Nullable String promised,
      @Nullable String found,
      @Nullable String reason) {
    /** Whether the table is one of the source. */
    public boolean ofSource() {
      return kind.startsWith("SOURCE_");
    }
  }

  /** One of the spec's checks. */
  public record Check(
      String name,
      String outcome,
      @Nullable String message,
      long differences,
      Instant finished,
      List<CheckRow> rows) {
    public Check {
      rows = List.copyOf(rows);
    }
  }

  /** A row or value that breaks a check. */
  public record CheckRow(
      String kind,
      Map<String, @Nullable String> key,
      @Nullable String column,
      @Nullable String source,
      @Nullable String target) {
    public CheckRow {
      key = Report.ordered(key);
    }
  }

  /**
   * A sensitivity proof: which faults were seeded and what was found of them.
   *
   * @param tables how many cases each table had
   * @param cases the first of them, those that failed before others
   */
  public record SelfTest(long run, List<TestedTable> tables, List<Case> cases) {
    public SelfTest {
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
}
