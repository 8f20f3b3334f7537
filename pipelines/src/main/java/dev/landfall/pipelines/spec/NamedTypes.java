package dev.landfall.pipelines.spec;

import dev.landfall.transforms.compute.Cast;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of PostgreSQL that a spec names. */
public final class NamedTypes {
  private NamedTypes() {}

  /** All of them, as they are written. */
  public static Set<String> of(Spec spec) {
    Stream<String> written =
        Stream.concat(
                spec.types().rules().stream().map(TypeRules.Rule::target),
                spec.mappings().stream()
                    .flatMap(rule -> rule.targets().stream())
                    .flatMap(target -> target.columns().stream())
                    .map(ColumnRule::type))
            .filter(Objects::nonNull)
            .map(Located::value);
    Stream<String> cast =
        spec.operators()
            .map(OperatorRule::operator)
            .flatMap(
                operator -> operator instanceof Cast c ? Stream.of(c.to().ddl()) : Stream.of());
    return Stream.concat(written, cast).collect(Collectors.toSet());
  }
}
