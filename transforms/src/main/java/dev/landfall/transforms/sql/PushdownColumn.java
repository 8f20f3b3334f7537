package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Conversion;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TargetType;
import java.util.Optional;

/**
 * A pair of columns whose values both databases can write as one text themselves. Two values have
 * the same text only when a row comparison finds them equal: NULL, which is {@code n}, is no
 * value's text, and where a text ends is known from its beginning or its characters, so that
 * columns behind one another can't be taken for others. That equal values may have different texts
 * (a number of another scale) costs a second look, no more.
 */
final class PushdownColumn {
  private final SourceColumn source;
  private final ColumnMapping target;
  private final TargetType.Kind kind;

  PushdownColumn(SourceColumn source, ColumnMapping target) {
    this.source = source;
    this.target = target;
    this.kind = target.type().kind();
  }

  /** Why the databases can't be trusted to write the same text for equal values. */
  static Optional<String> obstacle(SourceColumn source, ColumnMapping target) {
    if (target.nullDefault() != null || !target.rules().policies().isEmpty()) {
      return Optional.of("has rules");
    }
    boolean plain =
        target.conversion() == Conversion.NONE
            || target.conversion() == Conversion.TEXT
            || target.conversion() == Conversion.DATE
            || target.conversion() == Conversion.BYTEA;
    return plain && new PushdownColumn(source, target).isKnown()
        ? Optional.empty()
        : Optional.of(source.columnType() + " as " + target.type());
  }

  private boolean isKnown() {
    return switch (source.dataType()) {
      case "tinyint", "smallint", "mediumint", "int", "bigint", "year" ->
          isInteger() || kind == TargetType.Kind.BOOLEAN || isNumeric(0);
      case "decimal" -> isNumeric(source.scale() == null ? 0 : source.scale());
      case "date" -> kind == TargetType.Kind.DATE;
      case "datetime", "timestamp" ->
          kind == TargetType.Kind.TIMESTAMP || kind == TargetType.Kind.TIMESTAMPTZ;
      case "time" -> kind == TargetType.Kind.INTERVAL || kind == TargetType.Kind.TIME;
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum" ->
          kind == TargetType.Kind.TEXT && source.characterSet() != null;
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
          kind == TargetType.Kind.BYTEA;
      default -> false;
    };
  }

  private boolean isInteger() {
    return kind == TargetType.Kind.SMALLINT
        || kind == TargetType.Kind.INTEGER
        || kind == TargetType.Kind.BIGINT;
  }

  private boolean isNumeric(int scale) {
    String ddl = target.type().ddl();
    boolean alike =
        ddl.endsWith("," + scale + ")") || (scale == 0 && ddl.matches("numeric\\(\\d+\\)"));
    return kind == TargetType.Kind.NUMERIC && alike;
  }

  /** The expression of the source. */
  String onSource() {
    String name = Identifiers.mysql(source.name());
    return switch (source.dataType()) {
      case "datetime", "timestamp", "time" -> ended(moment(name));
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
          ended("LOWER(HEX(" + name + "))");
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum" ->
          counted(SourceText.converted(source));
      default -> ended("CAST(" + SourceSql.column(source) + " AS CHAR)");
    };
  }

  /** Without zeros at the end of a fraction, and without a point, as PostgreSQL prints it. */
  private String moment(String name) {
    String text = "CAST(" + name + " AS CHAR)";
    return source.fraction() == null || source.fraction() == 0
        ? text
        : "TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM " + text + "))";
  }

  private String ended(String text) {
    return unlessNull("CONCAT(" + text + ", ',')");
  }

  private String counted(String bytes) {
    return unlessNull("CONCAT(LENGTH(" + bytes + "), ':', " + bytes + ")");
  }

  /**
   * Only NULL itself is taken for NULL: a text longer than {@code max_allowed_packet} is NULL to
   * the server too (MySQL manual 12.8), and then so is the whole row's, which is equal to none.
   */
  private String unlessNull(String text) {
    return "CASE WHEN "
        + Identifiers.mysql(source.name())
        + " IS NULL THEN 'n,' ELSE "
        + text
        + " END";
  }

  /** The expression of the target. */
  String onTarget() {
    String name = Identifiers.postgres(target.name());
    return switch (kind) {
      case BOOLEAN -> endedThere("CASE " + name + " WHEN true THEN '1' WHEN false THEN '0' END");
      case BYTEA -> endedThere("encode(" + name + ", 'hex')");
      case TIMESTAMPTZ -> endedThere("(" + name + " AT TIME ZONE 'UTC')::text");
      case TEXT ->
          "coalesce(octet_length(convert_to("
              + name
              + "::text, 'UTF8')) || ':' || "
              + name
              + "::text, 'n,')";
      default -> endedThere(name + "::text");
    };
  }

  private static String endedThere(String text) {
    return "coalesce(" + text + " || ',', 'n,')";
  }
}
