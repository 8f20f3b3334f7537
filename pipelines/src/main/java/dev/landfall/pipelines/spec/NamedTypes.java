package dev.landfall.pipelines.spec;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of PostgreSQL that a spec names. */
public final class NamedTypes {
  private NamedTypes() {}

  /** All of them, as they are written. */
  public static Set<String> of(Spec spec) {
    return Stream.concat(
            spec.types().rules().stream().map(TypeRules.Rule::target),
            spec.mappings().stream()
                .flatMap(rule -> rule.targets().stream())
                .flatMap(target -> target.columns().stream())
                .map(ColumnRule::type))
        .filter(Objects::nonNull)
        .map(Located::value)
        .collect(Collectors.toSet());
  }
}
