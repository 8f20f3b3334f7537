package dev.landfall.transforms.model;

import dev.landfall.transforms.model.Policy.Outcome;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

  /**
   * The policy that meets a kind of value: the one that is set, or the default. By default a value
   * that PostgreSQL has no place for is refused, but for zero dates, which mean "none" and become
   * NULL where that is allowed; what PostgreSQL can hold is kept.
   *
   * @param nullable whether the target's column takes NULL
   */
  public Policy effective(OddValue odd, boolean nullable) {
    return policy(odd)
        .orElseGet(
            () ->
                Policy.of(
                    switch (odd) {
                      case ZERO_DATE -> nullable ? Outcome.NULL : Outcome.REFUSE;
                      case PARTIAL_DATE, IMPOSSIBLE_DATE, OUT_OF_RANGE, NUL, BAD_TEXT ->
                          Outcome.REFUSE;
                      case TWICE_ENCODED, EMPTY_ENUM -> Outcome.KEEP;
                    }));
  }

  /** Whether a text column becomes bytea with the source's own bytes. */
  public boolean asBytes() {
    return policies.values().stream().anyMatch(p -> p.outcome() == Outcome.BYTES);
  }

  /** What is set, as a spec writes it: {@code {zeroDate: null}}; empty when nothing is. */
  public String written() {
    return policies.isEmpty()
        ? ""
        : new EnumMap<>(policies)
            .entrySet().stream()
                .map(e -> e.getKey().key() + ": " + e.getValue().written())
                .collect(Collectors.joining(", ", "{", "}"));
  }

  /** These rules where they say something, the others elsewhere. */
  public Rules over(Rules others) {
    Map<OddValue, Policy> both = new EnumMap<>(OddValue.class);
    both.putAll(others.policies);
    both.putAll(policies);
    return new Rules(both);
  }
}
