package dev.landfall.transforms.schema;

import dev.landfall.transforms.schema.SourceCatalog.Product;
import dev.landfall.transforms.sql.DdlSql;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A column's default in the target. Only what means the same with certainty is translated: literals
 * and the current moment.
 *
 * @param sql the default, null for none
 * @param untranslated the source's default when the target has none for it, else null
 */
record ColumnDefault(@Nullable String sql, @Nullable String untranslated) {
  private static final ColumnDefault NONE = new ColumnDefault(null, null);

  private static final Pattern NOW =
      Pattern.compile("(?i)(?:current_timestamp|now|localtimestamp|localtime)(?:\\((\\d?)\\))?");

  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(?:\\.\\d*)?(?:[eE][-+]?\\d+)?");
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

  /** The default for a column of that type; none for a generated or numbered column. */
  static ColumnDefault of(Product product, SourceColumn column, TargetType type) {
    String value = column.defaultValue();
    if (value == null || column.generated() != null || column.autoIncrement()) {
      return NONE;
    }
    String sql =
        column.defaultIsExpression() ? moment(value, type) : literal(product, column, value, type);
    return sql == null ? new ColumnDefault(null, value) : new ColumnDefault(sql, null);
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
      // MySQL prints a timestamp's default in a zone that its manual does not name.
      case TIMESTAMP -> column.dataType().equals("datetime") ? matching(MOMENT, value) : null;
      case INTERVAL, TIME -> matching(SPAN, value);
      case UUID -> matching(UUID, value);
      case BIT -> bits(value, type);
      // MySQL prints a binary default as text or as hexadecimal digits, depending on its version.
      case BYTEA ->
          product == Product.MARIADB && StandardCharsets.US_ASCII.newEncoder().canEncode(value)
              ? DdlSql.literal(
                  "\\x" + HexFormat.of().formatHex(value.getBytes(StandardCharsets.US_ASCII)))
              : null;
      case TEXT_ARRAY -> DdlSql.literal(array(value));
      case OTHER -> column.members().contains(value) ? DdlSql.literal(value) : null;
      case TIMESTAMPTZ -> null;
    };
  }

  private static @Nullable String matching(Pattern pattern, String value) {
    return pattern.matcher(value).matches() ? DdlSql.literal(value) : null;
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
