package dev.landfall.pipelines.spec;

import java.util.List;

/**
 * How one source table differs on the other side.
 *
 * @param table the source table
 * @param split whether it was written as a split
 * @param targets what it becomes: exactly one unless it is a split
 */
public record TableRule(Located<String> table, boolean split, List<TargetRule> targets) {
  public TableRule {
    targets = List.copyOf(targets);
  }
}
