package dev.landfall.transforms.translate;

import dev.landfall.transforms.sql.DdlSql;
import dev.landfall.transforms.translate.ValueType.Bool;
import dev.landfall.transforms.translate.ValueType.Bytes;
import dev.landfall.transforms.translate.ValueType.Chars;
import dev.landfall.transforms.translate.ValueType.Floating;
import dev.landfall.transforms.translate.ValueType.Member;
import dev.landfall.transforms.translate.ValueType.Whole;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons. Texts are compared only where both servers look at the same: by the codes of their
 * characters (a {@code _bin} collation), or with the members of an enum.
 */
final class Comparisons {
  private static final Set<String> EQUALITIES = Set.of("=", "<>", "<=>");
  private static final Set<String> ORDERS = Set.of("<", "<=", ">", ">=");

  /** A YEAR is compared with a number of one or two digits as with a year of this century. */
  private static final int FIRST_PLAIN_YEAR = 1901;

  private static final int LAST_PLAIN_YEAR = 2155;

  private Comparisons() {}

  static @Nullable Term call(String name, List<Term> arguments) {
    if (EQUALITIES.contains(name) || ORDERS.contains(name)) {
      return compared(name, arguments.get(0), arguments.get(1));
    }
    return switch (name) {
      case "in", "not in" -> in(name, arguments);
      case "between", "not between" -> between(name, arguments);
      case "like", "not like" -> TextComparisons.like(name, arguments);
      case "is null", "isnull" -> Term.condition("(" + arguments.get(0).sql() + " IS NULL)");
      case "is not null" -> Term.condition("(" + arguments.get(0).sql() + " IS NOT NULL)");
      default -> null;
    };
  }

  static Term compared(String operator, Term a, Term b) {
    if (operator.equals("<=>") && (a.isNull() || b.isNull())) {
      return Term.condition("(" + (a.isNull() ? b : a).sql() + " IS NULL)");
    }
    Term condition = withLiteral(operator, a, b);
    if (condition != null) {
      return condition;
    }
    List<Term> sides = alike(EQUALITIES.contains(operator), List.of(a, b));
    return Term.condition(
        Numbers.infix(sides.get(0).sql(), postgres(operator), sides.get(1).sql()));
  }

  private static String postgres(String operator) {
    return operator.equals("<=>") ? "IS NOT DISTINCT FROM" : operator;
  }

  /** A condition compared with 0 or 1 is the condition or its opposite. */
  private static @Nullable Term withLiteral(String operator, Term a, Term b) {
    Integer digit = digit(b);
    if (digit == null || digit < 0 || digit > 1) {
      return null;
    }
    if (!(a.type() instanceof Bool) || !EQUALITIES.contains(operator)) {
      return null;
    }
    if (operator.equals("<=>")) {
      return Term.condition("(" + a.sql() + (digit == 1 ? " IS TRUE)" : " IS FALSE)"));
    }
    boolean same = (digit == 1) == operator.equals("=");
    return same ? a : Term.condition("(NOT " + a.sql() + ")");
  }

  /** A bit's literal is printed as bytes. */
  private static @Nullable Integer digit(Term literal) {
    if (literal.type() instanceof Bytes && literal.literal() != null) {
      return switch (literal.literal()) {
        case "00" -> 0;
        case "01" -> 1;
        default -> null;
      };
    }
    return literal.smallLiteral();
  }

  /**
   * The same values in a form in which PostgreSQL compares them as MySQL does.
   *
   * @param equality whether nothing but equality is asked for
   */
  static List<Term> alike(boolean equality, List<Term> terms) {
    for (Term term : terms) {
      if (term.isNull()) {
        throw new Untranslatable("a comparison with NULL is never true");
      }
    }
    if (terms.stream().allMatch(t -> t.type() instanceof Bool) && equality) {
      return terms;
    }
    if (terms.stream().allMatch(t -> Numbers.isNumber(t) || t.type() instanceof Bool)) {
      years(terms);
      return Numbers.alike(terms);
    }
    if (terms.stream().anyMatch(t -> t.type() instanceof Member)) {
      return members(equality, terms);
    }
    if (terms.stream().anyMatch(t -> Dates.isDate(t))) {
      return DateLiterals.alike(terms);
    }
    if (terms.stream().allMatch(t -> t.type() instanceof Chars)) {
      return TextComparisons.alike(equality, terms);
    }
    if (terms.stream().anyMatch(t -> t.type() instanceof Bytes)) {
      return terms.stream().map(Comparisons::bytes).toList();
    }
    throw new Untranslatable(
        "a comparison of "
            + terms.stream()
                .map(t -> t.type().words())
                .distinct()
                .collect(Collectors.joining(" with ")));
  }

  private static void years(List<Term> terms) {
    boolean year = terms.stream().anyMatch(t -> t.type() instanceof Whole w && w.year());
    for (Term term : terms) {
      boolean plain =
          term.type() instanceof Whole whole
              && (whole.year()
                  || (term.literal() != null && whole.within(FIRST_PLAIN_YEAR, LAST_PLAIN_YEAR)));
      if (year && !plain) {
        throw new Untranslatable(
            "a YEAR is only compared with years from 1901 to 2155: MySQL takes other numbers for"
                + " years of this century or the last");
      }
    }
  }

  /**
   * An enum is compared as a text under its collation; with members as they are declared that is
   * the same everywhere, as long as no two of them could be equal.
   */
  private static List<Term> members(boolean equality, List<Term> terms) {
    Term column = terms.stream().filter(t -> t.type() instanceof Member).findFirst().orElseThrow();
    Member type = (Member) column.type();
    long distinct =
        type.members().stream().map(m -> m.strip().toLowerCase(Locale.ROOT)).distinct().count();
    boolean plain =
        distinct == type.members().size()
            && type.members().stream()
                .allMatch(m -> !m.isEmpty() && m.chars().allMatch(c -> c >= ' ' && c < 127));
    if (!equality || !plain) {
      throw new Untranslatable(
          equality
              ? "the members of an enum differ in more than plain letters"
              : "an enum is ordered as a text under a collation");
    }
    for (Term term : terms) {
      String literal = term.textLiteral();
      boolean same = term.type() instanceof Member other && other.equals(type);
      if (!same && (literal == null || !type.members().contains(literal))) {
        throw new Untranslatable(
            literal == null
                ? "an enum is compared with " + term.type().words()
                : "'" + literal + "' is no member of the enum, letter by letter");
      }
    }
    return TextComparisons.first(terms);
  }

  private static Term bytes(Term term) {
    String literal = term.textLiteral();
    if (literal != null && StandardCharsets.US_ASCII.newEncoder().canEncode(literal)) {
      return bytesLiteral(HexFormat.of().formatHex(literal.getBytes(StandardCharsets.US_ASCII)));
    }
    if (!(term.type() instanceof Bytes)) {
      throw new Untranslatable("a comparison of bytes with " + term.type().words());
    }
    return term;
  }

  static Term bytesLiteral(String digits) {
    return new Term(
        "CAST(" + DdlSql.literal("\\x" + digits) + " AS bytea)", new Bytes(), digits, null);
  }

  private static Term in(String name, List<Term> arguments) {
    if (arguments.size() < 2) {
      throw new Untranslatable("IN without a list");
    }
    List<Term> given = arguments.stream().filter(a -> !a.isNull()).toList();
    // MySQL chooses the comparison for each pair.
    if (!(arguments.get(0).type() instanceof Floating)
        && given.stream().anyMatch(t -> t.type() instanceof Floating)) {
      throw new Untranslatable("IN with exact and floating-point numbers");
    }
    List<Term> alike = alike(/* equality= */ true, given);
    if (alike.size() < 2 || arguments.get(0).isNull()) {
      throw new Untranslatable("IN with nothing but NULL");
    }
    String nulls = given.size() < arguments.size() ? ", NULL" : "";
    return Term.condition(
        alike.stream()
            .skip(1)
            .map(Term::sql)
            .collect(
                Collectors.joining(
                    ", ",
                    "(" + alike.get(0).sql() + " " + name.toUpperCase(Locale.ROOT) + " (",
                    nulls + "))")));
  }

  private static Term between(String name, List<Term> arguments) {
    List<Term> alike = alike(/* equality= */ false, arguments);
    return Term.condition(
        "("
            + alike.get(0).sql()
            + " "
            + name.toUpperCase(Locale.ROOT)
            + " "
            + alike.get(1).sql()
            + " AND "
            + alike.get(2).sql()
            + ")");
  }
}
