package dev.landfall.transforms.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** CEL's parser, and what is wrong in words that a person knows. */
final class Syntax {
  private static final int MAX_CHARACTERS = 10_000;

  /** A parser goes down as deep on its own stack. */
  private static final int MAX_DEPTH = 100;

  /** Macros are functions here, so that what they mean is said in one place. */
  private static final CelParser PARSER =
      CelParserFactory.standardCelParserBuilder()
          .setOptions(
              CelOptions.current()
                  .maxExpressionCodePointSize(MAX_CHARACTERS)
                  .maxParseRecursionDepth(MAX_DEPTH)
                  .build())
          .build();

  private static final Pattern QUOTED =
      Pattern.compile("(?:at|input|at:) '(.*?)'(?: expecting.*)?$", Pattern.DOTALL);

  /** What SQL has in other words. */
  private static final Map<String, String> OTHER_WORDS =
      Map.ofEntries(
          Map.entry("=", "equality is written =="),
          Map.entry("and", "and is written &&"),
          Map.entry("or", "or is written ||"),
          Map.entry("not", "not is written !"),
          Map.entry("is", "NULL is tested with == null or != null"),
          Map.entry("like", "texts are tested with startsWith, contains, endsWith or matches"),
          Map.entry("in", "a list is written in ['a', 'b']"),
          Map.entry("between", "between is written a <= x && x <= b"),
          Map.entry("case", "a choice is written condition ? yes : no"));

  /** What others call functions. */
  private static final Map<String, String> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("now", "there is no clock: a row has to give the same value every time"),
          Map.entry("today", "there is no clock: a row has to give the same value every time"),
          Map.entry("concat", "texts are joined with +"),
          Map.entry("if", "a choice is written condition ? yes : no"),
          Map.entry("substring", "substr(text, from, length) counts from 1"),
          Map.entry("mid", "substr(text, from, length) counts from 1"),
          Map.entry("len", "length(text) counts characters"),
          Map.entry("char_length", "length(text) counts characters"),
          Map.entry("has", "NULL is tested with != null"),
          Map.entry("isnull", "NULL is tested with == null"),
          Map.entry("nvl", "coalesce(a, b) takes the first that is not NULL"),
          Map.entry("cast", "int(…), decimal(…), double(…), string(…), date(…) convert"),
          Map.entry("to_char", "format(date, 'yyyy-MM-dd') does"),
          Map.entry("date_format", "format(date, 'yyyy-MM-dd') does"),
          Map.entry("str_to_date", "parseDate(text, 'dd.MM.yyyy') does"),
          Map.entry("regexp_replace", "extract(text, pattern) and replace(text, part, by) exist"),
          Map.entry("lpad", "padLeft(text, length, '0') does"),
          Map.entry("strip", "trim(text) does"));

  private Syntax() {}

  static CelAbstractSyntaxTree parse(String text) throws ExpressionMistake {
    if (text.isBlank()) {
      throw new ExpressionMistake(text, 0, "the expression is empty");
    }
    if (text.length() > 2 * MAX_CHARACTERS
        || text.codePointCount(0, text.length()) > MAX_CHARACTERS) {
      throw new ExpressionMistake(
          text, 0, "an expression has " + MAX_CHARACTERS + " characters at most");
    }
    CelValidationResult result = PARSER.parse(text);
    try {
      if (!result.hasError()) {
        return result.getAst();
      }
    } catch (CelValidationException e) {
      throw wrong(text, e.getErrors().get(0));
    }
    throw wrong(text, result.getErrors().get(0));
  }

  private static ExpressionMistake wrong(String text, CelIssue issue) {
    int line = 0;
    for (int i = 1; i < issue.getSourceLocation().getLine(); i++) {
      line = text.indexOf('\n', line) + 1;
    }
    int left = text.codePointCount(line, text.length());
    int column = Math.max(0, Math.min(issue.getSourceLocation().getColumn(), left));
    int offset = text.offsetByCodePoints(line, column);
    return offset > 0 && text.startsWith("<>", offset - 1)
        ? new ExpressionMistake(text, offset - 1, "inequality is written !=")
        : new ExpressionMistake(text, offset, words(issue.getMessage()));
  }

  private static String words(String message) {
    if (message.contains("recursion limit")) {
      return "more than " + MAX_DEPTH + " parts within each other";
    }
    if (message.startsWith("For input string")) {
      return "this number is too large; decimal('…') takes one of any size";
    }
    if (message.startsWith("reserved identifier: ")) {
      String name = message.substring(message.indexOf(": ") + 2);
      return "\"" + name + "\" is a word of CEL; the column is written col('" + name + "')";
    }
    Matcher quoted = QUOTED.matcher(message);
    String part = quoted.find() ? quoted.group(1).trim() : "";
    if (part.equals("<EOF>")) {
      return "the expression ends too early"
          + (message.startsWith("missing ')'") ? ": a ) is missing" : "");
    }
    if (message.startsWith("token recognition") && part.matches("(?s)['\"].*")) {
      return "the text has no end, or a \\ that stands for nothing (a \\ itself is \\\\)";
    }
    String hint = OTHER_WORDS.get(part.toLowerCase(Locale.ROOT));
    return part.isEmpty()
        ? message
        : "\"" + part + "\" can't stand here" + (hint == null ? "" : ": " + hint);
  }

  static String unknown(String name) {
    String hint =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "null", "true", "false" -> ": it is written " + name.toLowerCase(Locale.ROOT);
          default -> "";
        };
    return "there is no column \"" + name + "\"" + hint;
  }

  /** Why no function takes the arguments. */
  static String unfit(String name, List<Term> arguments) {
    List<Overload> known = Functions.named(name);
    if (known.isEmpty()) {
      String hint = OTHER_NAMES.get(name.toLowerCase(Locale.ROOT));
      String near = Functions.names().filter(name::equalsIgnoreCase).findFirst().orElse(null);
      return near != null
          ? "it is written " + near
          : "there is no function \"" + name + "\"" + (hint == null ? "" : ": " + hint);
    }
    boolean operator = name.contains("_");
    String shown = operator ? name.replace("_", "") : name;
    boolean same =
        known.stream()
            .allMatch(o -> o.takes().size() == 2 && o.takes().stream().distinct().count() == 1);
    String takes =
        known.stream()
            .map(overload -> same ? overload.takes().get(0).words() : types(overload.takes()))
            .distinct()
            .collect(Collectors.joining(", or ", same ? "two of one type, each " : "", ""));
    return (operator ? "\"" + shown + "\"" : shown)
        + " is not for "
        + types(arguments)
        + hint(name, arguments)
        + "; it takes "
        + takes;
  }

  private static String hint(String name, List<Term> arguments) {
    boolean sum = name.equals("_+_") || name.equals("_-_");
    if (sum && has(arguments, Type.DATE, Type.TIMESTAMP, Type.INSTANT)) {
      return ": addDays(…), addMonths(…), addSeconds(…), daysBetween(…) and secondsBetween(…) do";
    }
    if (name.equals("_+_") && has(arguments, Type.STRING)) {
      return ": string(…) makes a text of a value";
    }
    if (has(arguments, Type.DECIMAL) && has(arguments, Type.DOUBLE)) {
      return ": say with decimal(…) or double(…) which it shall be";
    }
    if (has(arguments, Type.BOOL) && has(arguments, Type.INT)) {
      return ": a boolean is written as it is, or with ! before it";
    }
    return has(arguments, Type.INSTANT) && arguments.size() == 2
        ? ": local(…, 'UTC') makes a timestamp of a timestamptz"
        : "";
  }

  private static boolean has(List<Term> arguments, Type... types) {
    return arguments.stream().map(Term::type).anyMatch(List.of(types)::contains);
  }

  static String noBoolean(Term term) {
    return "this is "
        + term.type().words()
        + ", and a boolean has to stand here"
        + (term.type().equals(Type.STRING) ? "; texts are joined with +" : "");
  }

  static String types(List<?> typed) {
    return typed.stream()
        .map(one -> one instanceof Term term ? term.type() : (Type) one)
        .map(Type::words)
        .collect(Collectors.joining(" and "));
  }
}
