package dev.landfall.transforms.compute;

import dev.landfall.transforms.types.PgType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of another table's row. The inputs are the columns that tell the row, then whether it is
 * there, then its value. NULL where one of the columns is NULL.
 *
 * @param table the other table
 * @param type of the value
 * @param orNull whether its column takes NULL
 * @param missing what becomes of rows for which there is none
 * @param otherwise the value with {@link ValueMap.Unknown#VALUE}
 */
public record LookedUp(
    String table, PgType type, boolean orNull, ValueMap.Unknown missing, @Nullable String otherwise)
    implements Formula {
  @Override
  public boolean nullable(List<Boolean> inputs) {
    return orNull
        || missing == ValueMap.Unknown.NULL
        || inputs.subList(0, inputs.size() - 2).stream().anyMatch(input -> input);
  }

  @Override
  public String words(List<String> inputs) {
    int keys = inputs.size() - 2;
    return inputs.get(keys + 1) + " by " + String.join(", ", inputs.subList(0, keys));
  }

  @Override
  public String policy() {
    return "rows that " + table + " lacks: " + missing.written(otherwise);
  }

  @Override
  public Maker maker() {
    return this::make;
  }

  private @Nullable String make(@Nullable String[] inputs) throws UnfitException {
    int keys = inputs.length - 2;
    for (int i = 0; i < keys; i++) {
      if (inputs[i] == null) {
        return null;
      }
    }
    if (inputs[keys] != null) {
      return inputs[keys + 1];
    }
    return switch (missing) {
      case REFUSE -> throw new UnfitException("there is no such row in " + table);
      case NULL, KEEP -> null;
      case VALUE -> otherwise;
    };
  }
}
