package dev.landfall.pipelines.spec;

import dev.landfall.transforms.model.TextEquality;
import org.jspecify.annotations.Nullable;

/** What one target column is made from. */
public sealed interface ColumnRule {
  /** The target column. */
  Located<String> name();

  /**
   * A column with the values of a source column.
   *
   * @param name the target column
   * @param from the source column
   * @param type the PostgreSQL type, null for the one that Landfall chooses
   * @param ifNull what a NULL becomes, as written; null leaves NULL
   * @param nullable whether NULL is allowed; null for what follows from the source
   * @param rules what becomes of the column's odd values
   * @param collation what becomes of the source's collation; null for what is said of the table
   */
  record Read(
      Located<String> name,
      Located<String> from,
      @Nullable Located<String> type,
      @Nullable Located<String> ifNull,
      @Nullable Boolean nullable,
      SpecRules rules,
      @Nullable Located<TextEquality> collation)
      implements ColumnRule {
    /** A rule that says nothing of odd values and of the collation. */
    public Read(
        Located<String> name,
        Located<String> from,
        @Nullable Located<String> type,
        @Nullable Located<String> ifNull,
        @Nullable Boolean nullable) {
      this(name, from, type, ifNull, nullable, SpecRules.NONE, null);
    }
  }

  /**
   * A column with the same value in every row.
   *
   * @param name the target column
   * @param value the value as written, null inside for NULL
   * @param type the PostgreSQL type; from the way the value is written unless the spec says one
   * @param nullable whether NULL is allowed; null for what follows from the value
   */
  record Constant(
      Located<String> name,
      Located<@Nullable String> value,
      Located<String> type,
      @Nullable Boolean nullable)
      implements ColumnRule {}
}
