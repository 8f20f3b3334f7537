package dev.landfall.transforms.translate;

import dev.landfall.transforms.translate.ValueType.Chars;
import dev.landfall.transforms.translate.ValueType.Day;
import dev.landfall.transforms.translate.ValueType.Moment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dates and datetimes as texts, put together of their numbers: no setting changes them. */
final class DateTexts {
  private DateTexts() {}

  /** Digits and signs only: names of months and days depend on settings. */
  static Term format(Term date, @Nullable String format) {
    if (format == null) {
      throw new Untranslatable("DATE_FORMAT by a format that is no literal");
    }
    List<String> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    int at = 0;
    while (at < format.length()) {
      char c = format.charAt(at);
      boolean part = c == '%' && at + 1 < format.length();
      char letter = part ? format.charAt(at + 1) : c;
      at += part ? 2 : 1;
      if (!part || letter == '%') {
        plain.append(letter);
        continue;
      }
      if (!plain.isEmpty()) {
        parts.add(Term.text(plain.toString()).sql());
        plain.setLength(0);
      }
      parts.addAll(formatted(date, letter));
    }
    if (!plain.isEmpty() || parts.isEmpty()) {
      parts.add(Term.text(plain.toString()).sql());
    }
    if (parts.stream().noneMatch(p -> p.startsWith("lpad"))) {
      throw new Untranslatable("DATE_FORMAT without a part of the date");
    }
    return Term.of(
        "(" + String.join(" || ", parts) + ")", new Chars(Collation.MADE, /* utf8= */ true));
  }

  private static List<String> formatted(Term date, char letter) {
    boolean time = date.type() instanceof Moment;
    String colon = "':'";
    return switch (letter) {
      case 'Y' -> List.of(padded(date, "year", 4));
      case 'm' -> List.of(padded(date, "month", 2));
      case 'd' -> List.of(padded(date, "day", 2));
      case 'j' -> List.of(padded(date, "doy", 3));
      case 'H', 'i', 's', 'T' -> {
        if (!time) {
          throw new Untranslatable("DATE_FORMAT with the time of a date");
        }
        String hour = padded(date, "hour", 2);
        String minute = padded(date, "minute", 2);
        String second = padded(date, "second", 2);
        yield switch (letter) {
          case 'H' -> List.of(hour);
          case 'i' -> List.of(minute);
          case 's' -> List.of(second);
          default -> List.of(hour, colon, minute, colon, second);
        };
      }
      default -> throw new Untranslatable("DATE_FORMAT with %" + letter);
    };
  }

  private static String padded(Term date, String part, int digits) {
    return "lpad(CAST(" + Dates.part(part, date).sql() + " AS text), " + digits + ", '0')";
  }

  /** As MySQL prints it where a text is wanted. */
  static Term printed(Term date) {
    if (date.type() instanceof Moment moment && moment.fraction() > 0) {
      throw new Untranslatable("a datetime with a fraction as a text");
    }
    return format(
        Dates.day("a text", date), date.type() instanceof Day ? "%Y-%m-%d" : "%Y-%m-%d %T");
  }
}
