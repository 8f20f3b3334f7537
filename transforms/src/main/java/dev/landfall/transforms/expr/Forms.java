package dev.landfall.transforms.expr;

import static dev.landfall.transforms.expr.Type.BOOL;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What looks like a function but isn't: the types or the evaluation follow rules of their own. */
final class Forms {
  private final Compiler compiler;

  Forms(Compiler compiler) {
    this.compiler = compiler;
  }

  /** What is no function: its arguments' types or their evaluation follow rules of their own. */
  @Nullable Term form(String name, List<CelExpr> written, int offset) throws ExpressionMistake {
    int count = written.size();
    switch (name) {
      case "_&&_", "_||_" -> {
        Term left = compiler.bool(written.get(0));
        Term right = compiler.bool(written.get(1));
        boolean and = name.equals("_&&_");
        return compiler.folded(
            and ? Logic.and(left, right, offset) : Logic.or(left, right, offset),
            List.of(left, right));
      }
      case "!_" -> {
        Term term = compiler.bool(written.get(0));
        return compiler.folded(Logic.not(term, offset), List.of(term));
      }
      case "_?_:_" -> {
        Term condition = compiler.bool(written.get(0));
        List<Term> both =
            compiler.same("both outcomes", compiler.terms(written.subList(1, count)), offset);
        return Logic.choice(condition, both.get(0), both.get(1), offset);
      }
      case "_==_", "_!=_" -> {
        return nullTest(name.equals("_==_"), written, offset);
      }
      case "@in" -> {
        Term value = compiler.term(written.get(0));
        Term list = compiler.term(written.get(1));
        return in(value, list, offset);
      }
      case "_[_]" -> {
        Term list = compiler.term(written.get(0));
        Term index = compiler.term(written.get(1));
        if (list.type().element() == null || !index.type().equals(Type.INT)) {
          throw compiler.mistake(
              offset,
              "[…] takes an element of a list by its number, not of " + list.type().words());
        }
        return compiler.folded(
            Lists.at(list, list.type().element(), index, offset), List.of(list, index));
      }
      case "coalesce", "ifNull" -> {
        if (count < 2 || (name.equals("ifNull") && count > 2)) {
          throw compiler.mistake(
              offset, name + " takes a value, and what to take in place of NULL");
        }
        return Logic.coalesce(
            compiler.same("all values of " + name, compiler.terms(written), offset), offset);
      }
      case "nullIf" -> {
        if (count != 2) {
          throw compiler.mistake(offset, "nullIf takes a value, and the value that becomes NULL");
        }
        List<Term> both = compiler.same("both values of nullIf", compiler.terms(written), offset);
        Overload equal = Functions.choose("_==_", both);
        if (equal == null) {
          throw compiler.mistake(offset, both.get(0).type().words() + " is not compared");
        }
        Term test = Term.of(BOOL, true, equal.maker().make(both), offset);
        return Logic.nullIf(both.get(0), test, offset);
      }
      case "col" -> {
        if (count == 1 && compiler.term(written.get(0)).value() instanceof String column) {
          return compiler.column(column, offset);
        }
        throw compiler.mistake(offset, "col takes a column's name in quotes: col('order id')");
      }
      case "all", "exists", "exists_one", "filter", "map" -> {
        return loop(name, written, offset);
      }
      default -> {
        return null;
      }
    }
  }

  /** Null when it is a comparison like others. */
  private @Nullable Term nullTest(boolean equal, List<CelExpr> written, int offset)
      throws ExpressionMistake {
    boolean left = isNull(written.get(0));
    if (!left && !isNull(written.get(1))) {
      return null;
    }
    Term term = compiler.term(written.get(left ? 1 : 0));
    Term test = compiler.folded(Logic.isNull(compiler.raw(term), offset), List.of(term));
    return equal ? test : compiler.folded(Logic.not(test, offset), List.of(term));
  }

  private static boolean isNull(CelExpr part) {
    return part.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && part.constant().getKind() == CelConstant.Kind.NULL_VALUE;
  }

  private Term in(Term value, Term list, int offset) throws ExpressionMistake {
    Type element = list.type().element();
    if (element == null) {
      throw compiler.mistake(offset, "in takes a list behind it, not " + list.type().words());
    }
    try {
      if (list.constant() && list.value() instanceof List<?> values && !values.isEmpty()) {
        List<Term> all = new ArrayList<>();
        all.add(value);
        values.forEach(v -> all.add(Term.constant(v == null ? Type.NULL : element, v, offset)));
        List<Term> same = compiler.same("the value and the list's elements", all, offset);
        Type type = same.get(0).type();
        List<Term> elements = same.subList(1, same.size());
        Term fit = compiler.folded(Lists.list(type, elements, offset), elements);
        return compiler.folded(Lists.in(same.get(0), fit, offset), List.of(same.get(0), fit));
      }
      boolean empty = element.equals(Type.NULL);
      if (!empty && !Functions.fits(value, element)) {
        throw compiler.mistake(
            offset, value.type().words() + " is not in a list, each " + element.words());
      }
      Term fit = empty ? value : Functions.converted(value, element);
      return compiler.folded(Lists.in(fit, list, offset), List.of(fit, list));
    } catch (EvaluationException e) {
      throw compiler.mistake(offset, e.reason());
    }
  }

  private Term loop(String name, List<CelExpr> written, int offset) throws ExpressionMistake {
    int count = written.size();
    boolean wrong = count < 3 || count > (name.equals("map") ? 4 : 3);
    if (wrong || written.get(1).getKind() != CelExpr.ExprKind.Kind.IDENT) {
      throw compiler.mistake(
          offset, "this is written list." + name + "(x, …), with a name for an element");
    }
    Term list = compiler.term(written.get(0));
    Type element = list.type().element();
    if (element == null) {
      throw compiler.mistake(offset, name + " goes through a list, not " + list.type().words());
    }
    return compiler.within(
        written.get(1).ident().name(),
        element,
        compiler.offset(written.get(1)),
        loop -> body(name, written, list, loop, offset));
  }

  private Term body(String name, List<CelExpr> written, Term list, int loop, int offset)
      throws ExpressionMistake {
    switch (name) {
      case "map" -> {
        int last = written.size() - 1;
        Term condition = last == 3 ? compiler.bool(written.get(2)) : null;
        Term each = compiler.term(written.get(last));
        compiler.checkElement(each.type(), each.offset());
        return Lists.map(list, loop, condition, each, offset);
      }
      case "filter" -> {
        Term same = compiler.term(written.get(1));
        return Lists.map(list, loop, compiler.bool(written.get(2)), same, offset);
      }
      case "exists_one" -> {
        return Lists.one(list, loop, compiler.bool(written.get(2)), offset);
      }
      default -> {
        Term condition = compiler.bool(written.get(2));
        return Lists.any(list, loop, condition, name.equals("exists"), offset);
      }
    }
  }
}
