package dev.landfall.pipelines.api;

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
 * @param settled differences that were none any more when they were looked at again; not among the
 *     counts before
 */
public record TableResult(
    String table,
    String target,
    long sourceRows,
    long targetRows,
    long matched,
    long changed,
    long missing,
    long extra,
    long settled) {
  /** A result of one look. */
  public TableResult(
      String table,
      String target,
      long sourceRows,
      long targetRows,
      long matched,
      long changed,
      long missing,
      long extra) {
    this(table, target, sourceRows, targetRows, matched, changed, missing, extra, 0);
  }

  /** How many keys differ, of any kind. */
  public long differences() {
    return changed + missing + extra;
  }
}
