package dev.landfall.transforms.expr;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;

/**
 * Regular expressions of RE2 (<a href="https://github.com/google/re2/wiki/Syntax">syntax</a>): none
 * takes a time that grows faster than the text. What they take in memory is bounded here, before
 * they are read.
 */
final class Patterns {
  /** Steps of the machine that a pattern becomes. */
  private static final long MAX_SIZE = 10_000;

  private static final int MAX_DEPTH = 100;

  private static final java.util.regex.Pattern COUNT =
      java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

  private Patterns() {}

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException with words for a person
   */
  static Pattern compile(String re) {
    if (size(re) > MAX_SIZE) {
      throw new IllegalArgumentException("\"" + Values.shortened(re) + "\" repeats too much");
    }
    try {
      return Pattern.compile(re);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "\"" + Values.shortened(re) + "\" is no regular expression of RE2: " + e.getDescription(),
          e);
    }
  }

  /** About how large it becomes: what is repeated counts each time. */
  private static long size(String re) {
    Deque<Long> outer = new ArrayDeque<>();
    Matcher count = COUNT.matcher(re);
    long size = 0;
    long last = 1;
    for (int i = 0; i < re.length(); i++) {
      char c = re.charAt(i);
      if (c == '(') {
        outer.push(size);
        size = 0;
      } else if (c == ')' && !outer.isEmpty()) {
        last = size;
        size += outer.pop();
      } else if (c == '{' && count.region(i, re.length()).lookingAt()) {
        long times = Long.parseLong(count.group(1));
        String most = count.group(2);
        times = Math.max(1, most == null || most.isEmpty() ? times : Long.parseLong(most));
        size = Math.min(MAX_SIZE + 1, size + last * (times - 1));
        last = Math.min(MAX_SIZE + 1, last * times);
        i = count.end() - 1;
      } else {
        if (c == '[') {
          i = Math.max(i, re.indexOf(']', i + 2) - 1);
        } else if (c == '\\') {
          i++;
        }
        size++;
        last = 1;
      }
      if (outer.size() > MAX_DEPTH) {
        return MAX_SIZE + 1;
      }
    }
    return outer.stream().mapToLong(Long::longValue).sum() + size;
  }
}
