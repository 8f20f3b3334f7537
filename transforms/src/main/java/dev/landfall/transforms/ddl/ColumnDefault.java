package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.SourceCatalog.Product;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TargetType;
import dev.landfall.transforms.sql.DdlSql;
import dev.landfall.transforms.translate.ExpressionTranslator;
import dev.landfall.transforms.translate.Scope;
import dev.landfall.transforms.translate.Translation;
import dev.landfall.transforms.types.TypeText;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A column's default in the target. Only what means the same with certainty is translated.
 *
 * @param sql the default, null for none
 * @param untranslated the source's default when the target has none for it, else null
 * @param reason why the target has none for it, else empty
 */
public record ColumnDefault(@Nullable String sql, @Nullable String untranslated, String reason) {
  private static final ColumnDefault NONE = new ColumnDefault(null, null, "");

  /** Zero or partial dates, which PostgreSQL's types do not have. */
  private static final Pattern NO_DATE =
      Pattern.compile("(?:0000-\\d\\d-\\d\\d|\\d{4}-00-\\d\\d|\\d{4}-\\d\\d-00)(?: .*)?");

  private static final Pattern NOW =
      Pattern.compile("(?i)(?:current_timestamp|now|localtimestamp|localtime)(?:\\((\\d?)\\))?");

  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(?:\\.\\d*)?(?:[eE][-+]?\\d+)?");
  private static final Pattern BYTES = Pattern.compile("0x(?:[0-9a-fA-F]{2})*");
  private static final Pattern BITS = Pattern.compile("[bB]'([01]*)'");

  /** No year, month or day of zero: PostgreSQL has none of them. */
  private static final String REAL_DATE =
      "(?!0000)\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])";

  private static final String CLOCK = "\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,6})?";
  private static final Pattern DATE = Pattern.compile(REAL_DATE);
  private static final Pattern MOMENT = Pattern.compile(REAL_DATE + " " + CLOCK);
  private static final Pattern SPAN = Pattern.compile("-?\\d{1,3}:\\d{2}:\\d{2}(?:\\.\\d{1,6})?");
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /**
   * The default for a column of that type; none for a generated or numbered column.
   *
   * @param scope the columns that an expression may refer to
   */
  static ColumnDefault of(Product product, SourceColumn column, TargetType type, Scope scope) {
    String value = column.defaultValue();
    if (value == null || column.generated() != null || column.autoIncrement()) {
      return NONE;
    }
    if (column.defaultIsExpression()) {
      String moment = moment(value, type);
      return moment == null ? expression(product, value, type, scope) : to(moment);
    }
    String sql = literal(product, column, value, type);
    return sql == null
        ? none(
            value,
            "has no default: "
                + type
                + (NO_DATE.matcher(value).matches()
                    ? " has no such date"
                    : " has no certain form of it"))
        : to(sql);
  }

  private static ColumnDefault expression(
      Product product, String value, TargetType type, Scope scope) {
    Translation translation = new ExpressionTranslator(product, scope).value(value, type);
    return translation.sql() == null
        ? none(value, "has no default: " + translation.reason())
        : to("(" + translation.sql() + ")");
  }

  private static ColumnDefault to(String sql) {
    return new ColumnDefault(sql, null, "");
  }

  private static ColumnDefault none(String value, String reason) {
    return new ColumnDefault(null, value, reason);
  }

  private static @Nullable String moment(String expression, TargetType type) {
    boolean moment =
        type.kind() == TargetType.Kind.TIMESTAMP || type.kind() == TargetType.Kind.TIMESTAMPTZ;
    Matcher matcher = NOW.matcher(expression);
    if (!moment || !matcher.matches()) {
      return null;
    }
    String digits = matcher.group(1);
    return digits == null || digits.isEmpty()
        ? "CURRENT_TIMESTAMP"
        : "CURRENT_TIMESTAMP(" + digits + ")";
  }

  private static @Nullable String literal(
      Product product, SourceColumn column, String value, TargetType type) {
    return switch (type.kind()) {
      case SMALLINT, INTEGER, BIGINT, NUMERIC, REAL, DOUBLE ->
          NUMBER.matcher(value).matches() ? value : null;
      case BOOLEAN ->
          switch (value) {
            case "0", "b'0'" -> "false";
            case "1", "b'1'" -> "true";
            default -> null;
          };
      case TEXT -> value.indexOf('\0') < 0 ? DdlSql.literal(value) : null;
      case JSON, JSONB -> product == Product.MARIADB ? DdlSql.literal(value) : null;
      case DATE -> matching(DATE, value);
      case TIMESTAMP -> column.dataType().equals("datetime") ? matching(MOMENT, value) : null;
      // Read in a session whose zone is UTC.
      case TIMESTAMPTZ ->
          column.dataType().equals("timestamp") && MOMENT.matcher(value).matches()
              ? DdlSql.literal(value + "+00")
              : null;
      case INTERVAL, TIME -> matching(SPAN, value);
      case UUID -> matching(UUID, value);
      case BIT -> bits(value, type);
      case BYTEA -> BYTES.matcher(value).matches() ? bytes(column, value.substring(2)) : null;
      case TEXT_ARRAY -> DdlSql.literal(array(value));
      case OTHER -> column.members().contains(value) ? DdlSql.literal(value) : null;
    };
  }

  private static @Nullable String matching(Pattern pattern, String value) {
    return pattern.matcher(value).matches() ? DdlSql.literal(value) : null;
  }

  /** A binary(n) has as many bytes as it declares (MySQL manual 11.3.3). */
  private static @Nullable String bytes(SourceColumn column, String digits) {
    Long length = column.length();
    if (!column.dataType().endsWith("binary") || length == null) {
      return null;
    }
    boolean padded = column.dataType().equals("binary");
    String missing = padded ? "00".repeat(length.intValue() - digits.length() / 2) : "";
    return DdlSql.literal("\\x" + digits.toLowerCase(Locale.ROOT) + missing);
  }

  private static @Nullable String bits(String value, TargetType type) {
    Matcher matcher = BITS.matcher(value);
    Integer length = TypeText.parse(type.ddl()).length();
    if (!matcher.matches() || length == null || matcher.group(1).length() > length) {
      return null;
    }
    String digits = matcher.group(1);
    return "B'" + "0".repeat(length - digits.length()) + digits + "'";
  }

  private static String array(String members) {
    if (members.isEmpty()) {
      return "{}";
    }
    return Arrays.stream(members.split(",", -1))
        .map(m -> "\"" + m.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }
}
