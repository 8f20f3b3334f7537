package dev.landfall.pipelines.check;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.ledger.Snapshot;
import java.util.List;
import java.util.Set;

/** What the ledger calls loaded is there, or a run that goes on would call an empty table done. */
final class LoadedTables implements Check<Surroundings> {
  @Override
  public List<CheckResult> look(Surroundings at) {
    Snapshot snapshot = at.snapshot();
    if (snapshot == null || at.isOneOf(Purpose.PREVIEW, Purpose.LOOK)) {
      return List.of();
    }
    Set<String> loaded = snapshot.loadedTargets();
    String gone = at.names(t -> loaded.contains(t.name().toString()) && !at.isThere(t.name()));
    return gone.isEmpty()
        ? List.of()
        : broken(
            "Migration \""
                + at.spec().name()
                + "\" has loaded rows into tables that are gone from the target: "
                + gone
                + ". Put them back with their rows, or begin anew with --restart. Nothing was"
                + " touched.");
  }
}
