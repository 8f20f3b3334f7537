package dev.landfall.pipelines.api;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share of all rows that one run compares, behind what the runs before it have compared.
 *
 * @param parts how many parts
 * @param of of how many that all rows are
 */
public record Slice(int parts, int of) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9}) */ *([0-9]{1,9})");

  public Slice {
    if (parts < 1 || of < parts) {
      throw new IllegalArgumentException("a slice of " + parts + "/" + of);
    }
  }

  /**
   * Reads {@code 1/24}.
   *
   * @throws IllegalArgumentException when the text is no such share
   */
  public static Slice parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is no slice");
    }
    return new Slice(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** The share of that many rows, at least one. */
  public long rows(long all) {
    long whole = all / of * parts + (all % of * parts + of - 1) / of;
    return Math.max(1, whole);
  }

  @Override
  public String toString() {
    return parts + "/" + of;
  }
}
