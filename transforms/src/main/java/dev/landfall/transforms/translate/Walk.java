package dev.landfall.transforms.translate;

import dev.landfall.transforms.model.SourceCatalog.Product;
import dev.landfall.transforms.translate.ValueType.Chars;
import dev.landfall.transforms.translate.ValueType.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Goes through an expression from its leaves up; each part is known with its type or not at all.
 */
final class Walk {
  /** What becomes of columns and of functions that only a view has. */
  interface Names {
    Term column(List<String> path);

    /** Functions beyond the common ones; null for one that is not known. */
    default @Nullable Term call(Sql.Call call, Function<Sql, Term> inner) {
      return null;
    }
  }

  private final Product product;
  private final Names names;
  private boolean columns;
  private boolean moments;

  Walk(Product product, Names names) {
    this.product = product;
    this.names = names;
  }

  /** Whether a column was met. */
  boolean columns() {
    return columns;
  }

  /** Whether a value was met that is new each time. */
  boolean moments() {
    return moments;
  }

  Term term(Sql sql) {
    if (sql instanceof Sql.Name name) {
      columns = true;
      return names.column(name.path());
    }
    if (sql instanceof Sql.Text text) {
      return text(text);
    }
    if (sql instanceof Sql.Digits number) {
      return Term.number(number.digits());
    }
    if (sql instanceof Sql.Hex hex) {
      return Comparisons.bytesLiteral(hex.digits());
    }
    if (sql instanceof Sql.Null) {
      return Term.nothing();
    }
    if (sql instanceof Sql.Case choice) {
      return choice(choice);
    }
    if (sql instanceof Sql.Cast cast) {
      Term argument = term(cast.argument());
      return cast.type().startsWith("using ")
          ? Casts.converted(argument, cast.type().substring("using ".length()))
          : Casts.cast(argument, cast.type());
    }
    if (sql instanceof Sql.Collate collate) {
      return collated(collate);
    }
    if (sql instanceof Sql.Shift shift) {
      return Dates.shifted(term(shift.date()), term(shift.amount()), shift.unit(), shift.back());
    }
    return call((Sql.Call) sql);
  }

  private Term call(Sql.Call call) {
    Term combined = Moments.combined(call);
    if (combined != null) {
      moments = true;
      return combined;
    }
    Term own = names.call(call, this::term);
    if (own != null) {
      return own;
    }
    moments |= Moments.NAMES.contains(call.name());
    Term known = known(call.name(), call.arguments().stream().map(this::term).toList());
    if (known == null) {
      throw new Untranslatable(call.name().toUpperCase(Locale.ROOT) + " is not known here");
    }
    return known;
  }

  private @Nullable Term known(String name, List<Term> arguments) {
    try {
      Term term = Choices.call(name, arguments);
      term = term == null ? Comparisons.call(name, arguments) : term;
      term = term == null ? Numbers.call(name, arguments) : term;
      term = term == null ? NumberFunctions.call(name, arguments) : term;
      term = term == null ? Texts.call(name, arguments) : term;
      term = term == null ? Dates.call(name, arguments) : term;
      term = term == null ? Documents.call(product, name, arguments) : term;
      term = term == null ? Moments.document(name, arguments) : term;
      return term == null ? Moments.call(name, arguments) : term;
    } catch (IndexOutOfBoundsException e) {
      throw new Untranslatable(name.toUpperCase(Locale.ROOT) + " with too few arguments");
    }
  }

  private Term text(Sql.Text text) {
    String set = text.characterSet() == null ? "utf8mb4" : text.characterSet();
    boolean unicode = set.equals("utf8mb4") || set.equals("utf8mb3") || set.equals("utf8");
    boolean ascii = text.value().chars().allMatch(c -> c < 128);
    if (!unicode && !(ascii && (set.equals("latin1") || set.equals("ascii")))) {
      throw new Untranslatable("a text of the character set " + set);
    }
    if (!ascii && product == Product.MYSQL && text.characterSet() != null) {
      throw new Untranslatable("a text with other letters than ASCII's: MySQL prints them wrongly");
    }
    if (text.value().indexOf('?') >= 0) {
      throw new Untranslatable(
          "a text with ?, which the catalogue also prints for characters that it has not");
    }
    return Term.text(text.value());
  }

  private Term choice(Sql.Case choice) {
    List<Term> whens = new ArrayList<>();
    Term operand = choice.operand() == null ? null : term(choice.operand());
    for (Sql when : choice.whens()) {
      Term term = term(when);
      whens.add(operand == null ? term : Comparisons.compared("=", operand, term));
    }
    return Choices.chosen(
        whens,
        choice.thens().stream().map(this::term).toList(),
        choice.otherwise() == null ? null : term(choice.otherwise()));
  }

  private Term collated(Sql.Collate collate) {
    Term term = term(collate.argument());
    if (!(term.type() instanceof Chars chars)) {
      throw new Untranslatable("COLLATE of " + term.type().words());
    }
    return new Term(
        term.sql(),
        new Chars(Collation.of(collate.collation()), chars.utf8()),
        term.literal(),
        term.instant());
  }

  /** Whether a value is a document that can't be sorted or compared. */
  static boolean isDocument(Term term) {
    return term.type() instanceof Document;
  }
}
