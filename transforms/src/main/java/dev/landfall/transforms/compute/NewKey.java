package dev.landfall.transforms.compute;

import java.util.List;

/**
 * What takes the place of a key: different keys always get different values, so that it stays one.
 * NULL where one of the columns is NULL.
 */
public interface NewKey extends Formula {
  @Override
  default boolean nullable(List<Boolean> inputs) {
    return inputs.stream().anyMatch(input -> input);
  }
}
