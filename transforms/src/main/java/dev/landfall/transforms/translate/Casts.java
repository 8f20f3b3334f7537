package dev.landfall.transforms.translate;

import dev.landfall.transforms.translate.Collation.Order;
import dev.landfall.transforms.translate.ValueType.Chars;
import dev.landfall.transforms.translate.ValueType.Decimal;
import dev.landfall.transforms.translate.ValueType.Floating;
import dev.landfall.transforms.translate.ValueType.Moment;
import dev.landfall.transforms.translate.ValueType.Whole;
import dev.landfall.transforms.translate.ValueType.Whole.Width;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code CAST} (MySQL manual 12.11), where nothing can be cut off or out of range. */
final class Casts {
  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+)(?:,(\\d+))?\\)");
  private static final Pattern CHAR =
      Pattern.compile("char(?:\\((\\d+)\\))?(?: charset (utf8|utf8mb3|utf8mb4))?");

  /** Each number with so many digits fits bigint. */
  private static final int BIGINT_DIGITS = 18;

  private Casts() {}

  static Term cast(Term term, String type) {
    Matcher decimal = DECIMAL.matcher(type);
    if (decimal.matches()) {
      String scale = decimal.group(2) == null ? "0" : decimal.group(2);
      return decimal(
          Numbers.number(term), Integer.parseInt(decimal.group(1)), Integer.parseInt(scale));
    }
    Matcher text = CHAR.matcher(type);
    if (text.matches()) {
      if (term.type() instanceof Chars && !"utf8mb4".equals(text.group(2))) {
        throw new Untranslatable("CAST of a text to a character set that may lack some of it");
      }
      return text(term, text.group(1));
    }
    return switch (type) {
      case "signed" -> signed(Numbers.number(term));
      case "unsigned" -> unsigned(Numbers.number(term));
      case "double" -> Numbers.alike(List.of(term, floating(term))).get(0);
      case "date" -> day(term);
      case "datetime" -> moment(term);
      case "char charset binary" -> binary(term);
      default -> throw new Untranslatable("CAST to " + type);
    };
  }

  /** {@code CONVERT(… USING …)}. */
  static Term converted(Term term, String characterSet) {
    if (!(term.type() instanceof Chars) || !characterSet.equals("utf8mb4")) {
      throw new Untranslatable("CONVERT to the character set " + characterSet);
    }
    return Term.of(term.sql(), new Chars(Collation.MADE, /* utf8= */ true));
  }

  private static Term floating(Term term) {
    return Term.of(term.sql(), new Floating());
  }

  private static Term signed(Term number) {
    if (number.type() instanceof Whole whole && whole.within(Long.MIN_VALUE, Long.MAX_VALUE)) {
      return Term.of(
          number.as("bigint"),
          new Whole(whole.min(), whole.max(), false, Width.BIGINT, /* year= */ false));
    }
    if (number.type() instanceof Decimal decimal
        && decimal.digits() - decimal.scale() <= BIGINT_DIGITS - 1) {
      return Term.of(
          "CAST(round(" + number.sql() + ") AS bigint)",
          Whole.of(Long.MIN_VALUE, Long.MAX_VALUE, Width.BIGINT));
    }
    throw new Untranslatable("CAST to signed of a number that may be beyond bigint");
  }

  private static Term unsigned(Term number) {
    if (number.type() instanceof Whole whole && whole.min().signum() >= 0) {
      return Term.of(number.sql(), new Whole(whole.min(), whole.max(), true, whole.width(), false));
    }
    throw new Untranslatable("CAST to unsigned of a number that may be negative");
  }

  private static Term decimal(Term number, int digits, int scale) {
    if (number.type() instanceof Floating) {
      throw new Untranslatable("CAST of a floating-point number to a decimal");
    }
    Decimal decimal = Numbers.decimal(number);
    int rounded = decimal.scale() > scale ? 1 : 0;
    if (decimal.digits() - decimal.scale() + rounded > digits - scale) {
      throw new Untranslatable(
          "CAST to decimal(" + digits + "," + scale + ") of a number that may not fit");
    }
    return Term.of(
        "CAST(" + number.sql() + " AS numeric(" + digits + "," + scale + "))",
        new Decimal(digits, scale, /* shown= */ true));
  }

  private static Term text(Term term, @Nullable String length) {
    Term text = Texts.text(term);
    Chars type = new Chars(Collation.MADE, /* utf8= */ true);
    return length == null
        ? Term.of("CAST(" + text.sql() + " AS text)", type)
        : Term.of("left(" + text.sql() + ", " + length + ")", type);
  }

  private static Term day(Term term) {
    if (term.type() instanceof ValueType.Day || term.type() instanceof Moment) {
      return Dates.date(term);
    }
    throw new Untranslatable("CAST to date of " + term.type().words());
  }

  private static Term moment(Term term) {
    if (term.type() instanceof ValueType.Day) {
      return Term.of(term.as("timestamp"), new Moment(0));
    }
    if (term.type() instanceof Moment moment && moment.fraction() == 0) {
      return term;
    }
    throw new Untranslatable("CAST to datetime of " + term.type().words());
  }

  /** A text under no collation: its bytes. */
  private static Term binary(Term term) {
    if (term.type() instanceof Chars chars && chars.utf8()) {
      return Term.of(
          term.sql(), new Chars(new Collation("binary", Order.BINARY, /* pads= */ false), true));
    }
    throw new Untranslatable("CAST to binary of " + term.type().words());
  }
}
