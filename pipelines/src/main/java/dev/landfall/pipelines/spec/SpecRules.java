package dev.landfall.pipelines.spec;

import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.Rules;
import java.util.EnumMap;
import java.util.Map;

/**
 * Rules for odd values as one level of a spec has them: for all tables, for one, or for a column.
 *
 * @param policies by kind of value
 */
public record SpecRules(Map<OddValue, Located<Policy>> policies) {
  /** Nothing said. */
  public static final SpecRules NONE = new SpecRules(Map.of());

  public SpecRules {
    policies = Map.copyOf(policies);
  }

  /** These rules where they say something, the wider ones elsewhere. */
  public SpecRules over(SpecRules wider) {
    Map<OddValue, Located<Policy>> both = new EnumMap<>(OddValue.class);
    both.putAll(wider.policies);
    both.putAll(policies);
    return new SpecRules(both);
  }

  /** The same without places. */
  Rules rules() {
    Map<OddValue, Policy> found = new EnumMap<>(OddValue.class);
    policies.forEach((odd, policy) -> found.put(odd, policy.value()));
    return new Rules(found);
  }
}
