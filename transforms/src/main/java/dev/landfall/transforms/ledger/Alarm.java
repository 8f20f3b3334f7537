package dev.landfall.transforms.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to tell of a verification that found new differences. Has keys, and no values of
 * other columns.
 *
 * @param slice the share that it compared; null for everything
 * @param tables how many target tables it compared
 * @param firstNew the first of the new differences
 */
public record Alarm(
    String migration,
    long run,
    Instant started,
    Instant ended,
    @Nullable String slice,
    long tables,
    long rowsCompared,
    long differences,
    long newDifferences,
    List<Difference> firstNew) {
  public Alarm {
    firstNew = List.copyOf(firstNew);
  }

  /**
   * A difference by its key.
   *
   * @param source {@code database.table} of the source
   * @param table {@code schema.table} of the target
   * @param key the key's columns, a JSON object of texts
   * @param kind MISSING, EXTRA or CHANGED
   */
  public record Difference(String source, String table, String key, String kind) {}
}
