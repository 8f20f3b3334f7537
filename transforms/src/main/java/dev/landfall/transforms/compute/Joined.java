package dev.landfall.transforms.compute;

import dev.landfall.transforms.types.PgType;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The inputs' texts with a text between them, as {@code concat_ws} of both databases: NULL is left
 * out, and when all are NULL, so is what is made of them.
 *
 * @param between may be empty
 */
public record Joined(String between) implements Formula {
  @Override
  public PgType type() {
    return Operator.TEXT;
  }

  @Override
  public boolean nullable(List<Boolean> inputs) {
    return inputs.stream().allMatch(input -> input);
  }

  @Override
  public String words(List<String> inputs) {
    return String.join(" + \"" + between + "\" + ", inputs);
  }

  @Override
  public Maker maker() {
    return this::join;
  }

  private @Nullable String join(@Nullable String[] inputs) {
    StringJoiner all = new StringJoiner(between);
    boolean none = true;
    for (String input : inputs) {
      if (input != null) {
        all.add(input);
        none = false;
      }
    }
    return none ? null : all.toString();
  }
}
