package dev.landfall.pipelines.spec;

import java.util.List;

/**
 * How one source table differs on the other side.
 *
 * @param table the source table
 * @param split whether it was written as a split
 * @param rules what becomes of the table's odd values
 * @param targets what it becomes: exactly one unless it is a split
 */
public record TableRule(
    Located<String> table, boolean split, SpecRules rules, List<TargetRule> targets) {
  public TableRule {
    targets = List.copyOf(targets);
  }
}
