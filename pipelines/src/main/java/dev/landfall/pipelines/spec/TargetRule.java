package dev.landfall.pipelines.spec;

import java.util.List;

/**
 * One target table of a rule.
 *
 * @param name the target table; the source table's own name unless the spec says another
 * @param others whether columns that are not mentioned are carried over under their own names
 * @param columns the columns that the spec mentions, in its order
 * @param omit the source columns that are left out
 */
public record TargetRule(
    Located<String> name, boolean others, List<ColumnRule> columns, List<Located<String>> omit) {
  public TargetRule {
    columns = List.copyOf(columns);
    omit = List.copyOf(omit);
  }
}
