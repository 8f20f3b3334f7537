package dev.landfall.pipelines.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of faults that were seeded on purpose.
 *
 * @param tables the tables that were asked for, in the mapping's order
 * @param cases every fault and control
 * @param unexpected what the comparison reported that nobody seeded
 * @param notSeeded faults that no row could be given
 */
public record SelfTestReport(
    List<Table> tables, List<Case> cases, List<Unexpected> unexpected, List<NotSeeded> notSeeded) {
  /** What is said where both sides are to be called equal, or are. */
  public static final String NOTHING = "nothing";

  public SelfTestReport {
    tables = List.copyOf(tables);
    cases = List.copyOf(cases);
    unexpected = List.copyOf(unexpected);
    notSeeded = List.copyOf(notSeeded);
  }

  /**
   * Whether the comparison found every fault, and nothing else. Without a single fault nothing is
   * proved.
   */
  public boolean proved() {
    return unexpected.isEmpty()
        && cases.stream().allMatch(Case::passed)
        && cases.stream().anyMatch(c -> !c.control());
  }

  /**
   * A table that rows were copied of.
   *
   * @param table {@code schema.table} of the target
   * @param rows how many rows were copied; none of a table that has none
   * @param refused how many rows were left out because the target refused them
   */
  public record Table(String table, int rows, int refused) {}

  /**
   * A change of one row.
   *
   * @param table the target table
   * @param columns the columns that were changed; none where a whole row was
   * @param type the columns' type, null for a whole row
   * @param fault what was done
   * @param expected what a comparison has to say, by PostgreSQL's own judgement
   * @param found what it said
   * @param passed whether it said exactly that
   */
  public record Case(
      String table,
      List<String> columns,
      @Nullable String type,
      String fault,
      String expected,
      String found,
      boolean passed) {
    public Case {
      columns = List.copyOf(columns);
    }

    /** Whether PostgreSQL calls both equal, so that nothing may be reported. */
    public boolean control() {
      return expected.equals(NOTHING);
    }
  }

  /** A difference that was reported though nobody seeded it, in words. */
  public record Unexpected(String table, String difference) {}

  /** A fault that was not seeded, and why not. */
  public record NotSeeded(String table, List<String> columns, String fault, String reason) {
    public NotSeeded {
      columns = List.copyOf(columns);
    }
  }
}
