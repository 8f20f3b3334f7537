package dev.landfall.transforms.compute;

import java.io.Serializable;
import java.util.Collection;
import java.util.Map;

/**
 * Numbers that stand for keys, kept for good: a key that was given one has it in every later run.
 * Any number of processes may ask for numbers at once; there may be gaps between them.
 */
public interface KeyMap extends Serializable {
  /** Whose keys they are. */
  String of();

  /**
   * The numbers of keys, given to those that have none yet.
   *
   * @param keys as {@link KeyNames} writes them
   * @throws RuntimeException when the map can't be read, or is not what it was when it was written
   */
  Map<String, String> numbers(Collection<String> keys);
}
