package dev.landfall.pipelines;

/**
 * What a comparison counted in one pair of tables.
 *
 * @param table {@code database.table} of the source
 * @param target {@code schema.table} of the target
 * @param sourceRows rows that the source has for it
 * @param targetRows rows that the target has
 * @param matched rows equal on both sides
 * @param changed keys on both sides with different values
 * @param missing keys that the target does not have
 * @param extra keys that only the target has
 */
public record TableResult(
    String table,
    String target,
    long sourceRows,
    long targetRows,
    long matched,
    long changed,
    long missing,
    long extra) {
  /** How many keys differ, of any kind. */
  public long differences() {
    return changed + missing + extra;
  }
}
