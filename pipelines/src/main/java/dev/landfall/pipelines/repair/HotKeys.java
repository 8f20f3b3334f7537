package dev.landfall.pipelines.repair;

import dev.landfall.pipelines.repair.RepairLedger.KeyName;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.refresh.HeldRows;
import dev.landfall.transforms.refresh.RefreshedKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Settles the keys that somebody writes to all the time: each is refreshed once more while its row
 * of the source is held, so the one that writes it waits for some milliseconds.
 */
final class HotKeys {
  /** A row that is held by somebody else for so many waits is not going to be had. */
  private static final int TRIES = 3;

  /** So long at most is the application made to wait for one row after the other. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Repair repair;
  private final RefreshRuns runs;
  private final int tries;
  private final Map<KeyName, RefreshedKey> settled = new LinkedHashMap<>();
  private final Map<KeyName, String> why = new HashMap<>();
  private int most;

  /**
   * @param tries how often the keys were refreshed before
   */
  HotKeys(Repair repair, RefreshRuns runs, int tries) {
    this.repair = repair;
    this.runs = runs;
    this.tries = tries;
  }

  void settle(Set<KeyName> keys) {
    long end = System.nanoTime() + LONGEST.toNanos();
    for (KeyName name : keys) {
      Optional<String> engine = unholdable(name.position());
      if (!repair.keys().tables().contains(name.position())) {
        why.put(name, failed(tries, "a table without a key is only held as a whole"));
      } else if (engine.isPresent()) {
        why.put(name, failed(tries, engine.get() + " can't hold a row still"));
      } else if (repair.keys().refreshable(name.position(), name::equals).stream()
          .anyMatch(key -> key.findable() && !key.named())) {
        why.put(name, failed(tries, "the source had no row of it that could be held"));
      } else if (System.nanoTime() > end) {
        why.put(name, failed(tries, "there was no time left to hold its row still"));
      } else {
        settle(name);
      }
    }
  }

  /** The engine of a table that writes a target and whose rows can't be held; empty for none. */
  private Optional<String> unholdable(TargetPosition target) {
    return repair.mapping().writers(target).stream()
        .map(writer -> repair.mapping().table(writer.table()).source().engine())
        .filter(engine -> !HeldRows.possible(engine))
        .findFirst();
  }

  private void settle(KeyName name) {
    String busy = "";
    for (int held = 1; held <= TRIES; held++) {
      RefreshRuns.Held result =
          runs.held(
              repair
                  .keys()
                  .batches(name.position(), name::equals, repair.request().deleteExtra())
                  .get(0));
      busy = result.busy();
      for (RefreshedKey key : result.keys()) {
        boolean itself = KeyName.of(key).equals(name);
        boolean lost = key.after() == null && repair.keys().rejection(name) != null;
        if (itself && key.action().done() && !lost) {
          most = Math.max(most, tries + held);
          settled.put(name, key.because(settled(tries + held)));
        }
      }
      if (!result.keys().isEmpty()) {
        return;
      }
    }
    why.put(name, failed(tries + TRIES, "its row could not be held still: " + busy));
  }

  private static String settled(int tries) {
    return "settled by try " + tries + ", with the source's row locked: it goes on being written";
  }

  private static String failed(int tries, String why) {
    return "it was tried "
        + tries
        + " times and differs again: one of the sides goes on changing it, and "
        + why;
  }

  /** Those on which both sides agreed while the source's row was held. */
  Map<KeyName, RefreshedKey> settled() {
    return settled;
  }

  /** Why a key is not settled. */
  String why(KeyName name) {
    return why.getOrDefault(name, "it was tried " + tries + " times and differs again");
  }

  /** What to know of the settled ones. */
  String[] warnings() {
    return settled.isEmpty()
        ? new String[0]
        : new String[] {
          settled.size()
              + (settled.size() == 1 ? " key goes" : " keys go")
              + " on being written to: settled by try "
              + most
              + ", with the source's row locked for a moment. What is written after that is not in"
              + " the target."
        };
  }
}
