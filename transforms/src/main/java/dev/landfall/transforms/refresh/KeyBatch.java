package dev.landfall.transforms.refresh;

import dev.landfall.transforms.model.Mapping.TargetPosition;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys of one target table that are to be brought up to date together, in one transaction.
 *
 * @param position the target table
 * @param keys texts of the key's columns in their order, from either side
 * @param deletes whether rows that the source does not have are deleted; else they are left
 */
public record KeyBatch(TargetPosition position, List<List<@Nullable String>> keys, boolean deletes)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public KeyBatch {
    List<List<@Nullable String>> copies = new ArrayList<>();
    for (List<@Nullable String> key : keys) {
      copies.add(Collections.unmodifiableList(new ArrayList<>(key)));
    }
    keys = Collections.unmodifiableList(copies);
  }
}
