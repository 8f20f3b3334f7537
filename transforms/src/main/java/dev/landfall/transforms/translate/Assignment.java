package dev.landfall.transforms.translate;

import dev.landfall.transforms.model.TargetType;
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
import dev.landfall.transforms.types.TypeMapper;
import org.jspecify.annotations.Nullable;

/** What a column of a type makes of a value, as far as both servers make the same of it. */
final class Assignment {
  private static final int MOST_FRACTION = 6;

  private Assignment() {}

  static String to(Term term, TargetType target) {
    if (term.isNull()) {
      return term.sql();
    }
    String sql =
        switch (target.kind()) {
          case BOOLEAN -> truth(term);
          case SMALLINT, INTEGER, BIGINT -> whole(term);
          case NUMERIC -> term.type() instanceof Floating ? null : number(term);
          case DOUBLE -> Numbers.isNumber(term) ? floating(term) : null;
          // A value too small for it is 0 in MySQL and an error in PostgreSQL.
          case REAL -> null;
          case TEXT -> text(term, target);
          case BYTEA -> term.type() instanceof Bytes ? term.sql() : null;
          case DATE -> term.type() instanceof Day ? term.sql() : null;
          case TIMESTAMP -> moment(term, target);
          case TIMESTAMPTZ -> instant(term, target);
          case JSON, JSONB -> document(term, target);
          case UUID -> term.sql().equals(Moments.NEW_UUID) ? "gen_random_uuid()" : null;
          case TIME, INTERVAL, BIT, TEXT_ARRAY, OTHER -> null;
        };
    if (sql == null) {
      throw new Untranslatable(
          "what " + target + " makes of " + term.type().words() + " may differ");
    }
    return sql;
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

  private static @Nullable String text(Term term, TargetType target) {
    boolean padded = target.ddl().startsWith("char");
    boolean text = term.type() instanceof Chars || term.type() instanceof Member;
    return padded ? null : text ? term.sql() : Texts.text(term).sql();
  }

  private static @Nullable String moment(Term term, TargetType target) {
    if (term.type() instanceof Day) {
      return term.as("timestamp");
    }
    return term.type() instanceof Moment moment && moment.fraction() <= fraction(target)
        ? term.sql()
        : null;
  }

  private static @Nullable String instant(Term term, TargetType target) {
    if (term.instant() != null && term.type() instanceof Moment now) {
      return now.fraction() <= fraction(target) ? term.instant() : null;
    }
    return term.type() instanceof Instant instant && instant.fraction() <= fraction(target)
        ? term.sql()
        : null;
  }

  private static int fraction(TargetType target) {
    String ddl = TypeMapper.parse(target.ddl()).ddl();
    int bracket = ddl.indexOf('(');
    return bracket < 0 ? MOST_FRACTION : ddl.charAt(bracket + 1) - '0';
  }

  private static @Nullable String document(Term term, TargetType target) {
    boolean binary = target.kind() == TargetType.Kind.JSONB;
    return term.type() instanceof Document document && document.binary() == binary
        ? term.sql()
        : null;
  }
}
