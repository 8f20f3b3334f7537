package dev.landfall.pipelines.spec;

import dev.landfall.transforms.compute.ValueMap;
import dev.landfall.transforms.model.TextEquality;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one target column is made from. */
public sealed interface ColumnRule {
  /** The target column. */
  Located<String> name();

  /** The type that the spec names; null where it names none. */
  @Nullable Located<String> type();

  /** The source columns that it names. */
  default List<Located<String>> sources() {
    if (this instanceof Read read) {
      return List.of(read.from());
    }
    return this instanceof Made made ? made.recipe().from() : List.of();
  }

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

  /**
   * A column with values that are made of the row's.
   *
   * @param name the target column
   * @param recipe what makes one value of them
   * @param operators what is done to it, in order
   * @param type the PostgreSQL type, null for that of what is made
   * @param ifNull what a NULL becomes, as written; null leaves NULL
   * @param nullable whether NULL is allowed; null for what follows from the inputs
   * @param rules what becomes of the inputs' odd values
   */
  record Made(
      Located<String> name,
      Recipe recipe,
      List<OperatorRule> operators,
      @Nullable Located<String> type,
      @Nullable Located<String> ifNull,
      @Nullable Boolean nullable,
      SpecRules rules)
      implements ColumnRule {
    public Made {
      operators = List.copyOf(operators);
    }
  }

  /** What makes one value of a row's. */
  sealed interface Recipe {
    /** The source columns that the spec names. */
    List<Located<String>> from();

    /** One column's value. */
    record Copy(Located<String> column) implements Recipe {
      @Override
      public List<Located<String>> from() {
        return List.of(column);
      }
    }

    /**
     * Several columns' texts.
     *
     * @param between what stands between them
     */
    record Join(List<Located<String>> from, String between) implements Recipe {
      public Join {
        from = List.copyOf(from);
      }
    }

    /**
     * What takes the place of a key.
     *
     * @param numbered whether it is a number; else a UUID
     * @param of whose key it is, null for the source table
     * @param namespace of the UUID, null for Landfall's
     */
    record NewKey(
        List<Located<String>> from, boolean numbered, @Nullable String of, @Nullable UUID namespace)
        implements Recipe {
      public NewKey {
        from = List.copyOf(from);
      }
    }

    /**
     * An expression over the row's columns.
     *
     * @param text of which the location is where it begins
     */
    record Expr(Located<String> text) implements Recipe {
      @Override
      public List<Located<String>> from() {
        return List.of();
      }
    }

    /**
     * An expression that the source evaluates.
     *
     * @param text in its words
     */
    record Sql(Located<String> text) implements Recipe {
      @Override
      public List<Located<String>> from() {
        return List.of();
      }
    }

    /**
     * What a plug-in makes of them.
     *
     * @param name of the plug-in
     * @param with what is said to it
     */
    record Plugin(
        List<Located<String>> from, Located<String> name, Located<Map<String, String>> with)
        implements Recipe {
      public Plugin {
        from = List.copyOf(from);
      }
    }

    /**
     * A value of another table's row.
     *
     * @param table the other table
     * @param by its columns that tell the row, by those of this table that have their values
     * @param value the column whose value it is
     * @param missing what becomes of rows for which there is none
     * @param otherwise the value that takes its place, null for none
     */
    record Lookup(
        Located<String> table,
        Map<Located<String>, Located<String>> by,
        Located<String> value,
        ValueMap.Unknown missing,
        @Nullable String otherwise)
        implements Recipe {
      @Override
      public List<Located<String>> from() {
        return List.copyOf(by.keySet());
      }
    }
  }
}
