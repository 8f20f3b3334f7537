package dev.landfall.transforms.expr;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.transforms.types.PgType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Expressions that want more than a row is worth. */
@Timeout(60)
final class ExpressionBoundsTest {
  private static final List<Variable> TEXT = List.of(new Variable("t", PgType.parse("text"), true));

  @Test
  void endsLoops() {
    refuses(
        "split(t, ' ').exists(a, split(t, ' ').exists(b, split(t, ' ').exists(c, c == 'x')))",
        "a ".repeat(1000),
        "more than 100000 elements of lists to look at");
  }

  @Test
  void endsTexts() {
    refuses(
        "replace(replace(replace(t, 'a', t), 'a', t), 'a', t)",
        "a".repeat(1000),
        "a text of more than 8388608 characters");
    refuses(
        "size(split(t, ' ').map(x, t)) > 0",
        "aaaaaaaaaaaaaaaaaaa ".repeat(5000),
        "lists of more than 8388608 characters together");
    refuses("join(split(t, ' '), t)", "a ".repeat(5000), "a text of more than 8388608 characters");
  }

  @Test
  void endsDecimals() {
    String squared = "decimal(t)" + " * decimal(t)".repeat(50);
    refuses(squared, "9".repeat(900), "a decimal of more than 1000 digits");
    refuses("decimal(t)", "1e999999999", "\"1e999999999\" is not a decimal");
  }

  /** RE2 takes a time that grows with the text; others would take years. */
  @Test
  void endsPatterns() throws Exception {
    Evaluator evaluator =
        Expression.compile("matches(t, '^(a+)+$') || matches(t, '(.*)*(.*)*x')", TEXT).evaluator();
    org.assertj.core.api.Assertions.assertThat(
            org.junit.jupiter.api.Assertions.assertTimeout(
                Duration.ofSeconds(20),
                () -> evaluator.evaluate(new String[] {"a".repeat(50_000) + "!"})))
        .isEqualTo("f");
  }

  private static void refuses(String text, String input, String reason) {
    assertThatThrownBy(
            () -> Expression.compile(text, TEXT).evaluator().evaluate(new String[] {input}))
        .isInstanceOfSatisfying(
            EvaluationException.class,
            e -> org.assertj.core.api.Assertions.assertThat(e.reason()).isEqualTo(reason));
  }
}
