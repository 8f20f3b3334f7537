package dev.landfall.transforms.translate;

import dev.landfall.transforms.sql.DdlSql;
import dev.landfall.transforms.translate.ValueType.Day;
import dev.landfall.transforms.translate.ValueType.Instant;
import dev.landfall.transforms.translate.ValueType.Moment;
import dev.landfall.transforms.translate.ValueType.Whole;
import dev.landfall.transforms.translate.ValueType.Whole.Width;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Dates and datetimes. PostgreSQL's functions are those that depend on no setting: {@code to_char}
 * and the cast to text do.
 */
final class Dates {
  /** Parts that both servers count alike, with PostgreSQL's name and the greatest value. */
  private static final Map<String, String> DATE_PARTS =
      Map.ofEntries(
          Map.entry("year", "year"),
          Map.entry("quarter", "quarter"),
          Map.entry("month", "month"),
          Map.entry("day", "day"),
          Map.entry("dayofmonth", "day"),
          Map.entry("dayofyear", "doy"));

  private static final Map<String, String> TIME_PARTS =
      Map.of("hour", "hour", "minute", "minute", "second", "second");

  private static final int LAST_YEAR = 9999;

  /** {@code TO_DAYS('0001-01-01')}: MySQL counts from a year 0 (manual 12.7). */
  private static final int FIRST_DAY = 366;

  /** {@code TO_DAYS('9999-12-31')}. */
  private static final int LAST_DAY = 3_652_424;

  private Dates() {}

  static boolean isDate(Term term) {
    return term.type() instanceof Day
        || term.type() instanceof Moment
        || term.type() instanceof Instant;
  }

  static @Nullable Term call(String name, List<Term> arguments) {
    String part = name.startsWith("extract ") ? name.substring("extract ".length()) : name;
    if (DATE_PARTS.containsKey(part) && arguments.size() == 1) {
      return part(DATE_PARTS.get(part), day(name, arguments.get(0)));
    }
    if (TIME_PARTS.containsKey(part) && arguments.size() == 1) {
      return part(TIME_PARTS.get(part), moment(name, arguments.get(0)));
    }
    return switch (name) {
      case "dayofweek" -> weekday("dow", "+ 1", arguments.get(0));
      case "weekday" -> weekday("isodow", "- 1", arguments.get(0));
      case "last_day" -> lastDay(day(name, arguments.get(0)));
      case "to_days" -> days(arguments.get(0));
      case "datediff" -> Numbers.call("-", List.of(days(arguments.get(0)), days(arguments.get(1))));
      case "date" -> date(day(name, arguments.get(0)));
      case "date_format" ->
          DateTexts.format(day(name, arguments.get(0)), arguments.get(1).textLiteral());
      case "date literal", "timestamp literal" -> DateLiterals.named(arguments.get(0), name);
      default ->
          name.startsWith("timestampdiff ")
              ? difference(name.substring("timestampdiff ".length()), arguments)
              : null;
    };
  }

  static Term day(String function, Term term) {
    if (term.type() instanceof Day || term.type() instanceof Moment) {
      return term;
    }
    Term literal = DateLiterals.of(term);
    if (literal != null) {
      return literal;
    }
    throw new Untranslatable(
        term.type() instanceof Instant
            ? function + " of a timestamp depends on the session's time zone"
            : function + " of " + term.type().words());
  }

  private static Term moment(String function, Term term) {
    if (day(function, term).type() instanceof Moment) {
      return term;
    }
    throw new Untranslatable(function + " of a date without a time");
  }

  static Term part(String part, Term date) {
    String extracted = "extract(" + part + " FROM " + date.sql() + ")";
    return Term.of(
        "CAST(" + (part.equals("second") ? "floor(" + extracted + ")" : extracted) + " AS integer)",
        Whole.of(0, LAST_YEAR, Width.SMALL));
  }

  private static Term weekday(String part, String shift, Term argument) {
    Term date = day(part, argument);
    return Term.of(
        "(CAST(extract(" + part + " FROM " + date.sql() + ") AS integer) " + shift + ")",
        Whole.of(0, 7, Width.SMALL));
  }

  private static Term lastDay(Term date) {
    return Term.of(
        "CAST(date_trunc('month', "
            + date.as("timestamp")
            + ") + INTERVAL '1 month' - INTERVAL '1 day' AS date)",
        new Day());
  }

  private static Term days(Term argument) {
    Term date = date(day("to_days", argument));
    return Term.of(
        "(" + date.sql() + " - DATE '0001-01-01' + " + FIRST_DAY + ")",
        Whole.of(0, LAST_DAY, Width.SMALL));
  }

  /** The date of a date or datetime. */
  static Term date(Term term) {
    return term.type() instanceof Day ? term : Term.of(term.as("date"), new Day());
  }

  private static Term difference(String unit, List<Term> arguments) {
    Term from = day("timestampdiff", arguments.get(0));
    Term to = day("timestampdiff", arguments.get(1));
    String age = "age(" + to.as("timestamp") + ", " + from.as("timestamp") + ")";
    String months = "extract(year FROM " + age + ") * 12 + extract(month FROM " + age + ")";
    String seconds =
        "extract(epoch FROM " + to.as("timestamp") + " - " + from.as("timestamp") + ")";
    String units =
        switch (unit) {
          case "year" -> "extract(year FROM " + age + ")";
          case "quarter" -> "trunc((" + months + ") / 3)";
          case "month" -> months;
          case "week" -> "trunc(" + seconds + " / 604800)";
          case "day" -> "trunc(" + seconds + " / 86400)";
          case "hour" -> "trunc(" + seconds + " / 3600)";
          case "minute" -> "trunc(" + seconds + " / 60)";
          case "second" -> "trunc(" + seconds + ")";
          default -> throw new Untranslatable("TIMESTAMPDIFF in " + unit);
        };
    long most = 400_000_000_000L;
    return Term.of("CAST(" + units + " AS bigint)", Whole.of(-most, most, Width.BIGINT));
  }

  /** {@code date + interval amount unit} (MySQL manual 12.7); months end with their last day. */
  static Term shifted(Term date, Term amount, String unit, boolean back) {
    Integer count = amount.smallLiteral();
    if (count == null || Math.abs((long) count) > 1_000_000) {
      throw new Untranslatable("an INTERVAL that is no plain whole number");
    }
    int signed = back ? -count : count;
    boolean days =
        switch (unit) {
          case "day", "week", "month", "year" -> true;
          case "hour", "minute", "second" -> false;
          default -> throw new Untranslatable("INTERVAL in " + unit);
        };
    String interval = "INTERVAL " + DdlSql.literal(signed + " " + unit);
    if (date.instant() != null) {
      return new Term(
          Numbers.infix(date.sql(), "+", interval),
          date.type(),
          null,
          Numbers.infix(date.instant(), "+", interval));
    }
    if (date.textLiteral() != null) {
      throw new Untranslatable("+ INTERVAL of a text");
    }
    day("+ INTERVAL", date);
    ValueType type = date.type() instanceof Day && !days ? new Moment(0) : date.type();
    String sum = date.sql() + " + " + interval;
    String result = type instanceof Day ? "CAST(" + sum + " AS date)" : sum;
    // Beyond its last day MySQL's result is NULL.
    String bound =
        signed < 0 ? ">= TIMESTAMP '0001-01-01 00:00:00'" : "< TIMESTAMP '10000-01-01 00:00:00'";
    return Term.of("CASE WHEN " + sum + " " + bound + " THEN " + result + " END", type).grouped();
  }
}
