package dev.landfall.runners.report;

import static dev.landfall.runners.view.Numbers.count;

import dev.landfall.runners.document.Documents;
import dev.landfall.runners.view.Keys;
import dev.landfall.runners.view.Telling.Tone;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values and names as a page has them. */
final class CellTexts {
  /** Longer values are cut: a row may hold megabytes. */
  private static final int LONGEST = 300;

  private CellTexts() {}

  static String cut(String text) {
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST) + "… (" + count(text.length()) + " characters)";
  }

  static String orNull(@Nullable String value) {
    return Keys.orNull(value, CellTexts::cut);
  }

  static String key(Map<String, @Nullable String> key) {
    return Keys.of(key, name -> name, CellTexts::cut);
  }

  /** What a tone is called in the page's style. */
  static String style(Tone tone) {
    return switch (tone) {
      case GOOD -> "good";
      case NONE, WARN -> "unsure";
      case BAD -> "bad";
    };
  }

  /** A name of the ledger's in words. */
  static String word(String stored) {
    return Documents.words(stored);
  }
}
