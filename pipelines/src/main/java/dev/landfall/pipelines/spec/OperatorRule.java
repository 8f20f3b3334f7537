package dev.landfall.pipelines.spec;

import dev.landfall.transforms.compute.Operator;
import java.util.Map;

/**
 * An operator that a spec applies.
 *
 * @param at where it is written
 * @param parts where its parts are written, by their names
 */
record OperatorRule(Operator operator, Location at, Map<String, Location> parts) {
  OperatorRule {
    parts = Map.copyOf(parts);
  }

  /** Where a part is written. */
  Location at(String part) {
    return parts.getOrDefault(part, at);
  }
}
