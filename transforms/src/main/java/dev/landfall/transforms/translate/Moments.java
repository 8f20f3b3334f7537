package dev.landfall.transforms.translate;

import dev.landfall.transforms.translate.ValueType.Bytes;
import dev.landfall.transforms.translate.ValueType.Chars;
import dev.landfall.transforms.translate.ValueType.Day;
import dev.landfall.transforms.translate.ValueType.Document;
import dev.landfall.transforms.translate.ValueType.Floating;
import dev.landfall.transforms.translate.ValueType.Moment;
import dev.landfall.transforms.translate.ValueType.Whole;
import dev.landfall.transforms.translate.ValueType.Whole.Width;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values that are new each time: for defaults and views only. MySQL's moment is that of the
 * statement (manual 12.7, NOW), cut, not rounded, to its digits.
 */
final class Moments {
  static final Set<String> NAMES =
      Set.of(
          "now",
          "current_timestamp",
          "localtimestamp",
          "localtime",
          "utc_timestamp",
          "curdate",
          "current_date",
          "utc_date",
          "unix_timestamp",
          "uuid",
          "rand");

  /** PostgreSQL's words for {@code UUID()}. */
  static final String NEW_UUID = "CAST(gen_random_uuid() AS text)";

  private static final String NOW = "statement_timestamp()";

  private Moments() {}

  static @Nullable Term call(String name, List<Term> arguments) {
    if (!NAMES.contains(name)) {
      return null;
    }
    Integer digits = arguments.isEmpty() ? Integer.valueOf(0) : arguments.get(0).smallLiteral();
    switch (name) {
      case "now", "current_timestamp", "localtimestamp", "localtime" -> {
        String local = cut("CAST(" + NOW + " AS timestamp)", digits);
        return new Term(local, new Moment(digits(digits)), null, cut(NOW, digits));
      }
      case "utc_timestamp" -> {
        return Term.of(cut("(" + NOW + " AT TIME ZONE 'UTC')", digits), new Moment(digits(digits)));
      }
      default -> {
        if (!arguments.isEmpty()) {
          throw new Untranslatable(name + " with an argument is not known here");
        }
        return plain(name);
      }
    }
  }

  private static Term plain(String name) {
    return switch (name) {
      case "curdate", "current_date" -> Term.of("CAST(" + NOW + " AS date)", new Day());
      case "utc_date" -> Term.of("CAST(" + NOW + " AT TIME ZONE 'UTC' AS date)", new Day());
      case "unix_timestamp" ->
          Term.of(
              "CAST(floor(extract(epoch FROM " + NOW + ")) AS bigint)",
              Whole.of(0, Integer.MAX_VALUE * 16L, Width.BIGINT));
      case "rand" -> Term.of("random()", new Floating());
      // Another version of UUID; what they share is that no two are alike.
      case "uuid" -> Term.of(NEW_UUID, new Chars(Collation.MADE, /* utf8= */ true));
      default -> throw new IllegalStateException(name);
    };
  }

  private static int digits(@Nullable Integer digits) {
    if (digits == null) {
      throw new Untranslatable("the current moment with digits that are no literal");
    }
    return digits;
  }

  private static String cut(String moment, @Nullable Integer digits) {
    return switch (digits(digits)) {
      case 0 -> "date_trunc('second', " + moment + ")";
      case 3 -> "date_trunc('milliseconds', " + moment + ")";
      case 6 -> moment;
      default -> throw new Untranslatable("the current moment with " + digits + " digits");
    };
  }

  /** New values of no argument that are put together of several functions. */
  static @Nullable Term combined(Sql.Call call) {
    if (call.equals(Sql.Call.of("uuid_to_bin", Sql.Call.of("uuid")))) {
      return Term.of("uuid_send(gen_random_uuid())", new Bytes());
    }
    return null;
  }

  /** An empty document. */
  static @Nullable Term document(String name, List<Term> arguments) {
    if (!arguments.isEmpty()) {
      return null;
    }
    return switch (name) {
      case "json_array" -> Term.of("CAST('[]' AS jsonb)", new Document(/* binary= */ true));
      case "json_object" -> Term.of("CAST('{}' AS jsonb)", new Document(/* binary= */ true));
      default -> null;
    };
  }
}
