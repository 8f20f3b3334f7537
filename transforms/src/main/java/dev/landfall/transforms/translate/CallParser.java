package dev.landfall.transforms.translate;

import dev.landfall.transforms.translate.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads functions, of which some have a grammar of their own, and CASE. */
abstract class CallParser extends TokenReader {
  CallParser(String sql) {
    super(sql);
  }

  abstract Sql expression();

  final Sql call(String function) {
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

  final Sql caseOf() {
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
  final List<Sql> arguments() {
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
}
