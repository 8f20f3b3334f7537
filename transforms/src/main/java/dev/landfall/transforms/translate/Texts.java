package dev.landfall.transforms.translate;

import dev.landfall.transforms.translate.Collation.Order;
import dev.landfall.transforms.translate.ValueType.Bool;
import dev.landfall.transforms.translate.ValueType.Bytes;
import dev.landfall.transforms.translate.ValueType.Chars;
import dev.landfall.transforms.translate.ValueType.Decimal;
import dev.landfall.transforms.translate.ValueType.Member;
import dev.landfall.transforms.translate.ValueType.Whole;
import dev.landfall.transforms.translate.ValueType.Whole.Width;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Functions of texts that look at characters one by one, as both servers do. Upper and lower case
 * are a matter of each server's locale, except in ASCII.
 */
final class Texts {
  /** No text is longer (MySQL manual 11.3.4, LONGTEXT). */
  private static final long MAX_LENGTH = 4_294_967_295L;

  private Texts() {}

  static @Nullable Term call(String name, List<Term> arguments) {
    if (arguments.isEmpty()) {
      return null;
    }
    return switch (name) {
      case "concat" -> concatenated(arguments);
      case "char_length", "character_length" -> length("char_length", text(arguments.get(0)));
      case "length", "octet_length" -> bytes(arguments.get(0));
      case "left", "right" -> side(name, arguments);
      case "substr", "substring", "mid" -> part(arguments);
      case "substring_index" -> split(arguments);
      case "trim" -> trimmed("btrim", arguments);
      case "ltrim" -> trimmed("ltrim", arguments);
      case "rtrim" -> trimmed("rtrim", arguments);
      case "trim leading" -> trimmed("ltrim", arguments);
      case "trim trailing" -> trimmed("rtrim", arguments);
      case "trim both" -> trimmed("btrim", arguments);
      case "replace" -> replaced(arguments);
      case "reverse" -> same("reverse", text(arguments.get(0)));
      case "repeat" -> repeated(arguments);
      case "lpad", "rpad" -> padded(name, arguments);
      case "locate" -> located(arguments.subList(1, arguments.size()), arguments.get(0), arguments);
      case "instr" -> located(arguments, arguments.get(arguments.size() - 1), arguments);
      case "lower", "lcase" -> folded("lower", arguments.get(0));
      case "upper", "ucase" -> folded("upper", arguments.get(0));
      case "md5" -> hashed(arguments.get(0));
      default -> null;
    };
  }

  /** A value as MySQL makes a text of it. */
  static Term text(Term term) {
    if (term.type() instanceof Chars) {
      return term;
    }
    if (term.type() instanceof Member member) {
      return Term.of(term.sql(), member.text());
    }
    Chars plain = new Chars(Collation.NONE, /* utf8= */ true);
    if (term.type() instanceof Whole whole && !whole.year()) {
      return Term.of(term.as("text"), plain);
    }
    if (term.type() instanceof Bool) {
      return Term.of(Numbers.number(term).as("text"), plain);
    }
    if (term.type() instanceof Decimal decimal && decimal.shown()) {
      return Term.of(term.as("text"), plain);
    }
    if (Dates.isDate(term)) {
      return DateTexts.printed(term);
    }
    throw new Untranslatable(term.type().words() + " as a text");
  }

  private static Chars chars(Term text) {
    return (Chars) text.type();
  }

  /** The type of a text made of several. */
  static Chars together(List<Term> texts) {
    return texts.stream()
        .map(Texts::chars)
        .reduce((a, b) -> new Chars(a.collation().with(b.collation()), a.utf8() && b.utf8()))
        .orElseThrow();
  }

  /**
   * Texts of columns that may have several collations in the target too: one of them says which, or
   * PostgreSQL would ask for it.
   */
  static List<Term> settled(List<Term> texts) {
    List<Term> columns = texts.stream().filter(t -> t.textLiteral() == null).toList();
    if (columns.stream().map(t -> chars(t).collation()).distinct().count() < 2) {
      return texts;
    }
    List<Term> all = new ArrayList<>(texts);
    all.replaceAll(t -> t.equals(columns.get(0)) ? Term.of(coded(t), t.type()) : t);
    return all;
  }

  /** NULL if any part is, in both, with the operator but not with PostgreSQL's function. */
  private static Term concatenated(List<Term> arguments) {
    List<Term> texts = settled(arguments.stream().map(Texts::text).toList());
    if (texts.size() == 1) {
      return texts.get(0);
    }
    return Term.of(
        texts.stream().map(Term::sql).collect(Collectors.joining(" || ", "(", ")")),
        together(texts));
  }

  private static Term length(String function, Term text) {
    return Term.of(function + "(" + text.sql() + ")", Whole.of(0, MAX_LENGTH, Width.SMALL));
  }

  private static Term bytes(Term argument) {
    if (argument.type() instanceof Bytes) {
      return length("octet_length", argument);
    }
    Term text = text(argument);
    if (!chars(text).utf8() || text.textLiteral() != null) {
      throw new Untranslatable("LENGTH counts bytes of a character set other than UTF-8");
    }
    return length("octet_length", text);
  }

  private static Term side(String name, List<Term> arguments) {
    Term text = text(arguments.get(0));
    return Term.of(
        name + "(" + text.sql() + ", " + count(name, arguments.get(1), 0) + ")", text.type());
  }

  /** Positions count from 1; 0 and negative ones mean something else in each server. */
  private static Term part(List<Term> arguments) {
    Term text = text(arguments.get(0));
    String length = arguments.size() > 2 ? ", " + count("SUBSTRING", arguments.get(2), 0) : "";
    return Term.of(
        "substr(" + text.sql() + ", " + count("SUBSTRING", arguments.get(1), 1) + length + ")",
        text.type());
  }

  /** The delimiter is compared by its codes (MySQL manual 12.8, SUBSTRING_INDEX). */
  private static Term split(List<Term> arguments) {
    Term text = text(arguments.get(0));
    String delimiter = arguments.get(1).textLiteral();
    Integer count = arguments.get(2).smallLiteral();
    boolean once = count != null && Math.abs(count) == 1;
    if (delimiter == null || delimiter.length() != 1 || !once) {
      throw new Untranslatable("SUBSTRING_INDEX of more than one part");
    }
    return Term.of(
        "split_part(" + coded(text) + ", " + arguments.get(1).sql() + ", " + count + ")",
        text.type());
  }

  /** MySQL cuts whole texts off the end, PostgreSQL any of their characters: alike for one. */
  private static Term trimmed(String function, List<Term> arguments) {
    Term text = text(arguments.get(0));
    String what = arguments.size() > 1 ? arguments.get(1).textLiteral() : " ";
    if (what == null || what.codePointCount(0, what.length()) != 1) {
      throw new Untranslatable("TRIM of anything but one character");
    }
    return Term.of(function + "(" + text.sql() + ", " + Term.text(what).sql() + ")", text.type());
  }

  private static Term replaced(List<Term> arguments) {
    Term text = text(arguments.get(0));
    String from = arguments.get(1).textLiteral();
    String to = arguments.get(2).textLiteral();
    if (from == null || from.isEmpty() || to == null) {
      throw new Untranslatable("REPLACE of anything but a literal by another");
    }
    return Term.of(
        "replace("
            + coded(text)
            + ", "
            + arguments.get(1).sql()
            + ", "
            + arguments.get(2).sql()
            + ")",
        text.type());
  }

  private static Term repeated(List<Term> arguments) {
    Term text = text(arguments.get(0));
    return Term.of(
        "repeat(" + text.sql() + ", " + count("REPEAT", arguments.get(1), 0) + ")", text.type());
  }

  private static Term padded(String name, List<Term> arguments) {
    Term text = text(arguments.get(0));
    String with = arguments.size() == 3 ? arguments.get(2).textLiteral() : null;
    if (with == null || with.isEmpty()) {
      throw new Untranslatable(name + " with anything but a literal");
    }
    return Term.of(
        name
            + "("
            + text.sql()
            + ", "
            + count(name, arguments.get(1), 0)
            + ", "
            + arguments.get(2).sql()
            + ")",
        text.type());
  }

  private static Term located(List<Term> rest, Term what, List<Term> arguments) {
    if (arguments.size() != 2) {
      throw new Untranslatable("LOCATE from a position");
    }
    Term text = text(rest.get(0));
    String literal = what.textLiteral();
    if (chars(text).collation().order() != Order.BINARY || literal == null || literal.isEmpty()) {
      throw new Untranslatable(
          "a text is searched under the collation " + chars(text).collation().name());
    }
    TextComparisons.demandOneCode(text);
    return Term.of(
        "position(" + what.sql() + " IN " + coded(text) + ")",
        Whole.of(0, MAX_LENGTH, Width.SMALL));
  }

  private static Term folded(String function, Term argument) {
    throw new Untranslatable(
        function.toUpperCase(Locale.ROOT)
            + " goes by each server's own table of letters (of "
            + argument.type().words()
            + ")");
  }

  private static Term hashed(Term argument) {
    Term text = text(argument);
    if (!chars(text).utf8() || text.textLiteral() != null) {
      throw new Untranslatable("MD5 of bytes of a character set other than UTF-8");
    }
    return Term.of("md5(" + text.sql() + ")", new Chars(Collation.MADE, /* utf8= */ true));
  }

  private static Term same(String function, Term text) {
    return Term.of(function + "(" + text.sql() + ")", text.type());
  }

  /** By codes, whatever collation the target's column has. */
  private static String coded(Term text) {
    return "(" + text.sql() + " COLLATE \"C\")";
  }

  private static String count(String function, Term count, int least) {
    Integer value = count.smallLiteral();
    if (value == null || value < least) {
      throw new Untranslatable(
          function.toUpperCase(Locale.ROOT) + " with a number that is no literal from " + least);
    }
    return count.sql();
  }

  static String withoutBlanks(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(0, end);
  }
}
