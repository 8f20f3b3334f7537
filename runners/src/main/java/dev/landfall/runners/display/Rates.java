package dev.landfall.runners.display;

import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows per second over the last ten seconds, for each table and for all. Chunks commit in steps, so
 * anything shorter jumps; the whole run's average would hide that something has stalled.
 */
final class Rates {
  private static final Duration WINDOW = Duration.ofSeconds(10);

  /** One sample for each quarter of a second at most: enough to be smooth, little to keep. */
  private static final Duration SPACING = Duration.ofMillis(250);

  private record Sample(Instant at, long total, Map<String, Long> rows, long step) {}

  private final Deque<Sample> samples = new ArrayDeque<>();
  private @Nullable Instant step;

  /** Takes a newer snapshot in; one that is not newer changes nothing. */
  void add(Snapshot snapshot) {
    Sample last = samples.peekLast();
    if (last != null && snapshot.taken().isBefore(last.at().plus(SPACING))) {
      return;
    }
    Step.State now = snapshot.step();
    Instant began = now == null ? null : now.began();
    if (!Objects.equals(began, step)) {
      samples.clear();
      step = began;
    }
    Map<String, Long> rows = new HashMap<>();
    long total = 0;
    for (Snapshot.Table table : snapshot.tables()) {
      rows.put(table.table(), table.rowsRead());
      total += table.rowsRead();
    }
    samples.addLast(new Sample(snapshot.taken(), total, rows, now == null ? 0 : now.rows()));
    Instant edge = snapshot.taken().minus(WINDOW);
    // The newest sample at or before the edge stays: the window starts there.
    while (samples.size() > 2 && !second().at().isAfter(edge)) {
      samples.removeFirst();
    }
  }

  /** All tables' rows per second; 0 while nothing is known. */
  double total() {
    return samples.isEmpty()
        ? 0
        : perSecond(samples.getLast().total() - samples.getFirst().total());
  }

  /** Rows per second of the step that the run is at; 0 while nothing is known. */
  double step() {
    return samples.isEmpty() ? 0 : perSecond(samples.getLast().step() - samples.getFirst().step());
  }

  /** One table's rows per second; 0 while nothing is known. */
  double of(String table) {
    return samples.isEmpty()
        ? 0
        : perSecond(
            samples.getLast().rows().getOrDefault(table, 0L)
                - samples.getFirst().rows().getOrDefault(table, 0L));
  }

  private double perSecond(long rows) {
    double seconds =
        Duration.between(samples.getFirst().at(), samples.getLast().at()).toMillis() / 1000.0;
    return seconds > 0 && rows > 0 ? rows / seconds : 0;
  }

  private Sample second() {
    var iterator = samples.iterator();
    iterator.next();
    return iterator.next();
  }
}
