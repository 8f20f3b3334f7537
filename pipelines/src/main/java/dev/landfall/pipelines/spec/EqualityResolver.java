package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.TypeChooser.Chosen;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TextEquality;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgCitext;
import dev.landfall.transforms.types.PgText;
import dev.landfall.transforms.types.PgType;

/**
 * Resolves what becomes of collations: what is said of a column wins over what is said of its
 * table, and that over what is said of all. A wide choice applies where it means something.
 */
final class EqualityResolver {
  private static final String CITEXT = "citext";

  private final SourceTable table;
  private final TypeChooser types;
  private final TextEquality wide;
  private final Mistakes mistakes;

  EqualityResolver(SourceTable table, TypeChooser types, TextEquality wide, Mistakes mistakes) {
    this.table = table;
    this.types = types;
    this.wide = wide;
    this.mistakes = mistakes;
  }

  /** The type of a column that is carried over as it is. */
  Chosen chosen(SourceColumn column, Chosen chosen) {
    return chosen(column, chosen, wide);
  }

  /** The type of a column for which the spec names none. */
  Chosen chosen(SourceColumn column, Chosen chosen, ColumnRule.Read rule) {
    return chosen(column, chosen, said(rule));
  }

  private Chosen chosen(SourceColumn column, Chosen chosen, TextEquality equality) {
    boolean becomes =
        equality == TextEquality.CITEXT
            && TextEquality.folds(column)
            && chosen.type() instanceof PgText
            && chosen.conversion().equals(Conversion.TEXT);
    return becomes ? new Chosen(types.parse(CITEXT), chosen.conversion()) : chosen;
  }

  /** What becomes of the collation of a column that is carried over as it is. */
  TextEquality of(SourceColumn column, PgType type) {
    return of(column, type, wide);
  }

  /** What becomes of the collation of a column that the spec mentions. */
  TextEquality of(SourceColumn column, PgType type, ColumnRule.Read rule) {
    return of(column, type, said(rule));
  }

  private static TextEquality of(SourceColumn column, PgType type, TextEquality said) {
    if (!(type instanceof PgText) || !TextEquality.matters(column)) {
      return TextEquality.UNIQUE;
    }
    if (type instanceof PgCitext) {
      return TextEquality.CITEXT;
    }
    boolean ofFolding = said == TextEquality.ICU || said == TextEquality.CITEXT;
    return ofFolding && (said == TextEquality.CITEXT || !TextEquality.folds(column))
        ? TextEquality.UNIQUE
        : said;
  }

  private TextEquality said(ColumnRule.Read rule) {
    Located<TextEquality> collation = rule.collation();
    return collation == null ? wide : collation.value();
  }

  /** Notes a choice for one column that can mean nothing there. */
  void check(SourceColumn column, ColumnRule.Read rule) {
    Located<TextEquality> collation = rule.collation();
    if (collation == null) {
      return;
    }
    String name = table.name() + "." + column.name();
    if (!TextEquality.matters(column)) {
      mistakes.add(
          collation.at(),
          "column "
              + name
              + (column.collation() == null
                  ? " is " + column.columnType() + ", which has no collation"
                  : " has only texts that differ in their characters ("
                      + column.columnType()
                      + ", "
                      + column.collation()
                      + ")")
              + ". Remove collation.");
    } else if ((collation.value() == TextEquality.ICU || collation.value() == TextEquality.CITEXT)
        && !TextEquality.folds(column)) {
      mistakes.add(
          collation.at(),
          "the collation of "
              + name
              + ", "
              + column.collation()
              + ", tells 'a' from 'A', so that "
              + collation.value().word()
              + " would make equal what is not. Remove collation.");
    } else if (collation.value() == TextEquality.CITEXT
        && rule.type() != null
        && !rule.type().value().equals(CITEXT)) {
      mistakes.add(
          rule.type().at(),
          "`collation: citext` makes the column's type citext. Remove one of the two.");
    }
  }
}
