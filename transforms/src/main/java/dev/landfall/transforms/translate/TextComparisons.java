package dev.landfall.transforms.translate;

import dev.landfall.transforms.translate.Collation.Order;
import dev.landfall.transforms.translate.ValueType.Chars;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Comparisons of texts, where both servers look at the codes of their characters. */
final class TextComparisons {
  /** Nothing but letters and digits right before a wildcard. */
  private static final Pattern PLAIN_PATTERN =
      Pattern.compile("(?:[\\p{L}\\p{N}%_]|[ .:-](?![%_]))*");

  private TextComparisons() {}

  static List<Term> alike(boolean equality, List<Term> terms) {
    Collation collation =
        terms.stream()
            .map(t -> ((Chars) t.type()).collation())
            .reduce(Collation::with)
            .orElseThrow();
    if (collation.order() == Order.WEIGHTS && equality && emptyOrOne(terms)) {
      return collation.pads() ? trimmed(terms) : first(terms);
    }
    if (collation.order() != Order.BINARY) {
      throw new Untranslatable(
          "texts under the collation "
              + collation.name()
              + " are not compared by their characters' codes, as PostgreSQL does");
    }
    terms.forEach(TextComparisons::demandOneCode);
    if (!equality) {
      boolean utf8 =
          terms.stream().allMatch(t -> ((Chars) t.type()).utf8() || t.textLiteral() != null);
      if (collation.pads() || !utf8) {
        throw new Untranslatable(
            "texts under the collation "
                + collation.name()
                + " are ordered with blanks at the end");
      }
    }
    return collation.pads() ? trimmed(terms) : first(terms);
  }

  /** Some Asian character sets have several codes for what is one character in Unicode. */
  static void demandOneCode(Term text) {
    Chars chars = (Chars) text.type();
    boolean latin1 = chars.collation().name().startsWith("latin1_");
    if (text.textLiteral() == null && !chars.utf8() && !latin1) {
      throw new Untranslatable(
          "texts under the collation " + chars.collation().name() + " have codes of their own");
    }
  }

  /** Whether all but one are the empty text. */
  private static boolean emptyOrOne(List<Term> terms) {
    return terms.stream().filter(t -> !"".equals(t.textLiteral())).count() <= 1;
  }

  /** Two texts are equal with blanks at their ends exactly when they are without. */
  private static List<Term> trimmed(List<Term> terms) {
    return first(
        terms.stream()
            .map(
                t ->
                    t.textLiteral() == null
                        ? Term.of("rtrim(" + t.sql() + ", ' ')", t.type())
                        : Term.text(Texts.withoutBlanks(t.textLiteral())))
            .toList());
  }

  /** By codes, whatever collation the target's columns have. */
  static List<Term> first(List<Term> terms) {
    List<Term> all = new ArrayList<>(terms);
    all.set(0, Term.of("(" + all.get(0).sql() + " COLLATE \"C\")", all.get(0).type()));
    return all;
  }

  /**
   * LIKE looks at each character under the collation. MySQL does not print ESCAPE, so a pattern
   * with a sign that could be one is no certain pattern.
   */
  static Term like(String name, List<Term> arguments) {
    Term text = arguments.get(0);
    String pattern = arguments.get(1).textLiteral();
    if (arguments.size() > 2 || pattern == null || !PLAIN_PATTERN.matcher(pattern).matches()) {
      throw new Untranslatable("LIKE with a pattern that may have an escape in it");
    }
    if (!(text.type() instanceof Chars chars) || chars.collation().order() != Order.BINARY) {
      throw new Untranslatable(
          "LIKE goes by the collation of "
              + (text.type() instanceof Chars chars
                  ? chars.collation().name()
                  : text.type().words())
              + ", PostgreSQL's by the characters' codes");
    }
    demandOneCode(text);
    return Term.condition(
        "(("
            + text.sql()
            + " COLLATE \"C\") "
            + name.toUpperCase(Locale.ROOT)
            + " "
            + arguments.get(1).sql()
            + ")");
  }
}
