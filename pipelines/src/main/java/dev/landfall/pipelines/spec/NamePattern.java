package dev.landfall.pipelines.spec;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A glob over table names: {@code *} stands for any characters, {@code ?} for one, everything else
 * for itself, in the same case.
 *
 * @param text the glob
 * @param at where it was said
 */
public record NamePattern(String text, Location at) {
  /** Whether a whole name fits. */
  public boolean matches(String name) {
    return literal() ? text.equals(name) : regex().matcher(name).matches();
  }

  /** Whether it has no glob character, so that it names one table. */
  public boolean literal() {
    return text.indexOf('*') < 0 && text.indexOf('?') < 0;
  }

  private Pattern regex() {
    return Pattern.compile(
        text.codePoints()
            .mapToObj(
                c ->
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    })
            .collect(Collectors.joining()),
        Pattern.DOTALL);
  }
}
