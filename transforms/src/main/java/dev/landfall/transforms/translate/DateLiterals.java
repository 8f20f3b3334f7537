package dev.landfall.transforms.translate;

import dev.landfall.transforms.translate.ValueType.Day;
import dev.landfall.transforms.translate.ValueType.Instant;
import dev.landfall.transforms.translate.ValueType.Moment;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts that are dates, and what dates are compared with. */
final class DateLiterals {
  private static final Pattern LITERAL =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?: (\\d{2}:\\d{2}:\\d{2})(?:\\.(\\d{1,6}))?)?");

  private DateLiterals() {}

  static Term named(Term text, String kind) {
    Term date = of(text);
    if (date == null || (date.type() instanceof Day) != kind.equals("date literal")) {
      throw new Untranslatable(kind.toUpperCase(Locale.ROOT) + " " + text.sql());
    }
    return date;
  }

  /** The date or datetime that a text literal says in full; null for any other text. */
  static @Nullable Term of(Term text) {
    String value = text.textLiteral();
    Matcher matcher = LITERAL.matcher(value == null ? "" : value);
    if (!matcher.matches()) {
      return null;
    }
    try {
      if (LocalDate.parse(matcher.group(1)).getYear() == 0) {
        return null;
      }
      if (matcher.group(2) == null) {
        return Term.of("DATE " + text.sql(), new Day());
      }
      LocalTime.parse(matcher.group(2));
    } catch (DateTimeException e) {
      return null;
    }
    String fraction = matcher.group(3);
    return Term.of("TIMESTAMP " + text.sql(), new Moment(fraction == null ? 0 : fraction.length()));
  }

  /** Dates of one kind, so that they are compared as MySQL does. */
  static List<Term> alike(List<Term> terms) {
    if (terms.stream().anyMatch(t -> t.type() instanceof Instant)) {
      return terms.stream().map(DateLiterals::instant).toList();
    }
    boolean days = terms.stream().filter(Dates::isDate).allMatch(t -> t.type() instanceof Day);
    int fraction =
        terms.stream()
            .filter(t -> t.type() instanceof Moment)
            .mapToInt(t -> ((Moment) t.type()).fraction())
            .min()
            .orElse(0);
    return terms.stream().map(t -> Dates.isDate(t) ? t : fitting(t, days, fraction)).toList();
  }

  private static Term instant(Term term) {
    if (term.type() instanceof Instant) {
      return term;
    }
    if (term.instant() != null) {
      return Term.of(term.instant(), new Instant(0));
    }
    throw new Untranslatable(
        "a timestamp compared with " + term.type().words() + " depends on the session's time zone");
  }

  private static Term fitting(Term text, boolean days, int fraction) {
    Term date = of(text);
    boolean fits =
        date != null
            && (date.type() instanceof Day
                || (!days && ((Moment) date.type()).fraction() <= fraction));
    if (date == null || !fits) {
      throw new Untranslatable(
          "a date is compared with "
              + (text.textLiteral() == null ? text.type().words() : text.sql()));
    }
    return date;
  }
}
