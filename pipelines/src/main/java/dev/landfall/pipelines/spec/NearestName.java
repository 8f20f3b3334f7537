package dev.landfall.pipelines.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
public final class NearestName {
  /** With more names than this a list of them helps nobody. */
  private static final int LISTED = 12;

  /** Two keys: fewer characters than anybody could make use of. */
  private static final int SLIP = 2;

  private NearestName() {}

  /**
   * The nearest of the known names by edit distance, without regard to case: empty when none is
   * nearer than a third of the given name's length (names of other things are not suggested).
   */
  static Optional<String> of(String given, Collection<String> known) {
    int limit = Math.max(1, (given.length() + 1) / 3);
    return known.stream()
        .filter(name -> Math.abs(name.length() - given.length()) <= limit)
        .filter(name -> distance(given, name) <= limit)
        .min(Comparator.comparingInt(name -> distance(given, name)));
  }

  /**
   * The known name that was mistyped: nearer than any password, or piece of one, comes to a name by
   * chance, so that what was given may be repeated.
   */
  public static Optional<String> typo(String given, Collection<String> known) {
    return of(given, known).filter(name -> distance(given, name) <= SLIP);
  }

  /** What to append to a message about an unknown name, with a space before it, or nothing. */
  static String suggestion(String given, Collection<String> known) {
    return of(given, known)
        .map(name -> " Did you mean \"" + name + "\"?")
        .orElseGet(
            () ->
                known.isEmpty() || known.size() > LISTED
                    ? ""
                    : " Known: " + String.join(", ", known) + ".");
  }

  /** Levenshtein's distance, with neighbours swapped counted as one edit. */
  static int distance(String first, String second) {
    String a = first.toLowerCase(Locale.ROOT);
    String b = second.toLowerCase(Locale.ROOT);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
