package dev.landfall.pipelines.run;

import dev.landfall.pipelines.check.Purpose;
import dev.landfall.pipelines.prepare.Changes.Extent;

/**
 * Adds to a migration that was begun what its spec and source have more by now, for a load to come:
 * new tables, and tables of its own that have a new column, which are dropped in the same
 * transaction, to be made anew and loaded whole. Nothing where nothing is new; refused with kind
 * USAGE where more than that changed.
 */
public record ExtendTask() implements Task<Errand.Done> {
  @Override
  public String command() {
    return "extend";
  }

  @Override
  public Purpose purpose() {
    return Purpose.MIGRATE;
  }

  @Override
  public Extent extent() {
    return Extent.EXTEND;
  }

  @Override
  public Done run(TaskContext context) {
    // The beginning of a run does it.
    return Done.DONE;
  }
}
