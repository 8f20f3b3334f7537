package dev.landfall.pipelines.spec;

import dev.landfall.transforms.compute.Formula;
import dev.landfall.transforms.compute.Operator;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Rules;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TextEquality;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A target column before it is known at which position its source column is read.
 *
 * @param name the target column
 * @param source the source column whose values it has, else empty
 * @param type its type
 * @param conversion the way to the type
 * @param nullable whether NULL is allowed
 * @param rules what becomes of odd values
 * @param made how its values are made of others, null where they are not
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
    TextEquality equality,
    @Nullable Made made) {
  /** A column whose values are not made of others. */
  TargetColumn(
      String name,
      Optional<SourceColumn> source,
      PgType type,
      Conversion conversion,
      boolean nullable,
      Rules rules,
      @Nullable String value,
      TextEquality equality) {
    this(name, source, type, conversion, nullable, rules, value, equality, null);
  }

  /**
   * How values are made of others.
   *
   * @param inputs plain columns
   * @param formula makes one value of them
   * @param operators change it
   */
  record Made(List<TargetColumn> inputs, Formula formula, List<Operator> operators) {
    ValueSource.Computed at(List<SourceColumn> read) {
      return new ValueSource.Computed(
          inputs.stream().map(input -> input.at(read)).toList(), formula, operators);
    }
  }

  /** The same with its rules. */
  TargetColumn with(Rules resolved, boolean withNull) {
    return new TargetColumn(name, source, type, conversion, withNull, resolved, value, equality);
  }

  /** The same with one more operator behind what it is made by. */
  TargetColumn with(Operator operator) {
    Made how = Objects.requireNonNull(made);
    List<Operator> operators = new ArrayList<>(how.operators());
    operators.add(operator);
    return new TargetColumn(
        name,
        source,
        type,
        conversion,
        nullable,
        rules,
        value,
        equality,
        new Made(how.inputs(), how.formula(), operators));
  }

  /** The same with values of another column that has the same type; NULL is allowed. */
  TargetColumn from(SourceColumn other) {
    return new TargetColumn(
        name, Optional.of(other), type, conversion, true, rules, value, equality);
  }

  /** The source columns that are read for it. */
  List<SourceColumn> sources() {
    return made == null
        ? source.stream().toList()
        : made.inputs().stream().flatMap(input -> input.sources().stream()).toList();
  }

  /** The source column whose place it takes among the others, if it is made of one. */
  Optional<SourceColumn> place() {
    return sources().stream().filter(column -> column.asked() == null).findFirst();
  }

  /** The mapping, with the columns that are read in their order. */
  ColumnMapping at(List<SourceColumn> read) {
    if (made != null) {
      return new ColumnMapping(
          name, type, nullable, made.at(read), Conversion.NONE, value, rules, null, equality);
    }
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
