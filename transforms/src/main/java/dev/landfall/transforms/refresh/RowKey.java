package dev.landfall.transforms.refresh;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key of a row of a target table, as both sides have it; {@link RowKeys} makes one from either.
 *
 * @param sources for each table of the source that writes the target, in the mapping's order: texts
 *     of the columns that the target's key is made of, in that key's order and in the form of
 *     {@code KeyText}; null where no row of it can become one with the key
 * @param target texts of the key's columns in their order, from either side
 */
public record RowKey(List<@Nullable List<String>> sources, List<@Nullable String> target)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public RowKey {
    sources = copy(sources);
    target = copy(target);
  }

  private static <T extends @Nullable Object> List<T> copy(List<T> list) {
    return Collections.unmodifiableList(new ArrayList<>(list));
  }

  /** Whether the source may have a row of the key at all. */
  public boolean findable() {
    return sources.stream().anyMatch(source -> source != null);
  }
}
