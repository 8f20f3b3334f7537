package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.types.MySqlDate;
import dev.landfall.transforms.types.MySqlDatetime;
import dev.landfall.transforms.types.MySqlEnum;
import dev.landfall.transforms.types.MySqlType;
import dev.landfall.transforms.types.SourceCharset;
import dev.landfall.transforms.types.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Counts odd values where they are, in the source. Each condition tells the same as the look at a
 * value on its way does.
 */
public final class OddValueSql {
  /** Month and day of the days that no year has, February 29th left out. */
  private static final String NEVER = "(230, 231, 431, 631, 931, 1131)";

  private OddValueSql() {}

  /** One row: for each condition the number of rows of the table for which it is true. */
  public static String count(TableName table, List<String> conditions) {
    return conditions.stream()
        .map(condition -> "COUNT(CASE WHEN " + condition + " THEN 1 END)")
        .collect(Collectors.joining(", ", "SELECT ", " FROM " + Identifiers.mysql(table)));
  }

  /**
   * The condition that a column's value is odd in that way, whatever the session's {@code sql_mode}
   * is. Empty where the column's type has no such values, and where only PostgreSQL tells: bad
   * bytes in UTF-8, and values that a narrower type has no room for.
   */
  public static Optional<String> condition(SourceColumn column, OddValue odd) {
    String name = Identifiers.mysql(column.name());
    MySqlType type = column.type();
    boolean moment = type instanceof MySqlDatetime time && time.zoned();
    // A moment can be zero, but no other day that there is not.
    boolean date = type instanceof MySqlDate || (type instanceof MySqlDatetime && !moment);
    boolean text = column.characterSet() != null;
    return switch (odd) {
      case ZERO_DATE -> date || moment ? Optional.of(name + " + 0 = 0") : Optional.empty();
      case PARTIAL_DATE -> date ? Optional.of(partial(column)) : Optional.empty();
      case IMPOSSIBLE_DATE -> date ? Optional.of(impossible(column)) : Optional.empty();
      case OUT_OF_RANGE -> date ? Optional.of(yearZero(column)) : Optional.empty();
      case NUL -> text ? Optional.of(nul(column)) : Optional.empty();
      case BAD_TEXT ->
          SourceCharset.of(column.characterSet()).marks()
              ? Optional.of(
                  name
                      + " IS NOT NULL AND NOT COALESCE("
                      + SourceText.survives(name, column.characterSet())
                      + ", FALSE)")
              : Optional.empty();
      case TWICE_ENCODED -> text ? Optional.of(twiceEncoded(column)) : Optional.empty();
      case EMPTY_ENUM ->
          type instanceof MySqlEnum && !column.members().contains("")
              ? Optional.of(name + " = 0")
              : Optional.empty();
    };
  }

  /**
   * The digits of a date as a number, 20210230: in a numeric context the server prints what is
   * stored (MySQL manual 11.2), where a comparison with a date's text would be an error and a
   * function of dates NULL.
   */
  private static String day(SourceColumn column) {
    String number = "(" + Identifiers.mysql(column.name()) + " + 0)";
    return column.type() instanceof MySqlDate ? number : "(" + number + " DIV 1000000)";
  }

  /** A time behind a date of zeros makes it a partial one. */
  private static String partial(SourceColumn column) {
    String day = day(column);
    return Identifiers.mysql(column.name())
        + " + 0 <> 0 AND ("
        + day
        + " MOD 100 = 0 OR "
        + day
        + " MOD 10000 < 100)";
  }

  private static String impossible(SourceColumn column) {
    String day = day(column);
    String year = day + " DIV 10000";
    return day
        + " MOD 10000 IN "
        + NEVER
        + " OR ("
        + day
        + " MOD 10000 = 229 AND ("
        + year
        + " MOD 4 <> 0 OR ("
        + year
        + " MOD 100 = 0 AND "
        + year
        + " MOD 400 <> 0)))";
  }

  private static String yearZero(SourceColumn column) {
    String day = day(column);
    return day
        + " BETWEEN 100 AND 9999 AND "
        + day
        + " MOD 100 <> 0 AND "
        + day
        + " NOT IN "
        + NEVER;
  }

  /** Of the bytes of UTF-8 and of all other character sets but the wide ones, only NUL is 00. */
  private static String nul(SourceColumn column) {
    String name = Identifiers.mysql(column.name());
    boolean wide = SourceCharset.of(column.characterSet()) == SourceCharset.WIDE;
    return "INSTR(" + SourceText.bytes(wide ? utf8(name) : name) + ", X'00') > 0";
  }

  /**
   * Not all ASCII, no character but those of latin1, and their bytes are UTF-8. Some servers
   * convert what is not UTF-8 by taking its bytes as they are: only on the way to UTF-16 and back
   * all have to understand them.
   */
  private static String twiceEncoded(SourceColumn column) {
    String name = Identifiers.mysql(column.name());
    boolean latin1 = "latin1".equals(column.characterSet());
    String utf8 = utf8(name);
    String once = SourceText.bytes(latin1 ? name : "CONVERT(" + name + " USING latin1)");
    String condition = "LENGTH(" + utf8 + ") <> CHAR_LENGTH(" + utf8 + ")";
    if (!latin1) {
      condition +=
          " AND "
              + SourceText.bytes(utf8("CONVERT(" + name + " USING latin1)"))
              + " = "
              + SourceText.bytes(utf8);
    }
    return condition
        + " AND "
        + SourceText.bytes(utf8("CONVERT(" + utf8(once) + " USING utf16)"))
        + " = "
        + once;
  }

  private static String utf8(String text) {
    return "CONVERT(" + text + " USING utf8mb4)";
  }
}
