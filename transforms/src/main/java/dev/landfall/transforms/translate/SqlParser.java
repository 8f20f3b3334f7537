package dev.landfall.transforms.translate;

import dev.landfall.transforms.translate.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions by MySQL's own precedence of operators (manual 12.4.1, with sql_mode as the
 * catalogue's printing assumes: {@code NOT} binds loosely, {@code ||} never appears).
 */
class SqlParser {
  private static final Set<String> COMPARISONS = Set.of("=", "<=>", ">=", ">", "<=", "<", "<>");

  /** The binary operators above the comparisons, by how strongly they bind. */
  private static final Map<String, Integer> STRENGTHS =
      Map.ofEntries(
          Map.entry("|", 1),
          Map.entry("&", 2),
          Map.entry("<<", 3),
          Map.entry(">>", 3),
          Map.entry("+", 4),
          Map.entry("-", 4),
          Map.entry("*", 5),
          Map.entry("/", 5),
          Map.entry("div", 5),
          Map.entry("%", 5),
          Map.entry("mod", 5),
          Map.entry("^", 6));

  /** Words that begin or end something and so are no function or column. */
  private static final Set<String> RESERVED =
      Set.of(
          "and",
          "or",
          "xor",
          "not",
          "is",
          "in",
          "between",
          "like",
          "regexp",
          "rlike",
          "as",
          "from",
          "where",
          "group",
          "having",
          "order",
          "limit",
          "union",
          "on",
          "using",
          "join",
          "select",
          "then",
          "when",
          "else",
          "end",
          "exists",
          "over",
          "with",
          "binary",
          "match",
          "interval");

  /** Functions that are written without brackets too. */
  private static final Set<String> BARE_FUNCTIONS =
      Set.of("current_timestamp", "current_date", "localtimestamp", "localtime", "true", "false");

  private final List<Token> tokens;
  private int at;

  SqlParser(String sql) {
    this.tokens = Tokens.of(sql);
  }

  /** The whole text as one expression. */
  static Sql expression(String sql) {
    SqlParser parser = new SqlParser(sql);
    Sql expression = parser.expression();
    parser.end();
    return expression;
  }

  final void end() {
    if (peek().kind() != Kind.END) {
      throw unexpected();
    }
  }

  final Sql expression() {
    Sql left = exclusive();
    while (accept("or")) {
      left = Sql.Call.of("or", left, exclusive());
    }
    return left;
  }

  private Sql exclusive() {
    Sql left = conjunction();
    while (accept("xor")) {
      left = Sql.Call.of("xor", left, conjunction());
    }
    return left;
  }

  private Sql conjunction() {
    Sql left = negation();
    while (accept("and")) {
      left = Sql.Call.of("and", left, negation());
    }
    return left;
  }

  private Sql negation() {
    return accept("not") ? Sql.Call.of("not", negation()) : comparison();
  }

  private Sql comparison() {
    Sql left = predicate();
    while (true) {
      if (peek().kind() == Kind.SIGN && COMPARISONS.contains(peek().text())) {
        left = Sql.Call.of(next().text(), left, predicate());
      } else if (accept("is")) {
        String not = accept("not") ? "not " : "";
        String what = accept("unknown") ? "null" : next().text();
        if (!Set.of("null", "true", "false").contains(what)) {
          throw new Untranslatable("IS " + what + " is not known here");
        }
        left = Sql.Call.of("is " + not + what, left);
      } else {
        return left;
      }
    }
  }

  private Sql predicate() {
    Sql left = binary(1);
    String not = peek().is("not") ? "not " : "";
    if (!not.isEmpty()) {
      at++;
    }
    if (accept("in")) {
      List<Sql> arguments = new ArrayList<>();
      arguments.add(left);
      expect("(");
      arguments.addAll(arguments());
      return new Sql.Call(not + "in", arguments);
    }
    if (accept("between")) {
      Sql low = binary(1);
      expect("and");
      return Sql.Call.of(not + "between", left, low, predicate());
    }
    if (accept("like")) {
      Sql pattern = binary(1);
      return accept("escape")
          ? Sql.Call.of(not + "like", left, pattern, binary(1))
          : Sql.Call.of(not + "like", left, pattern);
    }
    if (accept("regexp") || accept("rlike")) {
      return Sql.Call.of("regexp", left, binary(1));
    }
    if (!not.isEmpty()) {
      throw unexpected();
    }
    return left;
  }

  private Sql binary(int strength) {
    Sql left = unary();
    while (true) {
      Integer found = operatorStrength();
      if (found == null || found < strength) {
        return left;
      }
      String operator = next().text();
      if ((operator.equals("+") || operator.equals("-")) && accept("interval")) {
        Sql amount = expression();
        left = new Sql.Shift(left, amount, next().text(), operator.equals("-"));
      } else {
        left = Sql.Call.of(operator.equals("mod") ? "%" : operator, left, binary(found + 1));
      }
    }
  }

  private @Nullable Integer operatorStrength() {
    Token token = peek();
    return token.kind() == Kind.SIGN || token.kind() == Kind.WORD
        ? STRENGTHS.get(token.text())
        : null;
  }

  private Sql unary() {
    if (accept("-")) {
      return Sql.Call.of("neg", unary());
    }
    if (accept("+")) {
      return unary();
    }
    if (accept("~")) {
      return Sql.Call.of("~", unary());
    }
    if (accept("!")) {
      return Sql.Call.of("not", unary());
    }
    Sql operand = primary();
    while (accept("collate")) {
      operand = new Sql.Collate(operand, next().text());
    }
    return operand;
  }

  private Sql primary() {
    Token token = next();
    return switch (token.kind()) {
      case TEXT -> new Sql.Text(token.text(), null);
      case NUMBER -> new Sql.Digits(token.text());
      case HEX -> new Sql.Hex(token.text());
      case NAME -> name(token.text());
      case WORD -> word(token.text());
      case SIGN, END -> {
        if (!token.is("(")) {
          at--;
          throw unexpected();
        }
        if (peek().is("select")) {
          throw new Untranslatable("a subquery is not translated");
        }
        Sql inner = expression();
        expect(")");
        yield inner;
      }
    };
  }

  private Sql name(String first) {
    List<String> path = new ArrayList<>(List.of(first));
    while (accept(".")) {
      path.add(expectName());
    }
    if (peek().is("(")) {
      throw new Untranslatable("the stored function " + String.join(".", path) + " is not known");
    }
    return new Sql.Name(path);
  }

  private Sql word(String word) {
    if (word.startsWith("_") && peek().kind() == Kind.TEXT) {
      return new Sql.Text(next().text(), word.substring(1));
    }
    if (word.equals("null")) {
      return new Sql.Null();
    }
    if (word.equals("case")) {
      return caseOf();
    }
    boolean literal = word.equals("date") || word.equals("timestamp") || word.equals("time");
    if (literal && peek().kind() == Kind.TEXT) {
      return Sql.Call.of(word + " literal", new Sql.Text(next().text(), null));
    }
    if (accept("(")) {
      return call(word);
    }
    if (BARE_FUNCTIONS.contains(word)) {
      return Sql.Call.of(word);
    }
    if (RESERVED.contains(word) || peek().kind() == Kind.TEXT) {
      throw new Untranslatable(word.toUpperCase(java.util.Locale.ROOT) + " is not translated");
    }
    // Without backticks where the source's sql_quote_show_create is off.
    return name(word);
  }

  private Sql call(String function) {
    switch (function) {
      case "cast" -> {
        Sql argument = expression();
        expect("as");
        return new Sql.Cast(argument, type());
      }
      case "convert" -> {
        Sql argument = expression();
        if (!accept("using")) {
          throw new Untranslatable("CONVERT to a type is not translated");
        }
        String set = next().text();
        expect(")");
        return new Sql.Cast(argument, "using " + set);
      }
      case "group_concat" ->
          throw new Untranslatable("GROUP_CONCAT cuts its result at group_concat_max_len");
      case "exists" -> throw new Untranslatable("a subquery is not translated");
      case "extract" -> {
        String unit = next().text();
        expect("from");
        Sql argument = expression();
        expect(")");
        return Sql.Call.of("extract " + unit, argument);
      }
      case "timestampdiff" -> {
        String unit = next().text();
        expect(",");
        return new Sql.Call("timestampdiff " + unit, arguments());
      }
      case "trim" -> {
        return trim();
      }
      case "count", "sum", "avg", "min", "max" -> {
        String distinct = accept("distinct") ? " distinct" : "";
        List<Sql> arguments = arguments();
        if (peek().is("over")) {
          throw new Untranslatable("a window function is not translated");
        }
        return new Sql.Call(function + distinct, arguments);
      }
      default -> {
        Sql call = new Sql.Call(function, arguments());
        if (peek().is("over")) {
          throw new Untranslatable("a window function is not translated");
        }
        return call;
      }
    }
  }

  private Sql trim() {
    for (String side : List.of("leading", "trailing", "both")) {
      if (accept(side)) {
        Sql what = expression();
        expect("from");
        Sql text = expression();
        expect(")");
        return Sql.Call.of("trim " + side, text, what);
      }
    }
    Sql text = expression();
    if (accept("from")) {
      Sql whole = expression();
      expect(")");
      return Sql.Call.of("trim both", whole, text);
    }
    expect(")");
    return Sql.Call.of("trim", text);
  }

  private Sql caseOf() {
    Sql operand = peek().is("when") ? null : expression();
    List<Sql> whens = new ArrayList<>();
    List<Sql> thens = new ArrayList<>();
    while (accept("when")) {
      whens.add(expression());
      expect("then");
      thens.add(expression());
    }
    Sql otherwise = accept("else") ? expression() : null;
    expect("end");
    return new Sql.Case(operand, whens, thens, otherwise);
  }

  /** The rest of a list behind its opening bracket, with the closing one. */
  private List<Sql> arguments() {
    List<Sql> arguments = new ArrayList<>();
    if (accept(")")) {
      return arguments;
    }
    if (peek().is("select")) {
      throw new Untranslatable("a subquery is not translated");
    }
    do {
      arguments.add(expression());
    } while (accept(","));
    expect(")");
    return arguments;
  }

  private String type() {
    StringBuilder type = new StringBuilder();
    int depth = 0;
    while (depth > 0 || !peek().is(")")) {
      Token token = next();
      if (token.kind() == Kind.END) {
        throw new Untranslatable("it ends within a CAST");
      }
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
      boolean glued = token.kind() != Kind.WORD || type.isEmpty();
      type.append(glued ? "" : " ").append(token.text());
    }
    expect(")");
    return type.toString();
  }

  final Token peek() {
    return tokens.get(at);
  }

  final Token peekNext() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  final Token next() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  final boolean accept(String word) {
    boolean found = peek().is(word);
    if (found) {
      at++;
    }
    return found;
  }

  final void expect(String word) {
    if (!accept(word)) {
      throw unexpected();
    }
  }

  final String expectName() {
    if (peek().kind() != Kind.NAME && peek().kind() != Kind.WORD) {
      throw unexpected();
    }
    return next().text();
  }

  final Untranslatable unexpected() {
    return new Untranslatable("\"" + peek() + "\" is not understood at its place");
  }
}
