package dev.landfall.transforms.compute;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Which of the rows that are one to a target it has. What it says is settled before the first row
 * is loaded, and stays.
 */
public interface Winners extends Serializable {
  /** The target's name. */
  String target();

  /** What was settled; nothing where nothing was yet. For any number of threads. */
  Settled settled();

  /** What was settled. */
  interface Settled {
    /** Whether no row lost. */
    boolean isEmpty();

    /**
     * Whether the target has another row in the place of one.
     *
     * @param table the row's source table
     * @param key its key, as {@link KeyNames} writes it
     */
    boolean loses(String table, String key);

    /**
     * The key of the row that is there in the place of one; null where that has its own.
     *
     * @param key what the row's own key in the target would be, as {@link KeyNames} writes it
     */
    @Nullable String winner(String key);
  }
}
