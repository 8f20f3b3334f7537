package dev.landfall.transforms.expr;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes an expression's values, one after another; for one thread. */
public final class Evaluator {
  private final String text;
  private final Program program;
  private final Type type;
  private final Node node;
  private final Row row;

  Evaluator(String text, Program program) {
    this.text = text;
    this.program = program;
    this.type = program.made().type();
    this.node = program.made().node();
    this.row = new Row(program.loops());
  }

  /**
   * The value in PostgreSQL's text form of {@link Expression#type}, null for NULL.
   *
   * @param inputs the texts of {@link Expression#used}, in order, null for NULL; not kept
   * @throws EvaluationException when there is none; its message has the expression, the inputs and
   *     the reason
   */
  public @Nullable String evaluate(@Nullable String[] inputs) throws EvaluationException {
    Object value = value(inputs);
    return value == null ? null : Values.print(type, value);
  }

  /** Whether a condition is true: not false, and not NULL. */
  public boolean passes(@Nullable String[] inputs) throws EvaluationException {
    return Boolean.TRUE.equals(value(inputs));
  }

  private @Nullable Object value(@Nullable String[] inputs) throws EvaluationException {
    row.begin(inputs);
    try {
      return node.of(row);
    } catch (EvaluationException e) {
      throw e.in(shown(inputs));
    }
  }

  private String shown(@Nullable String[] inputs) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < program.used().size(); i++) {
      String input = inputs[i];
      values.add(
          program.used().get(i).name()
              + " = "
              + (input == null ? "NULL" : "\"" + Values.shortened(input) + "\""));
    }
    return values.isEmpty() ? text : text + " with " + String.join(", ", values);
  }
}
