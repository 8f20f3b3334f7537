package dev.landfall.transforms.model;

import dev.landfall.transforms.compute.Formula;
import dev.landfall.transforms.compute.Operator;
import dev.landfall.transforms.compute.Undo;
import dev.landfall.transforms.types.PgType;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the values of a target's column come from. */
public sealed interface ValueSource extends Serializable {
  /** Positions in {@link TableMapping#read()} of what a value is made from. */
  List<Integer> positions();

  /** Whether what it is made of is not to be seen. */
  default boolean hides() {
    return false;
  }

  /**
   * One column that is read.
   *
   * @param position in {@link TableMapping#read()}
   */
  record Column(int position) implements ValueSource {
    public Column {
      if (position < 0) {
        throw new IllegalArgumentException("position " + position);
      }
    }

    @Override
    public List<Integer> positions() {
      return List.of(position);
    }
  }

  /**
   * The same for all rows of the source table.
   *
   * @param text the value in PostgreSQL's text form, null for NULL
   */
  record Constant(@Nullable String text) implements ValueSource {
    @Override
    public List<Integer> positions() {
      return List.of();
    }
  }

  /**
   * Made of values of the row by a formula, and then by operators, one behind the other.
   *
   * @param inputs as plain moves of those columns would have them, by which conversions, rules and
   *     types are known; none for a formula that needs none
   * @param formula makes one value of them
   * @param operators change it, in order
   */
  record Computed(List<ColumnMapping> inputs, Formula formula, List<Operator> operators)
      implements ValueSource {
    public Computed {
      inputs = List.copyOf(inputs);
      operators = List.copyOf(operators);
      if (!inputs.stream().allMatch(input -> input.source() instanceof Column)) {
        throw new IllegalArgumentException("inputs that are not read: " + inputs);
      }
      PgType type = formula.type();
      for (Operator operator : operators) {
        PgType from = type;
        type =
            operator
                .type(from)
                .orElseThrow(() -> new IllegalArgumentException(operator + " of " + from));
      }
    }

    @Override
    public List<Integer> positions() {
      return inputs.stream().flatMap(input -> input.source().positions().stream()).toList();
    }

    /** The type of what is made, before it becomes the target's. */
    public PgType type() {
      PgType type = formula.type();
      for (Operator operator : operators) {
        type = operator.type(type).orElseThrow();
      }
      return type;
    }

    /** Whether what is made may be NULL, as far as that is known beforehand. */
    public boolean nullable() {
      boolean nullable =
          formula.nullable(
              inputs.stream().map(i -> i.nullable() && i.nullDefault() == null).toList());
      for (Operator operator : operators) {
        nullable = operator.nullable(nullable);
      }
      return nullable;
    }

    @Override
    public boolean hides() {
      return operators.stream().anyMatch(Operator::hides);
    }

    /** Whether the inputs can be told from what is made. */
    public Undo undo() {
      Undo undo = formula.undo();
      for (Operator operator : operators) {
        undo = undo.and(operator.undo());
      }
      return undo;
    }

    /**
     * What is done, as a mapping sheet says it: {@code e_mail, trim, lower}.
     *
     * @param read the columns that are read
     */
    public String words(List<SourceColumn> read) {
      return Stream.concat(
              Stream.of(formula.words(positions().stream().map(p -> read.get(p).name()).toList())),
              operators.stream().map(Operator::written))
          .collect(Collectors.joining(", "));
    }
  }
}
