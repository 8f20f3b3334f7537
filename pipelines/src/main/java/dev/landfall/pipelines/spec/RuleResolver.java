package dev.landfall.pipelines.spec;

import dev.landfall.transforms.choose.RuleScope;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.Policy.Outcome;
import dev.landfall.transforms.model.Rules;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.types.PgBytea;
import dev.landfall.transforms.types.PgType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the rules of single columns: the narrower level wins, what is of no use for a column is
 * left out, and what a column's own rules can't do is a mistake.
 */
final class RuleResolver {
  private final SourceTable table;
  private final SpecRules everywhere;
  private final SpecRules ofTable;
  private final Mistakes mistakes;

  /**
   * @param everywhere the rules for all tables
   * @param ofTable the rules for this table
   */
  RuleResolver(SourceTable table, SpecRules everywhere, SpecRules ofTable, Mistakes mistakes) {
    this.table = table;
    this.everywhere = everywhere;
    this.ofTable = ofTable;
    this.mistakes = mistakes;
  }

  /** Whether a column becomes bytea because of a rule. */
  boolean asBytes(SourceColumn column, SpecRules own) {
    return RuleScope.isText(column) && all(own).rules().asBytes();
  }

  /** Whether a type that is too narrow for a column may be chosen. */
  boolean narrows(SpecRules own) {
    return own.over(ofTable).policies().containsKey(OddValue.OUT_OF_RANGE);
  }

  /**
   * The rules of a column.
   *
   * @param own what the column's own entry says
   * @param target the column as far as it is known
   * @param typeChosen whether the spec chose its type
   */
  Rules resolve(SourceColumn column, SpecRules own, TargetColumn target, boolean typeChosen) {
    Set<OddValue> scope = RuleScope.of(column, target.type(), target.conversion(), typeChosen);
    boolean key = table.key().contains(column.name());
    own.policies().forEach((odd, policy) -> check(column, odd, policy, scope, target, key));
    SpecRules all = all(own);
    Rules usable = RuleScope.usable(all.rules(), scope, column, target.type(), key);
    Map<OddValue, Policy> found = new EnumMap<>(OddValue.class);
    usable
        .policies()
        .forEach(
            (odd, policy) -> {
              Located<Policy> said = Objects.requireNonNull(all.policies().get(odd));
              typed(column, policy, said.at(), target.type()).ifPresent(p -> found.put(odd, p));
            });
    return new Rules(found);
  }

  /** Whether rules that a person set make NULL of values, and nothing else then becomes of it. */
  static boolean makesNull(Rules rules) {
    return rules.policies().values().stream().anyMatch(p -> p.outcome() == Outcome.NULL);
  }

  /** What to add to the message that a type is too narrow. */
  static String wayOut(SourceColumn column, PgType type) {
    return column.type().narrowedTo(type).isPresent()
        ? ". Choose another type, leave the type out, or say with `rules: {range: …}` what becomes"
            + " of values that do not fit."
        : ". Choose another type, or leave the type out.";
  }

  private SpecRules all(SpecRules own) {
    return own.over(ofTable.over(everywhere));
  }

  private void check(
      SourceColumn column,
      OddValue odd,
      Located<Policy> policy,
      Set<OddValue> scope,
      TargetColumn target,
      boolean key) {
    String name = "column " + table.name() + "." + column.name();
    Outcome outcome = policy.value().outcome();
    if (outcome == Outcome.BYTES) {
      if (!RuleScope.isText(column)) {
        mistakes.add(
            policy.at(), name + " is no text that could be kept as bytes. Choose another outcome.");
      } else if (!(target.type() instanceof PgBytea)) {
        mistakes.add(
            policy.at(),
            "bytes makes the column bytea, not " + target.type() + ". Leave the type out.");
      }
    } else if (!scope.contains(odd)) {
      mistakes.add(
          policy.at(),
          name
              + " ("
              + column.columnType()
              + " to "
              + target.type()
              + ") has no values of the kind \""
              + odd.words()
              + "\", so the rule never applies. Remove it.");
    } else if (key && outcome == Outcome.NULL) {
      mistakes.add(
          policy.at(),
          name
              + " belongs to the key of "
              + table.name()
              + " and can't be NULL. Choose another outcome.");
    }
  }

  private Optional<Policy> typed(SourceColumn column, Policy policy, Location at, PgType type) {
    if (policy.outcome() != Outcome.VALUE) {
      return Optional.of(policy);
    }
    try {
      String text = Literals.textForm(String.valueOf(policy.value()), type);
      return Optional.of(new Policy(Outcome.VALUE, text));
    } catch (IllegalArgumentException e) {
      mistakes.add(at, "for " + table.name() + "." + column.name() + ": " + e.getMessage() + ".");
      return Optional.empty();
    }
  }
}
