package dev.landfall.pipelines.spec;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule of the user's business that both sides are to keep.
 *
 * @param name what it is called in messages
 * @param source the query for the source, null for none
 * @param target the query for the target, null for none
 * @param none whether the queries must give no row; else both must give the same rows
 * @param key columns by which rows are matched; empty for the leading ones that are no numbers
 * @param tolerance how far numbers may be apart
 * @param percent whether the tolerance is a share of the source's value
 * @param timeout how long each query may take
 */
public record SpecCheck(
    String name,
    @Nullable String source,
    @Nullable String target,
    boolean none,
    List<String> key,
    BigDecimal tolerance,
    boolean percent,
    Duration timeout) {
  /** As long as a query takes that nobody looked at closely. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

  public SpecCheck {
    key = List.copyOf(key);
  }
}
