package dev.landfall.pipelines.check;

import dev.landfall.transforms.check.CheckResult;
import java.util.List;

/** Whoever makes no tables works with tables that are there. */
final class TablesThere implements Check<Surroundings> {
  @Override
  public List<CheckResult> look(Surroundings at) {
    if (at.isOneOf(Purpose.PREVIEW, Purpose.SCHEMA, Purpose.MIGRATE)) {
      return List.of();
    }
    String absent = at.names(t -> !t.existing() && !at.isThere(t.name()));
    if (absent.isEmpty()) {
      return List.of();
    }
    return broken(
        at.anew()
            ? "A load makes no tables, and --restart leaves none of these in the target: "
                + absent
                + ". Begin anew with \"landfall migrate --restart\". Nothing was touched."
            : "These tables are not in the target yet: "
                + absent
                + ". Run \"landfall schema --apply pre\" first, or \"landfall migrate\" for the"
                + " whole move. Nothing was touched.");
  }
}
