package dev.landfall.transforms.translate;

import java.util.Locale;
import java.util.Set;

/**
 * How MySQL compares a text, as far as PostgreSQL can do the same with certainty.
 *
 * @param name as the source calls it, for reasons
 * @param order what it looks at
 * @param pads whether blanks at the end do not count (PAD SPACE, MySQL manual 10.10.1)
 */
record Collation(String name, Order order, boolean pads) {
  enum Order {
    /** Of a literal or a number: that of whatever it is compared with. */
    NONE,
    /** The code of each character. */
    BINARY,
    /** A weight per character, none of them nothing: only blanks are equal to the empty text. */
    WEIGHTS,
    /** Anything else, where characters may be ignored. */
    OTHER
  }

  static final Collation NONE = new Collation("of the connection", Order.NONE, true);

  /** Of a text that a function makes; how it is compared depends on session and version. */
  static final Collation MADE = new Collation("of the connection", Order.OTHER, true);

  /** Old collations with one weight for each character (MySQL manual 10.10). */
  private static final Set<String> SIMPLE =
      Set.of(
          "utf8mb4_general_ci",
          "utf8mb3_general_ci",
          "utf8_general_ci",
          "utf8mb4_general_nopad_ci",
          "utf8mb3_general_nopad_ci",
          "latin1_swedish_ci",
          "latin1_general_ci",
          "latin1_general_cs",
          "ascii_general_ci");

  static Collation of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean pads = !lower.contains("_nopad_") && !lower.contains("_0900_");
    if (lower.equals("binary")) {
      return new Collation(lower, Order.BINARY, false);
    }
    if (lower.endsWith("_bin")) {
      return new Collation(lower, Order.BINARY, pads);
    }
    return new Collation(lower, SIMPLE.contains(lower) ? Order.WEIGHTS : Order.OTHER, pads);
  }

  /** That of a text made of both. */
  Collation with(Collation other) {
    if (order == Order.NONE || equals(other)) {
      return other;
    }
    if (other.order == Order.NONE) {
      return this;
    }
    return new Collation(name + " and " + other.name, Order.OTHER, true);
  }
}
