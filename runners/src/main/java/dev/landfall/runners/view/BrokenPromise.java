package dev.landfall.runners.view;

import dev.landfall.transforms.ledger.Snapshot;

/** Something beside rows that is other than promised. */
public final class BrokenPromise {
  private BrokenPromise() {}

  /** One of a snapshot's: found by its newest run, or by one before it. */
  public static Telling of(Snapshot snapshot, String broken) {
    return Telling.bad(
        snapshot.newest().broken().contains(broken)
            ? "Not as promised:"
            : "Not as promised when last looked at:",
        broken);
  }
}
