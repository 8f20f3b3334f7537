package dev.landfall.transforms.model;

import dev.landfall.transforms.types.Declaration;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A column as the source's {@code information_schema.columns} describes it (MySQL manual 26.3.8).
 *
 * @param name the column's name
 * @param dataType the type without attributes, lower case: {@code bigint}, {@code varchar}
 * @param columnType the type as declared: {@code bigint unsigned}, {@code enum('a','b')}, {@code
 *     point srid 4326}
 * @param nullable whether NULL is allowed
 * @param defaultValue the default, null when there is none: a literal without quotes (bits as
 *     {@code b'01'}), or an expression as the catalogue prints it
 * @param defaultIsExpression whether the default is an expression and not a literal
 * @param autoIncrement whether the server numbers the column
 * @param generated the generation expression, null for an ordinary column
 * @param characterSet the character set, null for a type that has none
 * @param collation the collation, null for a type that has none
 * @param length characters (or bytes, for binary types), null where it does not apply
 * @param precision digits of a number, null where it does not apply
 * @param scale digits after the point, null where it does not apply
 * @param fraction digits of a fractional second, null where it does not apply
 * @param onUpdateNow whether the column is {@code ON UPDATE CURRENT_TIMESTAMP}
 * @param comment the comment, empty when there is none
 * @param invisible whether {@code SELECT *} leaves it out
 * @param virtual whether a generated column is computed on reading
 * @param asked what is read in place of the column's own values, an expression in the source's
 *     words that gives what the rest of this describes; null for the column itself
 */
public record SourceColumn(
    String name,
    String dataType,
    String columnType,
    boolean nullable,
    @Nullable String defaultValue,
    boolean defaultIsExpression,
    boolean autoIncrement,
    @Nullable String generated,
    @Nullable String characterSet,
    @Nullable String collation,
    @Nullable Long length,
    @Nullable Integer precision,
    @Nullable Integer scale,
    @Nullable Integer fraction,
    boolean onUpdateNow,
    String comment,
    boolean invisible,
    boolean virtual,
    @Nullable String asked)
    implements Declaration, Serializable {
  /** A column of a table. */
  public SourceColumn(
      String name,
      String dataType,
      String columnType,
      boolean nullable,
      @Nullable String defaultValue,
      boolean defaultIsExpression,
      boolean autoIncrement,
      @Nullable String generated,
      @Nullable String characterSet,
      @Nullable String collation,
      @Nullable Long length,
      @Nullable Integer precision,
      @Nullable Integer scale,
      @Nullable Integer fraction,
      boolean onUpdateNow,
      String comment,
      boolean invisible,
      boolean virtual) {
    this(
        name,
        dataType,
        columnType,
        nullable,
        defaultValue,
        defaultIsExpression,
        autoIncrement,
        generated,
        characterSet,
        collation,
        length,
        precision,
        scale,
        fraction,
        onUpdateNow,
        comment,
        invisible,
        virtual,
        /* asked= */ null);
  }

  /** A visible column; a generated one is stored. */
  public SourceColumn(
      String name,
      String dataType,
      String columnType,
      boolean nullable,
      @Nullable String defaultValue,
      boolean defaultIsExpression,
      boolean autoIncrement,
      @Nullable String generated,
      @Nullable String characterSet,
      @Nullable String collation,
      @Nullable Long length,
      @Nullable Integer precision,
      @Nullable Integer scale,
      @Nullable Integer fraction,
      boolean onUpdateNow,
      String comment) {
    this(
        name,
        dataType,
        columnType,
        nullable,
        defaultValue,
        defaultIsExpression,
        autoIncrement,
        generated,
        characterSet,
        collation,
        length,
        precision,
        scale,
        fraction,
        onUpdateNow,
        comment,
        /* invisible= */ false,
        /* virtual= */ false);
  }

  /** The same column with another literal as its default. */
  public SourceColumn withDefault(@Nullable String value) {
    return new SourceColumn(
        name,
        dataType,
        columnType,
        nullable,
        value,
        false,
        autoIncrement,
        generated,
        characterSet,
        collation,
        length,
        precision,
        scale,
        fraction,
        onUpdateNow,
        comment,
        invisible,
        virtual,
        asked);
  }

  /**
   * What is read by an expression that gives values as this column has them.
   *
   * @param called a name for it
   */
  public SourceColumn askedAs(String called, String expression) {
    return new SourceColumn(
        called,
        dataType,
        columnType,
        nullable,
        /* defaultValue= */ null,
        /* defaultIsExpression= */ false,
        /* autoIncrement= */ false,
        /* generated= */ null,
        characterSet,
        collation,
        length,
        precision,
        scale,
        fraction,
        /* onUpdateNow= */ false,
        /* comment= */ "",
        /* invisible= */ false,
        /* virtual= */ false,
        expression);
  }

  /** What is read by an expression that gives whole numbers of four bytes. */
  public static SourceColumn number(String called, String expression) {
    return asked(called, "int", false, null, null, null, expression);
  }

  /** What is read by an expression that gives texts, or NULL. */
  public static SourceColumn text(String called, String expression) {
    return asked(called, "longtext", true, "utf8mb4", "utf8mb4_bin", 4_294_967_295L, expression);
  }

  private static SourceColumn asked(
      String called,
      String type,
      boolean orNull,
      @Nullable String characterSet,
      @Nullable String collation,
      @Nullable Long length,
      String expression) {
    return new SourceColumn(
        called,
        type,
        type,
        orNull,
        /* defaultValue= */ null,
        /* defaultIsExpression= */ false,
        /* autoIncrement= */ false,
        /* generated= */ null,
        characterSet,
        collation,
        length,
        length == null ? 10 : null,
        length == null ? 0 : null,
        /* fraction= */ null,
        /* onUpdateNow= */ false,
        /* comment= */ "",
        /* invisible= */ false,
        /* virtual= */ false,
        expression);
  }
}
