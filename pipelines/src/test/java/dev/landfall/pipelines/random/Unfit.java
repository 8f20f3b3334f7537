package dev.landfall.pipelines.random;

/** A value can't be made: the row is to be rejected. */
final class Unfit extends Exception {
  private static final long serialVersionUID = 1L;

  Unfit(String reason) {
    super(reason);
  }
}
