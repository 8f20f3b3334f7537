package dev.landfall.transforms.compute;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a value apart, of which each part becomes a row. Two are equal when they do the same. */
public interface Splitter extends Serializable {
  /** For a person: {@code by ","}. */
  String words();

  /**
   * The parts in order, null for NULL; none of a value that has none.
   *
   * @throws UnfitException when the value can't be taken apart
   */
  List<@Nullable String> split(String value) throws UnfitException;
}
