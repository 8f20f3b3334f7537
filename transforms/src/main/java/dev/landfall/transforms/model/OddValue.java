package dev.landfall.transforms.model;

import dev.landfall.transforms.model.Policy.Outcome;
import java.util.EnumSet;
import java.util.Set;

/**
 * Kinds of values that MySQL stores and the target's column can't take, or takes for something
 * else. For each a rule says what becomes of it, and every use is counted as a disposition.
 */
public enum OddValue {
  /** {@code 0000-00-00} (MySQL manual 11.2). */
  ZERO_DATE("zeroDate", "zero date"),
  /** Month or day 00 in another date: {@code 2020-00-10} (MySQL manual 11.2). */
  PARTIAL_DATE("partialDate", "partial date"),
  /** A day that its month does not have: {@code 2021-02-30}, from {@code ALLOW_INVALID_DATES}. */
  IMPOSSIBLE_DATE("impossibleDate", "impossible date"),
  /**
   * Outside of what the target's type holds: a date of the year 0, a number, text or time that a
   * type chosen in the spec has no room for.
   */
  OUT_OF_RANGE("range", "out of range"),
  /** A NUL character in a text. */
  NUL("nul", "NUL character"),
  /** Bytes that are none of the column's character set. */
  BAD_TEXT("badText", "bad bytes"),
  /** UTF-8 that was stored as if it were latin1, so that each byte became a character. */
  TWICE_ENCODED("twiceEncoded", "twice encoded"),
  /** The empty text at index 0 of an enum, MySQL's mark of a wrong value (manual 11.3.5). */
  EMPTY_ENUM("emptyEnum", "enum index 0");

  private final String key;
  private final String words;

  OddValue(String key, String words) {
    this.key = key;
    this.words = words;
  }

  /** The rule's name in a spec. */
  public String key() {
    return key;
  }

  /** What such a value is called where a person reads it. */
  public String words() {
    return words;
  }

  /** The outcomes that a spec may choose. */
  public Set<Outcome> outcomes() {
    return switch (this) {
      case ZERO_DATE, PARTIAL_DATE, IMPOSSIBLE_DATE, OUT_OF_RANGE ->
          EnumSet.of(Outcome.REFUSE, Outcome.NULL, Outcome.VALUE);
      case NUL, BAD_TEXT ->
          EnumSet.of(
              Outcome.REFUSE,
              Outcome.NULL,
              Outcome.VALUE,
              Outcome.STRIP,
              Outcome.REPLACE,
              Outcome.BYTES);
      case TWICE_ENCODED -> EnumSet.of(Outcome.KEEP, Outcome.DECODE);
      case EMPTY_ENUM -> EnumSet.of(Outcome.REFUSE, Outcome.NULL, Outcome.VALUE, Outcome.KEEP);
    };
  }
}
