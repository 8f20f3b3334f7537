package dev.landfall.validation.digest;

import dev.landfall.validation.result.TableKey;
import java.io.Serializable;

/**
 * A piece of a target table that both sides cut alike.
 *
 * @param table position of the source table in the mapping that is the first to write the target
 * @param target position of the target table in the source table's mapping
 * @param piece number of the chunk, or of the bucket where {@link Pieces} says so
 */
public record DigestKey(int table, int target, long piece) implements Serializable {
  /** The table that this is a piece of. */
  public TableKey tableKey() {
    return new TableKey(table, target);
  }
}
