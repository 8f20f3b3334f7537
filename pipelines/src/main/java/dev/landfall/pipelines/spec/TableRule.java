package dev.landfall.pipelines.spec;

import dev.landfall.transforms.model.TextEquality;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one source table differs on the other side.
 *
 * @param table the source table
 * @param split whether it was written as a split
 * @param rules what becomes of the table's odd values
 * @param targets what it becomes: exactly one unless it is a split
 * @param merged whether other tables become the same target
 * @param collation what becomes of its texts' collations, null for what the spec says for all
 */
public record TableRule(
    Located<String> table,
    boolean split,
    SpecRules rules,
    List<TargetRule> targets,
    boolean merged,
    @Nullable TextEquality collation) {
  public TableRule {
    targets = List.copyOf(targets);
  }

  /** Whether the spec itself names that target; else it has the source's name. */
  boolean names(TargetRule target) {
    return !target.name().equals(table);
  }
}
