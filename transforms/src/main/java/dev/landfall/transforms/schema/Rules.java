package dev.landfall.transforms.schema;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of one column, as far as a spec sets any. A kind of value without a rule has its
 * default, which loses nothing or refuses.
 *
 * @param policies by kind of value
 */
public record Rules(Map<OddValue, Policy> policies) implements Serializable {
  /** Nothing set. */
  public static final Rules DEFAULTS = new Rules(Map.of());

  public Rules {
    policies = Map.copyOf(policies);
  }

  /** The policy that is set for a kind of value. */
  public Optional<Policy> policy(OddValue odd) {
    return Optional.ofNullable(policies.get(odd));
  }

  /** These rules where they say something, the others elsewhere. */
  public Rules over(Rules others) {
    Map<OddValue, Policy> both = new EnumMap<>(OddValue.class);
    both.putAll(others.policies);
    both.putAll(policies);
    return new Rules(both);
  }
}
