package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.types.DeclaredType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The spec's {@code types}: what columns of a type of the source become wherever their own rule
 * names no type.
 *
 * @param rules in the order of the spec
 */
public record TypeRules(List<Rule> rules) {
  /** No rule. */
  public static final TypeRules NONE = new TypeRules(List.of());

  public TypeRules {
    rules = List.copyOf(rules);
  }

  /**
   * One rule.
   *
   * @param source the source's type
   * @param target the PostgreSQL type as written, or {@code enum}
   */
  public record Rule(DeclaredType source, Located<String> target) {}

  /** The rule for a column: of several that cover it the one that says most. */
  Optional<Rule> of(SourceColumn column) {
    return rules.stream()
        .filter(rule -> rule.source().covers(column))
        .max(Comparator.comparing(Rule::source, DeclaredType.leastSpecificFirst()));
  }

  /** What it may say. */
  static final Shape.Entries SHAPE = Shape.mapOf(Shape.Scalar.TEXT, Shape.Scalar.NAME);

  static TypeRules read(YamlValue types, Mistakes mistakes) {
    List<Rule> rules = new ArrayList<>();
    for (YamlValue.Entry entry : types.entries()) {
      Optional<DeclaredType> source = DeclaredType.parse(entry.key());
      if (source.isEmpty()) {
        mistakes.addUnknown(
            entry.keyAt(),
            "the source has no type of this name",
            entry.key(),
            DeclaredType.names());
      }
      Optional<String> target = entry.value().name();
      if (source.isPresent() && target.isPresent()) {
        Rule rule = new Rule(source.get(), new Located<>(target.get(), entry.value().at()));
        rules.stream()
            .filter(other -> other.source().equals(rule.source()))
            .findFirst()
            .ifPresent(
                other ->
                    mistakes.add(
                        entry.keyAt(),
                        "the type is given twice; the first is in line "
                            + other.target().at().line()
                            + "."));
        rules.add(rule);
      }
    }
    return new TypeRules(rules);
  }
}
