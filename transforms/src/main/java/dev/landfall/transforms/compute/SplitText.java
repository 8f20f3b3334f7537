package dev.landfall.transforms.compute;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts between separators; an empty text has none.
 *
 * @param by what separates them, not empty
 */
public record SplitText(String by) implements Splitter {
  public SplitText {
    if (by.isEmpty()) {
      throw new IllegalArgumentException("nothing separates");
    }
  }

  @Override
  public String words() {
    return "by \"" + by + "\"";
  }

  @Override
  public List<@Nullable String> split(String value) {
    List<@Nullable String> parts = new ArrayList<>();
    int start = 0;
    for (int end = value.indexOf(by); end >= 0; end = value.indexOf(by, start)) {
      parts.add(value.substring(start, end));
      start = end + by.length();
    }
    if (!value.isEmpty()) {
      parts.add(value.substring(start));
    }
    return parts;
  }
}
