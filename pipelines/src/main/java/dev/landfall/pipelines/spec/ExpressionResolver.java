package dev.landfall.pipelines.spec;

import dev.landfall.transforms.expr.Expression;
import dev.landfall.transforms.expr.ExpressionMistake;
import dev.landfall.transforms.expr.Variable;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resolves expressions over the columns of one source table. */
final class ExpressionResolver {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final SourceTable table;
  private final ColumnResolver columns;
  private final Mistakes mistakes;

  ExpressionResolver(SourceTable table, ColumnResolver columns, Mistakes mistakes) {
    this.table = table;
    this.columns = columns;
    this.mistakes = mistakes;
  }

  /**
   * An expression with the columns that it reads.
   *
   * @param inputs in the expression's order
   */
  record Resolved(Expression expression, List<TargetColumn> inputs) {
    Resolved {
      inputs = List.copyOf(inputs);
    }
  }

  /** Columns whose names a text has, whatever they mean there. */
  static List<SourceColumn> named(SourceTable table, String text) {
    Set<String> names = new HashSet<>();
    Matcher name = NAME.matcher(text);
    while (name.find()) {
      names.add(name.group());
    }
    return table.columns().stream().filter(column -> names.contains(column.name())).toList();
  }

  /**
   * The expression; empty, with the mistake noted, when it is wrong.
   *
   * @param text located where it begins
   * @param condition whether it has to say yes or no
   */
  Optional<Resolved> resolve(Located<String> text, boolean condition, SpecRules rules) {
    Map<String, TargetColumn> known = new LinkedHashMap<>();
    for (SourceColumn column : named(table, text.value())) {
      Optional<TargetColumn> input = columns.input(column, rules, text.at());
      if (input.isEmpty()) {
        return Optional.empty();
      }
      known.put(column.name(), input.get());
    }
    List<Variable> variables = new ArrayList<>();
    known.forEach((name, in) -> variables.add(new Variable(name, in.type(), in.nullable())));
    try {
      Expression expression =
          condition
              ? Expression.condition(text.value(), variables)
              : Expression.compile(text.value(), variables);
      List<TargetColumn> inputs = new ArrayList<>();
      for (String name : expression.used()) {
        inputs.add(known.get(name));
      }
      return Optional.of(new Resolved(expression, inputs));
    } catch (ExpressionMistake e) {
      note(text, e);
      return Optional.empty();
    }
  }

  private void note(Located<String> text, ExpressionMistake e) {
    Location start = text.at();
    Location at =
        new Location(
            start.file(),
            start.line() == 0 ? 0 : start.line() + e.line() - 1,
            e.line() == 1 ? start.column() + e.column() - 1 : e.column(),
            start.path());
    String nearest =
        e.unknown()
            .map(
                name ->
                    NearestName.suggestion(
                        name, table.columns().stream().map(SourceColumn::name).toList()))
            .orElse("");
    mistakes.add(at, e.getMessage() + "." + nearest + "\n    " + e.shown().replace("\n", "\n    "));
  }
}
