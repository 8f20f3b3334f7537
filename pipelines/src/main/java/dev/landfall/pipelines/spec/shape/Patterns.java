package dev.landfall.pipelines.spec.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Pieces of regular expressions as ECMAScript and Java both read them. */
public final class Patterns {
  private Patterns() {}

  /** Digits without a sign, leading zeros allowed, that are a number of a range of no negatives. */
  public static String digits(long least, long most) {
    List<String> parts = new ArrayList<>();
    long from = least;
    while (from <= most) {
      // As many numbers as have the same digits in front.
      long block = 1;
      int free = 0;
      while (from > 0 && from % (block * 10) == 0 && from + block * 10 - 1 <= most) {
        block *= 10;
        free++;
      }
      long first = from / block % 10;
      long last = Math.min(9, first + (most - from + 1) / block - 1);
      long front = from / block / 10;
      parts.add(
          (front == 0 ? "" : Long.toString(front))
              + (first == last ? Long.toString(first) : "[" + first + "-" + last + "]")
              + (free == 0 ? "" : free == 1 ? "[0-9]" : "[0-9]{" + free + "}"));
      from += (last - first + 1) * block;
    }
    return "0*(?:" + String.join("|", parts) + ")";
  }

  /** A text of which upper and lower case are the same. */
  public static String anyCase(String text) {
    return text.chars()
        .mapToObj(
            c ->
                Character.isLetter(c)
                    ? "[" + (char) c + (char) Character.toUpperCase(c) + "]"
                    : String.valueOf((char) c))
        .collect(Collectors.joining());
  }
}
