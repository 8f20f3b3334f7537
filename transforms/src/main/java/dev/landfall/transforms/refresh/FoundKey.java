package dev.landfall.transforms.refresh;

import dev.landfall.transforms.model.Mapping.TargetPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that is found to belong to others, of which only the target's side is known.
 *
 * @param key texts of the target's key, in its order
 * @param hash of that
 * @param aside what it is refreshed for when nobody asked for it
 */
record FoundKey(
    TargetPosition position, List<@Nullable String> key, long hash, @Nullable String aside) {
  FoundKey(TargetPosition position, List<@Nullable String> key, long hash) {
    this(position, key, hash, null);
  }

  FoundKey because(String why) {
    return new FoundKey(position, key, hash, why);
  }
}
