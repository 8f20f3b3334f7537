package dev.landfall.transforms.convert;

import dev.landfall.transforms.compute.Formula;
import dev.landfall.transforms.compute.Operator;
import dev.landfall.transforms.compute.UnfitException;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.types.PgType;
import dev.landfall.transforms.value.Rows;
import java.time.DateTimeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the values of one column that a formula computes. */
final class ComputedConverter implements ColumnConverter {
  private final ColumnMapping column;
  private final Inputs inputs;
  private final Formula.Maker maker;
  private final List<Operator> operators;

  /** Whether what is made is a value of the column's type as it is. */
  private final boolean sameType;

  /** The rows whose values the maker knows it will be asked for. */
  private @Nullable Rows prepared;

  ComputedConverter(ColumnMapping column, ValueSource.Computed computed, Inputs inputs) {
    this.column = column;
    this.inputs = inputs;
    this.maker = computed.formula().maker();
    this.operators = computed.operators();
    this.sameType = computed.type().equals(column.type());
  }

  @Override
  public ColumnMapping column() {
    return column;
  }

  @Override
  public boolean unchanged(Rows in) {
    return in.size() == 0;
  }

  @Override
  public void countPassed(Rows in) {}

  @Override
  public @Nullable Refusal append(Rows in, int row, Rows.Builder out) {
    if (maker.prepares() && in != prepared) {
      prepared = in;
      maker.prepare(inputs.all(in));
    }
    Refusal refusal = inputs.read(in, row);
    if (refusal != null) {
      return refusal;
    }
    String value;
    try {
      value = maker.make(inputs.texts());
      for (Operator operator : operators) {
        value = operator.apply(value);
      }
    } catch (UnfitException e) {
      return Refusal.of(e.reason() + inputs.shown());
    }
    if (value == null) {
      value = column.nullDefault();
    } else if (!sameType) {
      PgType type = column.type();
      try {
        value = type.textForm(value);
      } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
        return Refusal.of(
            "\"" + value + "\" is no value of " + type + ", or would be rounded" + inputs.shown());
      }
    }
    if (value == null && !column.nullable()) {
      return Refusal.of("NULL was made, and the target's column is NOT NULL" + inputs.shown());
    }
    out.addText(value);
    return null;
  }
}
