package dev.landfall.runners.view;

/**
 * A sentence or two of which the first says it all.
 *
 * @param tone how the lead is to be taken
 * @param lead what it comes to
 * @param rest what belongs to it; may be empty
 */
public record Telling(Tone tone, String lead, String rest) {
  /** How something is to be taken. */
  public enum Tone {
    GOOD,
    NONE,
    WARN,
    BAD
  }

  static Telling good(String lead, String rest) {
    return new Telling(Tone.GOOD, lead, rest);
  }

  static Telling warn(String lead, String rest) {
    return new Telling(Tone.WARN, lead, rest);
  }

  static Telling bad(String lead, String rest) {
    return new Telling(Tone.BAD, lead, rest);
  }

  /** All of it. */
  public String text() {
    return rest.isEmpty() ? lead : lead + " " + rest;
  }
}
