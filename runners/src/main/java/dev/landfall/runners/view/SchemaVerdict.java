package dev.landfall.runners.view;

/** What a comparison of the target's schema with the promised one came to. */
public final class SchemaVerdict {
  private SchemaVerdict() {}

  /**
   * The verdict.
   *
   * @param different how many promises are broken
   * @param known how many things are otherwise, and it is known why
   */
  public static Telling of(long different, long known) {
    return different == 0
        ? Telling.good(
            "The schema is as promised"
                + (known == 0
                    ? "."
                    : ", but for "
                        + Numbers.count(known, "definition")
                        + ", for reasons that are known."),
            "")
        : Telling.bad(
            "The schema is not as promised.", Numbers.count(different, "difference") + ".");
  }
}
