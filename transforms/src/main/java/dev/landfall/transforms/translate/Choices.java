package dev.landfall.transforms.translate;

import dev.landfall.transforms.translate.ValueType.Bool;
import dev.landfall.transforms.translate.ValueType.Chars;
import dev.landfall.transforms.translate.ValueType.Day;
import dev.landfall.transforms.translate.ValueType.Instant;
import dev.landfall.transforms.translate.ValueType.Member;
import dev.landfall.transforms.translate.ValueType.Moment;
import dev.landfall.transforms.translate.ValueType.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Conditions put together, and choices between values. */
final class Choices {
  private Choices() {}

  static @Nullable Term call(String name, List<Term> arguments) {
    return switch (name) {
      case "and", "or" ->
          Term.condition(
              Numbers.infix(
                  condition(arguments.get(0)).sql(),
                  name.toUpperCase(Locale.ROOT),
                  condition(arguments.get(1)).sql()));
      case "xor" -> exclusive(arguments.get(0), arguments.get(1));
      case "not" -> Term.condition("(NOT " + condition(arguments.get(0)).sql() + ")");
      case "is true", "is false", "is not true", "is not false" ->
          Term.condition(
              "(" + condition(arguments.get(0)).sql() + " " + name.toUpperCase(Locale.ROOT) + ")");
      case "true" -> Term.number("1");
      case "false" -> Term.number("0");
      case "if" -> chosen(List.of(arguments.get(0)), List.of(arguments.get(1)), arguments.get(2));
      case "ifnull", "coalesce" -> first(arguments);
      case "nullif" -> unless(arguments.get(0), arguments.get(1));
      case "greatest", "least" -> extreme(name, arguments);
      default -> null;
    };
  }

  /** What MySQL takes for true: any number but 0. */
  static Term condition(Term term) {
    if (term.type() instanceof Bool) {
      return term;
    }
    if (term.isNull()) {
      return Term.condition("CAST(NULL AS boolean)");
    }
    Integer literal = term.smallLiteral();
    if (literal != null) {
      return Term.condition(literal == 0 ? "false" : "true");
    }
    if (!Numbers.isNumber(term)) {
      throw new Untranslatable(term.type().words() + " as a condition");
    }
    return Term.condition("(" + term.sql() + " <> 0)");
  }

  /** MySQL's XOR rounds its operands to whole numbers first, as AND and OR do not. */
  private static Term exclusive(Term a, Term b) {
    for (Term term : List.of(a, b)) {
      if (!(term.type() instanceof Bool) && !(term.type() instanceof Whole)) {
        throw new Untranslatable("XOR of " + term.type().words());
      }
    }
    return Term.condition(Numbers.infix(condition(a).sql(), "<>", condition(b).sql()));
  }

  /** A CASE with conditions. */
  static Term chosen(List<Term> whens, List<Term> thens, @Nullable Term otherwise) {
    List<Term> values = new ArrayList<>(thens);
    if (otherwise != null) {
      values.add(otherwise);
    }
    List<Term> alike = alike(values);
    List<Term> conditions = whens.stream().map(Choices::condition).toList();
    String cases =
        IntStream.range(0, whens.size())
            .mapToObj(i -> "WHEN " + conditions.get(i).sql() + " THEN " + alike.get(i).sql())
            .collect(Collectors.joining(" "));
    String rest = otherwise == null ? "" : " ELSE " + alike.get(alike.size() - 1).sql();
    return Term.of("(CASE " + cases + rest + " END)", together(alike));
  }

  private static Term first(List<Term> arguments) {
    List<Term> alike = alike(arguments);
    return Term.of(
        alike.stream().map(Term::sql).collect(Collectors.joining(", ", "COALESCE(", ")")),
        together(alike));
  }

  private static Term unless(Term a, Term b) {
    Term equal = Comparisons.compared("=", a, b);
    return Term.of("(CASE WHEN " + equal.sql() + " THEN NULL ELSE " + a.sql() + " END)", a.type());
  }

  /** NULL if any value is; PostgreSQL's functions pass over NULL. */
  private static Term extreme(String name, List<Term> arguments) {
    List<Term> alike =
        arguments.stream().allMatch(a -> a.type() instanceof Day)
            ? arguments
            : arguments.stream().allMatch(Numbers::isNumber) ? Numbers.alike(arguments) : List.of();
    if (alike.isEmpty()) {
      throw new Untranslatable(name + " of anything but numbers or dates");
    }
    return Term.of(
        alike.stream()
                .map(a -> "(" + a.sql() + ") IS NOT NULL")
                .collect(Collectors.joining(" AND ", "(CASE WHEN ", " THEN "))
            + alike.stream().map(Term::sql).collect(Collectors.joining(", ", name + "(", ")"))
            + " END)",
        together(alike));
  }

  /** Values of one type, as PostgreSQL wants the branches of a choice. */
  private static List<Term> alike(List<Term> values) {
    List<Term> given = values.stream().filter(v -> !v.isNull()).toList();
    if (given.isEmpty()) {
      throw new Untranslatable("a choice between NULL and NULL");
    }
    if (given.stream().allMatch(v -> v.type() instanceof Bool)) {
      return values;
    }
    if (given.stream().allMatch(v -> Numbers.isNumber(v) || v.type() instanceof Bool)) {
      List<Term> numbers = new ArrayList<>(Numbers.alike(given));
      return values.stream().map(v -> v.isNull() ? v : numbers.remove(0)).toList();
    }
    if (given.stream().allMatch(v -> v.type() instanceof Chars || v.type() instanceof Member)) {
      List<Term> texts = new ArrayList<>(Texts.settled(given.stream().map(Texts::text).toList()));
      return values.stream().map(v -> v.isNull() ? v : texts.remove(0)).toList();
    }
    boolean same = given.stream().map(v -> v.type().getClass()).distinct().count() == 1;
    boolean date =
        given.stream()
            .allMatch(
                v ->
                    v.type() instanceof Day
                        || v.type() instanceof Moment
                        || v.type() instanceof Instant);
    if (!same || !date) {
      throw new Untranslatable(
          "a choice between "
              + given.stream()
                  .map(v -> v.type().words())
                  .distinct()
                  .collect(Collectors.joining(" and ")));
    }
    return values.stream().map(v -> Term.of(v.sql(), v.type())).toList();
  }

  private static ValueType together(List<Term> values) {
    List<Term> given = values.stream().filter(v -> !v.isNull()).toList();
    ValueType type = given.get(0).type();
    if (type instanceof Moment) {
      return new Moment(
          given.stream().mapToInt(v -> ((Moment) v.type()).fraction()).max().orElseThrow());
    }
    if (type instanceof Instant) {
      return new Instant(
          given.stream().mapToInt(v -> ((Instant) v.type()).fraction()).max().orElseThrow());
    }
    if (type instanceof Chars) {
      return Texts.together(given);
    }
    return Numbers.isNumber(given.get(0)) ? Numbers.together(given) : type;
  }
}
