package dev.landfall.transforms.compute;

import dev.landfall.transforms.types.PgType;
import java.util.List;

/**
 * The one input as it is.
 *
 * @param type the input's
 */
public record Copied(PgType type) implements Formula {
  @Override
  public boolean nullable(List<Boolean> inputs) {
    return inputs.get(0);
  }

  @Override
  public String words(List<String> inputs) {
    return inputs.get(0);
  }

  @Override
  public Undo undo() {
    return Undo.EXACT;
  }

  @Override
  public Maker maker() {
    return inputs -> inputs[0];
  }
}
