package dev.landfall.transforms.refresh;

import dev.landfall.transforms.model.Mapping.TargetPosition;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a key.
 *
 * @param position its target table
 * @param key texts by the key's columns in their order, as they were asked for; by all columns in a
 *     table without a key, and by columns of the source for a row whose key in the target is not
 *     known
 * @param action what was done, or would be
 * @param before the hash of the target's row before, null when it had none
 * @param after the same afterwards
 * @param reason why it was left or could not be refreshed, or what it was refreshed for when nobody
 *     asked for it; null where there is nothing to say
 */
public record RefreshedKey(
    TargetPosition position,
    Map<String, @Nullable String> key,
    Action action,
    @Nullable String before,
    @Nullable String after,
    @Nullable String reason)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What can become of a key. */
  public enum Action {
    /** The target did not have the row. */
    INSERTED,
    /** The target had other values. */
    UPDATED,
    /** The source does not have the row. */
    DELETED,
    /** Both sides agreed. */
    UNCHANGED,
    /** The source does not have the row, and nobody allowed to delete it. */
    LEFT,
    /** The sides still differ. */
    FAILED;

    /** Whether both sides agree on the key now. */
    public boolean done() {
      return this != LEFT && this != FAILED;
    }
  }

  /** The same with another reason. */
  public RefreshedKey because(String why) {
    return new RefreshedKey(position, key, action, before, after, why);
  }

  public RefreshedKey {
    key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
  }
}
