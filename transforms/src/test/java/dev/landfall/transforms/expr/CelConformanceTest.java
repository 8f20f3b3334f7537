package dev.landfall.transforms.expr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.landfall.transforms.types.PgType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What CEL says too, it says alike: integers, texts, booleans, lists and their loops, without NULL,
 * as CEL's own checker and runtime have them. A value that is none is none in both.
 */
final class CelConformanceTest {
  private static final int ROUNDS = 5_000;

  private static final List<String> INTS =
      List.of("0", "1", "-1", "2", "7", "9223372036854775807", "-9223372036854775808");
  private static final List<String> STRINGS = List.of("", "a", "b", "ab", "Äß", "aab", "12", "a.b");
  private static final List<List<String>> LISTS =
      List.of(List.of(), List.of("a"), List.of("a", "b", "ab"), List.of("", "", "Äß"));

  private static final List<Variable> COLUMNS =
      List.of(
          new Variable("i", PgType.parse("bigint"), true),
          new Variable("j", PgType.parse("bigint"), true),
          new Variable("s", PgType.parse("text"), true),
          new Variable("t", PgType.parse("text"), true),
          new Variable("p", PgType.parse("boolean"), true),
          new Variable("l", PgType.parse("text[]"), true));

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("i", SimpleType.INT)
          .addVar("j", SimpleType.INT)
          .addVar("s", SimpleType.STRING)
          .addVar("t", SimpleType.STRING)
          .addVar("p", SimpleType.BOOL)
          .addVar("l", ListType.create(SimpleType.STRING))
          .build();

  private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder().build();

  private final Random random = new Random(20260101);

  @Test
  void saysTheSame() throws Exception {
    int values = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String text =
          switch (random.nextInt(3)) {
            case 0 -> integer(4);
            case 1 -> string(4);
            default -> bool(4);
          };
      CelRuntime.Program theirs = RUNTIME.createProgram(COMPILER.compile(text).getAst());
      Expression ours;
      try {
        ours = Expression.compile(text, COLUMNS);
      } catch (ExpressionMistake e) {
        // A constant part has no value; in CEL another part may decide.
        assertThat(e.getMessage()).as(text).startsWith("this has no value: ");
        continue;
      }
      for (int n = 0; n < 4; n++) {
        Map<String, Object> row = row();
        String expected = theirs(theirs, row);
        assertThat(ours(ours, row)).as("%s of %s", text, row).isEqualTo(expected);
        values += expected.equals("none") ? 0 : 1;
      }
    }
    assertThat(values).isGreaterThan(ROUNDS);
  }

  private Map<String, Object> row() {
    Map<String, Object> row = new HashMap<>();
    row.put("i", Long.valueOf(pick(INTS)));
    row.put("j", Long.valueOf(pick(INTS)));
    row.put("s", pick(STRINGS));
    row.put("t", pick(STRINGS));
    row.put("p", random.nextBoolean());
    row.put("l", pick(LISTS));
    return row;
  }

  private static String theirs(CelRuntime.Program program, Map<String, Object> row) {
    try {
      return String.valueOf(program.eval(row));
    } catch (CelEvaluationException e) {
      return "none";
    }
  }

  private static String ours(Expression expression, Map<String, Object> row) {
    List<@Nullable String> inputs = new ArrayList<>();
    for (Variable variable : expression.variables()) {
      Object value = row.get(variable.name());
      inputs.add(value == null ? null : Values.print(Type.of(variable.type()), value));
    }
    try {
      String made = expression.evaluator().evaluate(inputs.toArray(new String[0]));
      return Type.of(expression.type()).equals(Type.BOOL)
          ? String.valueOf("t".equals(made))
          : String.valueOf(made);
    } catch (EvaluationException e) {
      return "none";
    }
  }

  private String integer(int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 9)) {
      case 0 -> "i";
      case 1 -> "j";
      case 2 -> pick(INTS);
      case 3, 4, 5 ->
          "("
              + integer(depth - 1)
              + pick(List.of(" + ", " - ", " * ", " / ", " % "))
              + integer(depth - 1)
              + ")";
      case 6 -> "-(" + integer(depth - 1) + ")";
      case 7 -> "size(" + (random.nextBoolean() ? string(depth - 1) : list(depth - 1)) + ")";
      default ->
          "(" + bool(depth - 1) + " ? " + integer(depth - 1) + " : " + integer(depth - 1) + ")";
    };
  }

  private String string(int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 7)) {
      case 0 -> "s";
      case 1 -> "t";
      case 2 -> "'" + pick(STRINGS) + "'";
      case 3 -> "(" + string(depth - 1) + " + " + string(depth - 1) + ")";
      case 4 -> list(depth - 1) + "[" + integer(0) + "]";
      case 5 -> "string(" + integer(depth - 1) + ")";
      default ->
          "(" + bool(depth - 1) + " ? " + string(depth - 1) + " : " + string(depth - 1) + ")";
    };
  }

  private String list(int depth) {
    return switch (random.nextInt(depth == 0 ? 2 : 5)) {
      case 0 -> "l";
      case 1 -> "['" + pick(STRINGS) + "', s]";
      case 2 -> list(depth - 1) + ".filter(x, x" + pick(COMPARED) + string(depth - 1) + ")";
      case 3 -> list(depth - 1) + ".map(y, y + " + string(depth - 1) + ")";
      default -> list(depth - 1) + ".map(z, " + bool(depth - 1) + ", z + z)";
    };
  }

  private static final List<String> COMPARED =
      List.of(" == ", " != ", " < ", " <= ", " > ", " >= ");

  private String bool(int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 12)) {
      case 0 -> "p";
      case 1 -> "(i" + pick(COMPARED) + "j)";
      case 2 -> "(s" + pick(COMPARED) + "'" + pick(STRINGS) + "')";
      case 3, 4 -> "(" + bool(depth - 1) + " && " + bool(depth - 1) + ")";
      case 5, 6 -> "(" + bool(depth - 1) + " || " + bool(depth - 1) + ")";
      case 7 -> "!(" + bool(depth - 1) + ")";
      case 8 ->
          random.nextBoolean()
              ? "(" + integer(depth - 1) + pick(COMPARED) + integer(depth - 1) + ")"
              : "(" + string(depth - 1) + " in " + list(depth - 1) + ")";
      case 9 ->
          string(depth - 1)
              + pick(List.of(".startsWith(", ".endsWith(", ".contains("))
              + string(depth - 1)
              + ")";
      case 10 ->
          list(depth - 1)
              + pick(List.of(".all(v, ", ".exists(v, ", ".exists_one(v, "))
              + "size(v)"
              + pick(COMPARED)
              + integer(depth - 1)
              + ")";
      default -> string(depth - 1) + ".matches('a+|^.$|[0-9]')";
    };
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
