package dev.landfall.transforms.model;

import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgType;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one target column gets its value.
 *
 * @param name the target column
 * @param type its PostgreSQL type
 * @param nullable whether the target column takes NULL
 * @param source where its values come from
 * @param conversion what is done to the source's bytes; {@link Conversion#NONE} for a constant
 * @param nullDefault what a NULL of the source becomes, in PostgreSQL's text form; null leaves NULL
 * @param rules what becomes of values that the target's column can't take
 * @param generated the expression from which the target itself makes the column, so that it is
 *     compared but not loaded; null for an ordinary column
 * @param equality what becomes of the source's collation, for a column of text
 */
public record ColumnMapping(
    String name,
    PgType type,
    boolean nullable,
    ValueSource source,
    Conversion conversion,
    @Nullable String nullDefault,
    Rules rules,
    @Nullable String generated,
    TextEquality equality)
    implements Serializable {
  /** A column whose texts are as equal as {@link TextEquality#UNIQUE} makes them. */
  public ColumnMapping(
      String name,
      PgType type,
      boolean nullable,
      ValueSource source,
      Conversion conversion,
      @Nullable String nullDefault,
      Rules rules,
      @Nullable String generated) {
    this(
        name,
        type,
        nullable,
        source,
        conversion,
        nullDefault,
        rules,
        generated,
        TextEquality.UNIQUE);
  }

  /** A column with the values of one that is read, with the default of every rule. */
  public static ColumnMapping read(
      String name, PgType type, boolean nullable, int position, Conversion conversion) {
    return new ColumnMapping(
        name,
        type,
        nullable,
        new ValueSource.Column(position),
        conversion,
        /* nullDefault= */ null,
        Rules.DEFAULTS,
        /* generated= */ null);
  }

  /** A column with the same value in all rows; null for NULL. */
  public static ColumnMapping constant(
      String name, PgType type, boolean nullable, @Nullable String text) {
    return new ColumnMapping(
        name,
        type,
        nullable,
        new ValueSource.Constant(text),
        Conversion.NONE,
        /* nullDefault= */ null,
        Rules.DEFAULTS,
        /* generated= */ null);
  }

  /** Whether the other is the same column of a table, wherever its values come from. */
  boolean isSameColumn(ColumnMapping other) {
    return name.equals(other.name)
        && type.equals(other.type)
        && nullable == other.nullable
        && Objects.equals(generated, other.generated)
        && equality == other.equality;
  }

  /** Whether its values are made from the column at that position of what is read. */
  public boolean reads(int position) {
    return source.positions().contains(position);
  }

  /** The same column, made by the target itself from an expression; null: loaded. */
  public ColumnMapping generatedAs(@Nullable String expression) {
    return new ColumnMapping(
        name, type, nullable, source, conversion, nullDefault, rules, expression, equality);
  }

  /** The same column, taking NULL. */
  public ColumnMapping withNull() {
    return new ColumnMapping(
        name, type, true, source, conversion, nullDefault, rules, generated, equality);
  }

  /** The same column with another type of the same family. */
  public ColumnMapping withType(PgType other) {
    return new ColumnMapping(
        name, other, nullable, source, conversion, nullDefault, rules, generated, equality);
  }

  /** Whether a rule makes a text column bytea, with the bytes that the source stores. */
  public boolean takesStoredBytes() {
    return conversion.equals(Conversion.BYTEA) && rules.asBytes();
  }

  /** The same column with another equality of texts. */
  public ColumnMapping withEquality(TextEquality other) {
    return new ColumnMapping(
        name, type, nullable, source, conversion, nullDefault, rules, generated, other);
  }
}
