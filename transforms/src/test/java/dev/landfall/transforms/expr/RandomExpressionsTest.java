package dev.landfall.transforms.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.landfall.transforms.types.PgType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Expressions made of all functions and values that are hard on them: each has a value of its type,
 * or a reason why not; no other exception, and the same again each time.
 */
final class RandomExpressionsTest {
  private static final int ROUNDS = 20_000;

  private static final Map<Type, List<@Nullable String>> INPUTS = new HashMap<>();

  static {
    input(
        Type.INT,
        "0",
        "1",
        "-1",
        "7",
        "9223372036854775807",
        "-9223372036854775808",
        "1700000000",
        "x",
        "");
    input(
        Type.DECIMAL,
        "0",
        "0.00",
        "1.50",
        "-0.01",
        "99999999999999999999999999999999999",
        "1e5",
        "NaN",
        "1e-300");
    input(Type.DOUBLE, "0", "-0", "0.1", "1e308", "-1e308", "5e-324", "NaN", "Infinity", "x");
    input(Type.STRING, "", " ", "a", "Ä\uD83D\uDE00", "12", "a,b", "\u0000", "{\"a\":[1]}", "ß");
    input(Type.BOOL, "t", "f", "1", "0", "x");
    input(Type.BYTES, "\\x", "\\x00ff", "\\x0", "x");
    input(Type.DATE, "2024-02-29", "0001-01-01", "9999-12-31", "infinity", "0000-00-00", "");
    input(Type.TIMESTAMP, "2024-02-29 00:00:00", "9999-12-31 23:59:59.999999", "infinity", "x");
    input(Type.INSTANT, "2024-02-29 00:00:00+00", "0001-01-01 00:00:00+00", "infinity");
    input(Type.STRINGS, "{}", "{a,NULL,\"\"}", "{\"a b\",c}", "x", "{{a}}");
  }

  private static final Map<Type, List<String>> LITERALS =
      Map.of(
          Type.INT, List.of("0", "1", "-1", "3", "9223372036854775807", "null"),
          Type.DECIMAL, List.of("0.5", "1.10", "-2.0", "1e20", "null"),
          Type.DOUBLE, List.of("double('0.5')", "double(0.0)"),
          Type.STRING,
              List.of(
                  "''",
                  "'a'",
                  "'$.a[0]'",
                  "'NFC'",
                  "'yyyy-MM-dd'",
                  "'dd.MM.yyyy HH:mm:ss'",
                  "'Europe/Berlin'",
                  "'(a|b)+'",
                  "','",
                  "null"),
          Type.BOOL, List.of("true", "false", "null"),
          Type.BYTES, List.of("b'a'", "bytes('ä')"),
          Type.DATE, List.of("date('2020-01-01')", "'2020-01-31'"),
          Type.TIMESTAMP, List.of("timestamp('2020-01-01')"),
          Type.INSTANT, List.of("fromUnix(0)"),
          Type.STRINGS, List.of("[]", "['a', 'b']", "[null, 'a']", "split('a,b', ',')"));

  /** In an order that is the same every time. */
  private static final List<Type> TYPES =
      LITERALS.keySet().stream().sorted(Comparator.comparing(Type::kind)).toList();

  private final Random random = new Random(20260101);

  private static void input(Type type, @Nullable String... texts) {
    List<@Nullable String> all = new ArrayList<>(List.of(texts));
    all.add(null);
    INPUTS.put(type, all);
  }

  @Test
  void haveAValueOrAReason() throws Exception {
    int compiled = 0;
    int evaluated = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Type wanted = pick(TYPES);
      String text = term(wanted, 4);
      Expression expression;
      try {
        expression = Expression.compile(text, columns());
      } catch (ExpressionMistake e) {
        assertThat(e.getMessage()).as(text).isNotEmpty();
        assertThat(e.shown()).as(text).contains("^");
        continue;
      } catch (RuntimeException e) {
        fail(text, e);
        return;
      }
      compiled++;
      Evaluator evaluator = expression.evaluator();
      for (int row = 0; row < 5; row++) {
        @Nullable String[] inputs = inputs(expression);
        String outcome = outcome(expression, evaluator, inputs);
        assertThat(outcome(expression, evaluator, inputs)).as(text).isEqualTo(outcome);
        evaluated += outcome.startsWith("!") ? 0 : 1;
      }
    }
    assertThat(compiled).isGreaterThan(ROUNDS / 4);
    assertThat(evaluated).isGreaterThan(ROUNDS / 4);
  }

  private static String outcome(
      Expression expression, Evaluator evaluator, @Nullable String[] inputs) {
    try {
      String value = evaluator.evaluate(inputs);
      if (value == null) {
        assertThat(expression.nullable()).as(expression.text()).isTrue();
        return "NULL";
      }
      // The value is one of the type.
      Values.read(Type.of(expression.type()), value);
      return value;
    } catch (EvaluationException e) {
      assertThat(e.reason()).as(expression.text()).isNotEmpty();
      return "!" + e.getMessage();
    } catch (RuntimeException | StackOverflowError e) {
      return fail(expression + " of " + java.util.Arrays.asList(inputs), e);
    }
  }

  private @Nullable String[] inputs(Expression expression) {
    return expression.variables().stream()
        .map(
            variable -> {
              List<@Nullable String> texts = all(variable);
              String text = texts.get(random.nextInt(texts.size()));
              return text == null && !variable.nullable() ? texts.get(0) : text;
            })
        .toArray(String[]::new);
  }

  private static List<@Nullable String> all(Variable variable) {
    return INPUTS.getOrDefault(Type.of(variable.type()), List.of());
  }

  private static List<Variable> columns() {
    List<Variable> columns = new ArrayList<>();
    for (Type type : TYPES) {
      PgType pg = type.pg();
      if (pg != null) {
        columns.add(new Variable(name(type), pg, true));
        columns.add(new Variable(name(type) + "_set", pg, false));
      }
    }
    return columns;
  }

  private static String name(Type type) {
    return type.kind().name().toLowerCase(java.util.Locale.ROOT) + "s";
  }

  private String term(Type type, int depth) {
    int kind = random.nextInt(depth <= 0 ? 4 : 12);
    if (kind == 0 || (depth <= 0 && kind < 2)) {
      return pick(LITERALS.getOrDefault(type, List.of("null")));
    }
    if (kind < 4) {
      return name(type) + (random.nextInt(4) == 0 ? "_set" : "");
    }
    return switch (kind) {
      case 4 ->
          "("
              + term(Type.BOOL, depth - 1)
              + " ? "
              + term(type, depth - 1)
              + " : "
              + term(type, depth - 1)
              + ")";
      case 5 ->
          pick(List.of("coalesce", "ifNull", "nullIf"))
              + "("
              + term(type, depth - 1)
              + ", "
              + term(type, depth - 1)
              + ")";
      case 6 -> special(type, depth - 1);
      default -> call(type, depth);
    };
  }

  private String special(Type type, int depth) {
    if (type.equals(Type.BOOL)) {
      String one = term(pick(TYPES), depth);
      return pick(
          List.of(
              "(" + term(type, depth) + " && " + term(type, depth) + ")",
              "(" + term(type, depth) + " || " + term(type, depth) + ")",
              "!(" + term(type, depth) + ")",
              "(" + one + " == null)",
              "(" + term(Type.STRING, depth) + " in " + term(Type.STRINGS, depth) + ")",
              "(" + term(Type.INT, depth) + " in [1, " + term(Type.DECIMAL, depth) + "])",
              term(Type.STRINGS, depth) + ".exists(x, x == " + term(Type.STRING, depth) + ")",
              term(Type.STRINGS, depth) + ".all(y, size(y) > " + term(Type.INT, depth) + ")"));
    }
    if (type.equals(Type.STRINGS)) {
      return pick(
          List.of(
              term(type, depth) + ".map(x, x + " + term(Type.STRING, depth) + ")",
              term(type, depth) + ".filter(z, " + term(Type.BOOL, depth) + ")",
              "[" + term(Type.STRING, depth) + ", " + term(Type.STRING, depth) + "]"));
    }
    return type.equals(Type.STRING)
        ? term(Type.STRINGS, depth) + "[" + term(Type.INT, depth) + "]"
        : call(type, depth);
  }

  private String call(Type type, int depth) {
    List<Overload> makers =
        Functions.all().filter(overload -> overload.gives().equals(type)).toList();
    Overload overload = pick(makers);
    List<String> arguments =
        overload.takes().stream().map(argument -> term(argument, depth - 1)).toList();
    String name = overload.name();
    if (!name.contains("_")) {
      return name + "(" + String.join(", ", arguments) + ")";
    }
    String operator = name.replace("_", "");
    return arguments.size() == 1
        ? "(" + operator + "(" + arguments.get(0) + "))"
        : "(" + arguments.get(0) + " " + operator + " " + arguments.get(1) + ")";
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
