package dev.landfall.transforms.refresh;

import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import org.jspecify.annotations.Nullable;

/** One key while it is worked on: what both sides have, and what is to be done. */
final class KeyWork {
  final TargetPosition position;
  final RowKey key;
  final long hash;

  /** What it is refreshed for when nobody asked for it, else null. */
  final @Nullable String aside;

  @Nullable KeyedRow source;
  int sourceRows;
  @Nullable String reject;
  @Nullable KeyedRow target;
  int targetRows;

  Action action = Action.UNCHANGED;
  @Nullable String reason;

  /** Whether it has been written in the transaction that goes on. */
  boolean written;

  /** Whether its row was taken out for a while, to let others pass. */
  boolean takenOut;

  @Nullable String after;

  KeyWork(TargetPosition position, RowKey key, long hash, @Nullable String aside) {
    this.position = position;
    this.key = key;
    this.hash = hash;
    this.aside = aside;
  }

  /** Forgets everything but which key it is. */
  KeyWork anew() {
    return new KeyWork(position, key, hash, aside);
  }

  /** Decides what both sides ask for. */
  void decide(boolean deletes) {
    KeyedRow wanted = source;
    KeyedRow current = target;
    if (sourceRows > 1) {
      fail(
          "the source has " + sourceRows + (key.crowded() ? " or more" : "") + " rows of this key");
    } else if (wanted == null && reject != null) {
      fail("the source's row can't be converted: " + reject);
    } else if (targetRows > 1 && !deletes) {
      leave("the target has " + targetRows + " rows of this key");
    } else if (wanted == null) {
      if (current == null) {
        action = Action.UNCHANGED;
      } else if (deletes) {
        action = Action.DELETED;
      } else {
        leave("only the target has it");
      }
    } else if (current == null) {
      action = Action.INSERTED;
    } else {
      action =
          targetRows == 1 && wanted.hash().row().equals(current.hash().row())
              ? Action.UNCHANGED
              : Action.UPDATED;
    }
  }

  void fail(String why) {
    action = Action.FAILED;
    reason = why;
    after = before();
  }

  private void leave(String why) {
    action = Action.LEFT;
    reason = why;
    after = before();
  }

  /** Whether there is something to write. */
  boolean writes() {
    return action == Action.INSERTED || action == Action.UPDATED || action == Action.DELETED;
  }

  @Nullable String before() {
    return target == null ? null : target.hash().row();
  }

  RefreshedKey result(TargetTable table) {
    return new RefreshedKey(
        position,
        table.named(key.target()),
        action,
        before(),
        action == Action.UNCHANGED ? before() : after,
        reason == null ? aside : reason);
  }
}
