package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.TableName;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Indexes, and what their parts are made of. */
public final class IndexSql {
  private IndexSql() {}

  /** An index's comment. */
  public static String commentOnIndex(TableName index, String comment) {
    return "COMMENT ON INDEX " + Identifiers.postgres(index) + " IS " + DdlSql.literal(comment);
  }

  /** An index whose parts come from {@link #part}, {@link #textPrefix} or {@link #bytePrefix}. */
  public static String createIndex(
      TableName table, String name, boolean unique, List<String> parts) {
    return (unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ")
        + Identifiers.postgres(name)
        + "\n    ON "
        + Identifiers.postgres(table)
        + " ("
        + String.join(", ", parts)
        + ")";
  }

  /** A whole column in an index. */
  public static String part(String column, boolean descending) {
    return Identifiers.postgres(column) + (descending ? " DESC" : "");
  }

  /**
   * A text in an index by another equality than the column's own.
   *
   * @param text the column or an expression on it, as {@link #part} and {@link #textPrefix} give it
   * @param padded whether blanks at its end do not count
   * @param collation the quoted name of a collation, null for the column's own
   */
  public static String equalText(String text, boolean padded, @Nullable String collation) {
    String trimmed = padded ? "rtrim(" + text + ")" : text;
    return collation == null ? trimmed : trimmed + " COLLATE " + collation;
  }

  /** A text of a type of its own as plain text. */
  public static String asText(String text) {
    return "CAST(" + text + " AS text)";
  }

  /** A text by {@link #equalText} for a server that has no such collation: accents count. */
  public static String foldedText(String text, boolean padded) {
    return "lower(" + (padded ? "rtrim(" + text + ")" : text) + ")";
  }

  /**
   * A collation for which different texts may be equal (PostgreSQL manual 24.2.2.4).
   *
   * @param locale a BCP 47 locale
   */
  public static String createCollation(String schema, String name, String locale) {
    return "CREATE COLLATION "
        + Identifiers.postgres(schema)
        + "."
        + Identifiers.postgres(name)
        + "\n    (provider = icu, locale = "
        + DdlSql.literal(locale)
        + ", deterministic = false)";
  }

  /** The first characters of a column in an index. */
  public static String textPrefix(String column, int characters, boolean descending) {
    return "left("
        + Identifiers.postgres(column)
        + ", "
        + characters
        + ")"
        + (descending ? " DESC" : "");
  }

  /** The first bytes of a column in an index. */
  public static String bytePrefix(String column, int bytes, boolean descending) {
    return "substring("
        + Identifiers.postgres(column)
        + ", 1, "
        + bytes
        + ")"
        + (descending ? " DESC" : "");
  }

  /**
   * An index for searching words. The configuration is named, since only then is the expression
   * immutable, and it is {@code simple}: MySQL knows no word stems either.
   */
  public static String createTextSearch(TableName table, String name, List<String> columns) {
    return "CREATE INDEX "
        + Identifiers.postgres(name)
        + "\n    ON "
        + Identifiers.postgres(table)
        + " USING gin (to_tsvector('simple', "
        + columns.stream()
            .map(c -> "coalesce(" + Identifiers.postgres(c) + ", '')")
            .collect(Collectors.joining(" || ' ' || "))
        + "))";
  }

  /** An index of PostGIS on a geometry. */
  public static String createSpatial(TableName table, String name, String column) {
    return "CREATE INDEX "
        + Identifiers.postgres(name)
        + "\n    ON "
        + Identifiers.postgres(table)
        + " USING gist ("
        + Identifiers.postgres(column)
        + ")";
  }
}
