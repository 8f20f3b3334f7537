package dev.landfall.transforms.translate;

import dev.landfall.transforms.translate.ValueType.Bool;
import dev.landfall.transforms.translate.ValueType.Bytes;
import dev.landfall.transforms.translate.ValueType.Chars;
import dev.landfall.transforms.translate.ValueType.Day;
import dev.landfall.transforms.translate.ValueType.Document;
import dev.landfall.transforms.translate.ValueType.Floating;
import dev.landfall.transforms.translate.ValueType.Instant;
import dev.landfall.transforms.translate.ValueType.Member;
import dev.landfall.transforms.translate.ValueType.Moment;
import dev.landfall.transforms.translate.ValueType.Whole;
import dev.landfall.transforms.types.PgBoolean;
import dev.landfall.transforms.types.PgBytea;
import dev.landfall.transforms.types.PgChar;
import dev.landfall.transforms.types.PgDate;
import dev.landfall.transforms.types.PgFloat;
import dev.landfall.transforms.types.PgInteger;
import dev.landfall.transforms.types.PgJson;
import dev.landfall.transforms.types.PgNumeric;
import dev.landfall.transforms.types.PgText;
import dev.landfall.transforms.types.PgTimestamp;
import dev.landfall.transforms.types.PgType;
import dev.landfall.transforms.types.PgUuid;
import org.jspecify.annotations.Nullable;

/** What a column of a type makes of a value, as far as both servers make the same of it. */
final class Assignment {
  private Assignment() {}

  static String to(Term term, PgType target) {
    if (term.isNull()) {
      return term.sql();
    }
    String sql = assigned(term, target);
    if (sql == null) {
      throw new Untranslatable(
          "what " + target + " makes of " + term.type().words() + " may differ");
    }
    return sql;
  }

  /** Null where it is not certain. */
  private static @Nullable String assigned(Term term, PgType target) {
    if (target instanceof PgBoolean) {
      return truth(term);
    }
    if (target instanceof PgInteger) {
      return whole(term);
    }
    if (target instanceof PgNumeric) {
      return term.type() instanceof Floating ? null : number(term);
    }
    if (target instanceof PgFloat number) {
      // A value too small for a real is 0 in MySQL and an error in PostgreSQL.
      return number.wide() && Numbers.isNumber(term) ? floating(term) : null;
    }
    if (target instanceof PgText) {
      return text(term, target);
    }
    if (target instanceof PgBytea) {
      return term.type() instanceof Bytes ? term.sql() : null;
    }
    if (target instanceof PgDate) {
      return term.type() instanceof Day ? term.sql() : null;
    }
    if (target instanceof PgTimestamp moment) {
      return moment.zoned() ? instant(term, moment.digits()) : moment(term, moment.digits());
    }
    if (target instanceof PgJson json) {
      return document(term, json);
    }
    boolean newUuid = target instanceof PgUuid && term.sql().equals(Moments.NEW_UUID);
    return newUuid ? "gen_random_uuid()" : null;
  }

  private static @Nullable String truth(Term term) {
    if (term.type() instanceof Bool) {
      return term.sql();
    }
    return term.type() instanceof Whole whole && whole.within(0, 1)
        ? Choices.condition(term).sql()
        : null;
  }

  /** Decimals are rounded half away from zero, doubles half to even, in both. */
  private static @Nullable String whole(Term term) {
    return term.type() instanceof Bool || Numbers.isNumber(term)
        ? Numbers.number(term).sql()
        : null;
  }

  private static @Nullable String number(Term term) {
    return whole(term);
  }

  private static String floating(Term term) {
    return term.type() instanceof Floating ? term.sql() : term.as("double precision");
  }

  private static @Nullable String text(Term term, PgType target) {
    boolean padded = target instanceof PgChar;
    boolean text = term.type() instanceof Chars || term.type() instanceof Member;
    return padded ? null : text ? term.sql() : Texts.text(term).sql();
  }

  private static @Nullable String moment(Term term, int digits) {
    if (term.type() instanceof Day) {
      return term.as("timestamp");
    }
    return term.type() instanceof Moment moment && moment.fraction() <= digits ? term.sql() : null;
  }

  private static @Nullable String instant(Term term, int digits) {
    if (term.instant() != null && term.type() instanceof Moment now) {
      return now.fraction() <= digits ? term.instant() : null;
    }
    return term.type() instanceof Instant instant && instant.fraction() <= digits
        ? term.sql()
        : null;
  }

  private static @Nullable String document(Term term, PgJson target) {
    boolean binary = target.parsed();
    return term.type() instanceof Document document && document.binary() == binary
        ? term.sql()
        : null;
  }
}
