package dev.landfall.pipelines.spec;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Rules;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TextEquality;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A target column before it is known at which position its source column is read.
 *
 * @param name the target column
 * @param source the source column, empty for a constant
 * @param type its type
 * @param conversion the way to the type
 * @param nullable whether NULL is allowed
 * @param rules what becomes of odd values
 * @param value the constant, or what a NULL becomes, in PostgreSQL's text form
 * @param equality what becomes of the source's collation
 */
record TargetColumn(
    String name,
    Optional<SourceColumn> source,
    PgType type,
    Conversion conversion,
    boolean nullable,
    Rules rules,
    @Nullable String value,
    TextEquality equality) {
  /** The same with its rules. */
  TargetColumn with(Rules resolved, boolean withNull) {
    return new TargetColumn(name, source, type, conversion, withNull, resolved, value, equality);
  }

  /** The mapping, with the columns that are read in their order. */
  ColumnMapping at(List<SourceColumn> read) {
    return source
        .map(
            column ->
                new ColumnMapping(
                    name,
                    type,
                    nullable,
                    new ValueSource.Column(read.indexOf(column)),
                    conversion,
                    value,
                    rules,
                    null,
                    equality))
        .orElseGet(() -> ColumnMapping.constant(name, type, nullable, value));
  }
}
