package dev.landfall.transforms.model;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How one target column gets its value.
 *
 * @param name the target column
 * @param type its PostgreSQL type
 * @param nullable whether the target column takes NULL
 * @param source index into {@link TableMapping#read()} of the column that it is made from, or -1
 *     for a constant
 * @param conversion what is done to the source's bytes; {@link Conversion#NONE} for a constant
 * @param constant the value of a constant column in PostgreSQL's text form; null for NULL, and null
 *     for a column that is read
 * @param nullDefault what a NULL of the source becomes, in PostgreSQL's text form; null leaves NULL
 * @param rules what becomes of values that the target's column can't take
 * @param generated the expression from which the target itself makes the column, so that it is
 *     compared but not loaded; null for an ordinary column
 * @param equality what becomes of the source's collation, for a column of text
 */
public record ColumnMapping(
    String name,
    TargetType type,
    boolean nullable,
    int source,
    Conversion conversion,
    @Nullable String constant,
    @Nullable String nullDefault,
    Rules rules,
    @Nullable String generated,
    TextEquality equality)
    implements Serializable {
  /** The {@link #source} of a column that is not read. */
  public static final int CONSTANT = -1;

  public ColumnMapping {
    if (source < CONSTANT) {
      throw new IllegalArgumentException("source index " + source + " of column " + name);
    }
    if (source != CONSTANT && constant != null) {
      throw new IllegalArgumentException("column " + name + " is both read and constant");
    }
  }

  /** A column whose texts are as equal as {@link TextEquality#UNIQUE} makes them. */
  public ColumnMapping(
      String name,
      TargetType type,
      boolean nullable,
      int source,
      Conversion conversion,
      @Nullable String constant,
      @Nullable String nullDefault,
      Rules rules,
      @Nullable String generated) {
    this(
        name,
        type,
        nullable,
        source,
        conversion,
        constant,
        nullDefault,
        rules,
        generated,
        TextEquality.UNIQUE);
  }

  /** A column that is loaded, with the default of every rule. */
  public ColumnMapping(
      String name,
      TargetType type,
      boolean nullable,
      int source,
      Conversion conversion,
      @Nullable String constant,
      @Nullable String nullDefault) {
    this(
        name,
        type,
        nullable,
        source,
        conversion,
        constant,
        nullDefault,
        Rules.DEFAULTS,
        /* generated= */ null);
  }

  /** The same column, made by the target itself from an expression; null: loaded. */
  public ColumnMapping generatedAs(@Nullable String expression) {
    return new ColumnMapping(
        name,
        type,
        nullable,
        source,
        conversion,
        constant,
        nullDefault,
        rules,
        expression,
        equality);
  }

  /** The same column with another type of the same family. */
  public ColumnMapping withType(TargetType other) {
    return new ColumnMapping(
        name,
        other,
        nullable,
        source,
        conversion,
        constant,
        nullDefault,
        rules,
        generated,
        equality);
  }

  /** Whether a rule makes a text column bytea, with the bytes that the source stores. */
  public boolean takesStoredBytes() {
    return conversion == Conversion.BYTEA && rules.asBytes();
  }

  /** The same column with another equality of texts. */
  public ColumnMapping withEquality(TextEquality other) {
    return new ColumnMapping(
        name, type, nullable, source, conversion, constant, nullDefault, rules, generated, other);
  }
}
