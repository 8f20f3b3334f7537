package dev.landfall.transforms.compute;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the parts that a text has between separators; NULL where there is no such part. */
public final class Part extends TextOperator {
  private static final long serialVersionUID = 1L;

  private final int number;
  private final String separator;
  private final int limit;

  /**
   * @param number of the part, from 1, or from -1 backwards from the last
   * @param separator not empty
   * @param limit how many parts there are at most, of which the last has the rest; 0 for no limit
   */
  public Part(int number, String separator, int limit) {
    super(
        "{part: "
            + number
            + ", of: "
            + Written.text(separator)
            + (limit == 0 ? "" : ", limit: " + limit)
            + "}");
    this.number = number;
    this.separator = separator;
    this.limit = limit;
  }

  @Override
  @Nullable String changed(String text) {
    if (number > 0) {
      return fromFirst(text);
    }
    List<String> parts = new ArrayList<>();
    int start = 0;
    int end = end(text, start, 1);
    while (end >= 0) {
      parts.add(text.substring(start, end));
      start = end + separator.length();
      end = end(text, start, parts.size() + 1);
    }
    parts.add(text.substring(start));
    return -number > parts.size() ? null : parts.get(parts.size() + number);
  }

  private @Nullable String fromFirst(String text) {
    int start = 0;
    for (int part = 1; ; part++) {
      int end = end(text, start, part);
      if (part == number) {
        return end < 0 ? text.substring(start) : text.substring(start, end);
      }
      if (end < 0) {
        return null;
      }
      start = end + separator.length();
    }
  }

  /** Where a part ends; -1 for the last one. */
  private int end(String text, int start, int part) {
    return part == limit ? -1 : text.indexOf(separator, start);
  }

  @Override
  public boolean nullable(boolean input) {
    return true;
  }
}
