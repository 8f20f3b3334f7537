package dev.landfall.runners.view;

import dev.landfall.pipelines.report.Verdict.Level;
import java.util.List;

/** How closely was looked, and what may be said when nothing differs. */
public enum Closeness {
  COUNT("Equal in number", "as many rows", "Both sides have as many rows.", "numbers of rows only"),
  SAMPLE(
      "Equal in a sample", "equal in a sample", "What was looked at is equal.", "a sample of rows"),
  EVERY_ROW("Equal", "equal", "Both sides are equal.", "every row");

  private final String headline;
  private final String word;
  private final String equal;
  private final String looked;

  Closeness(String headline, String word, String equal, String looked) {
    this.headline = headline;
    this.word = word;
    this.equal = equal;
    this.looked = looked;
  }

  /** Of a level of the ledger's. */
  public static Closeness of(String level) {
    return of(Level.of(level));
  }

  static Closeness of(Level level) {
    return switch (level) {
      case COUNT -> COUNT;
      case SAMPLE -> SAMPLE;
      case CHECKSUM, FULL -> EVERY_ROW;
    };
  }

  /** Of many looks, by the least close of them: it is all that is known of some table. */
  static Closeness least(List<Closeness> looks) {
    return looks.stream().sorted().findFirst().orElse(COUNT);
  }

  /** What a whole migration is called of which nothing differs. */
  String headline() {
    return headline;
  }

  /** What a table is called of which nothing differs. */
  public String word() {
    return word;
  }

  /** What both sides are said to be where nothing differs. */
  public String equal() {
    return equal;
  }

  /** What was looked at. */
  String looked() {
    return looked;
  }
}
