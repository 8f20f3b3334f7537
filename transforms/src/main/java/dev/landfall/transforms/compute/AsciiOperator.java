package dev.landfall.transforms.compute;

/**
 * An {@link Operator} that can also work on the bytes of ASCII texts, with the same outcome. What
 * it makes is ASCII and not longer.
 */
public interface AsciiOperator {
  /** Changes a text that is not NULL. */
  void change(AsciiText text);
}
