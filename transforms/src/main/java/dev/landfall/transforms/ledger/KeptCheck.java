package dev.landfall.transforms.ledger;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.check.Finding.Severity;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a check, as the ledger keeps it.
 *
 * @param result of its findings the first
 * @param run which run asked
 * @param finished when
 * @param byNewestRun whether no run of the migration began after that
 * @param counts how many findings there are, by severity
 */
public record KeptCheck(
    CheckResult result,
    long run,
    Instant finished,
    boolean byNewestRun,
    Map<Severity, Long> counts) {
  public KeptCheck {
    counts = Map.copyOf(counts);
  }

  /** How many findings there are of that severity. */
  public long count(Severity severity) {
    return counts.getOrDefault(severity, 0L);
  }

  /**
   * All that is known of the schema as one, the worst first, asked when the target's was; null
   * where nobody looked.
   */
  public static @Nullable KeptCheck schema(List<KeptCheck> kept) {
    List<KeptCheck> all = kept.stream().filter(k -> k.result().ofSchema()).toList();
    CheckResult schema = CheckResult.schema(all.stream().map(KeptCheck::result).toList());
    if (schema == null) {
      return null;
    }
    List<Finding> worstFirst =
        schema.findings().stream().sorted(Comparator.comparing(Finding::severity)).toList();
    KeptCheck newest =
        all.stream()
            .filter(k -> k.result().subject().equals(CheckResult.TARGET))
            .findFirst()
            .orElse(all.get(0));
    Map<Severity, Long> counts = new EnumMap<>(Severity.class);
    all.forEach(k -> k.counts().forEach((severity, n) -> counts.merge(severity, n, Long::sum)));
    return new KeptCheck(
        CheckResult.of(CheckResult.TARGET, schema.name(), worstFirst, schema.notes()),
        newest.run(),
        newest.finished(),
        newest.byNewestRun(),
        counts);
  }
}
