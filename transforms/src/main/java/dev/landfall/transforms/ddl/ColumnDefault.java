package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.SourceCatalog.Product;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.translate.ExpressionTranslator;
import dev.landfall.transforms.translate.Scope;
import dev.landfall.transforms.translate.Translation;
import dev.landfall.transforms.types.PgTimestamp;
import dev.landfall.transforms.types.PgType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /**
   * The default for a column of that type; none for a generated or numbered column.
   *
   * @param scope the columns that an expression may refer to
   */
  static ColumnDefault of(Product product, SourceColumn column, PgType type, Scope scope) {
    String value = column.defaultValue();
    if (value == null || column.generated() != null || column.autoIncrement()) {
      return NONE;
    }
    if (column.defaultIsExpression()) {
      String moment = moment(value, type);
      return moment == null ? expression(product, value, type, scope) : to(moment);
    }
    String sql = type.defaultOf(column.type(), value, product == Product.MARIADB);
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

  private static ColumnDefault expression(Product product, String value, PgType type, Scope scope) {
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

  private static @Nullable String moment(String expression, PgType type) {
    Matcher matcher = NOW.matcher(expression);
    if (!(type instanceof PgTimestamp) || !matcher.matches()) {
      return null;
    }
    String digits = matcher.group(1);
    return digits == null || digits.isEmpty()
        ? "CURRENT_TIMESTAMP"
        : "CURRENT_TIMESTAMP(" + digits + ")";
  }
}
