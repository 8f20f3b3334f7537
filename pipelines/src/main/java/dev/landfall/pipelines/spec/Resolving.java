package dev.landfall.pipelines.spec;

import dev.landfall.transforms.model.SourceTable;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What is the same for all tables while a spec is applied to a source.
 *
 * @param unfit rules of types that some column does not fit: one mistake for each is enough
 * @param surrogates keys that are not what they were
 * @param tables the source's table of a name, whether it moves or not; empty, with the mistake
 *     noted, where there is none
 */
record Resolving(
    Spec spec,
    TypeChooser types,
    Set<TypeRules.Rule> unfit,
    Surrogates surrogates,
    Function<Located<String>, Optional<SourceTable>> tables,
    Mistakes mistakes) {
  /** Resolves columns of a table. */
  ColumnResolver columns(SourceTable table, Optional<TableRule> rule) {
    SpecRules ofTable = rule.map(TableRule::rules).orElse(SpecRules.NONE);
    return new ColumnResolver(
        table,
        this,
        rule.flatMap(r -> Optional.ofNullable(r.collation())).orElse(spec.collations()),
        new RuleResolver(table, spec.rules(), ofTable, mistakes));
  }
}
