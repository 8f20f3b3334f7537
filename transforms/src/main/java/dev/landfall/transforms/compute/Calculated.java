package dev.landfall.transforms.compute;

import dev.landfall.transforms.expr.EvaluationException;
import dev.landfall.transforms.expr.Evaluator;
import dev.landfall.transforms.expr.Expression;
import dev.landfall.transforms.types.PgType;
import java.util.List;

/**
 * What an expression makes of the columns that it reads.
 *
 * @param expression over the inputs
 */
public record Calculated(Expression expression) implements Formula {
  @Override
  public PgType type() {
    return expression.type();
  }

  @Override
  public boolean nullable(List<Boolean> inputs) {
    return expression.nullable();
  }

  @Override
  public String words(List<String> inputs) {
    return expression.text();
  }

  @Override
  public Maker maker() {
    Evaluator evaluator = expression.evaluator();
    return inputs -> {
      try {
        return evaluator.evaluate(inputs);
      } catch (EvaluationException e) {
        throw new UnfitException(expression.text() + ": " + e.reason());
      }
    };
  }
}
