package dev.landfall.transforms.refresh;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key of a row of a target table, as both sides have it; {@link RowKeys} makes one from either.
 *
 * @param sources for each table of the source that writes the target, in the mapping's order: the
 *     keys of its rows that become one with the key, as {@code SourceKey} has their texts. Where
 *     the target's key tells it that is one, whether or not there is such a row; elsewhere all that
 *     there were when somebody looked, {@link KeyScan#MOST} at most. Null where no row of it can
 *     become one with the key, or where it is not asked
 * @param target texts of the key's columns in their order, from either side
 */
public record RowKey(
    List<@Nullable List<List<@Nullable String>>> sources, List<@Nullable String> target)
    implements Serializable {
  private static final long serialVersionUID = 2L;

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

  /** Whether there is a row of the source to ask for. */
  public boolean named() {
    return sources.stream().anyMatch(source -> source != null && !source.isEmpty());
  }

  /** Whether the source may have further rows of the key: it had more than are kept. */
  public boolean crowded() {
    return sources.stream().anyMatch(source -> source != null && source.size() >= KeyScan.MOST);
  }
}
