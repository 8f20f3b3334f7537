package dev.landfall.runners.view;

/** What a sensitivity proof came to: whether faults that were seeded are found. */
public final class ProofVerdict {
  private ProofVerdict() {}

  /**
   * The verdict.
   *
   * @param what what was seeded and found
   */
  public static Telling of(boolean proved, String what) {
    return proved
        ? Telling.good("The comparison can be trusted.", what)
        : Telling.bad("The comparison can't be trusted here.", what);
  }

  /** Where no fault was seeded. */
  public static Telling nothingSeeded() {
    return Telling.bad("Nothing is proved.", "No table has a row that a fault could be seeded in.");
  }
}
