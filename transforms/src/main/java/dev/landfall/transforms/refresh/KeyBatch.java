package dev.landfall.transforms.refresh;

import dev.landfall.transforms.model.Mapping.TargetPosition;
import java.io.Serializable;
import java.util.List;

/**
 * Keys of one target table that are to be brought up to date together, in one transaction.
 *
 * @param position the target table
 * @param keys by which their rows are found on both sides
 * @param deletes whether rows that the source does not have are deleted; else they are left
 */
public record KeyBatch(TargetPosition position, List<RowKey> keys, boolean deletes)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public KeyBatch {
    keys = List.copyOf(keys);
  }
}
