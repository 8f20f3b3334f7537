package dev.landfall.transforms.translate;

import dev.landfall.transforms.translate.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions by MySQL's own precedence of operators (manual 12.4.1, with sql_mode as the
 * catalogue's printing assumes: {@code NOT} binds loosely, {@code ||} never appears).
 */
class SqlParser extends CallParser {
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

  SqlParser(String sql) {
    super(sql);
  }

  /** The whole text as one expression. */
  static Sql expression(String sql) {
    SqlParser parser = new SqlParser(sql);
    Sql expression = parser.expression();
    parser.end();
    return expression;
  }

  @Override
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
    String not = accept("not") ? "not " : "";
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
          throw unexpected(token);
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
      throw new Untranslatable(word.toUpperCase(Locale.ROOT) + " is not translated");
    }
    // Without backticks where the source's sql_quote_show_create is off.
    return name(word);
  }
}
