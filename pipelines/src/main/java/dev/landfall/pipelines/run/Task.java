package dev.landfall.pipelines.run;

import dev.landfall.pipelines.check.Purpose;
import dev.landfall.pipelines.prepare.Changes.Extent;
import dev.landfall.transforms.ledger.Activity;

/**
 * What one command does with a migration, once it has it for itself. Whatever was committed stays
 * when it fails or its process dies, and the same task goes on from there.
 */
public interface Task<R> extends Errand<R> {
  /** The command's name, as the history has it. */
  String command();

  /** What kind of work it is, for what may go on beside it. */
  default Activity activity() {
    return Activity.of(command());
  }

  /** What it does to the target, for what is looked at beforehand. */
  Purpose purpose();

  /** How far the spec and the source may be ahead of what the ledger has. */
  default Extent extent() {
    return Extent.AS_BEGUN;
  }

  /** Does the work of a run that has begun. */
  R run(TaskContext context);

  @Override
  default R perform(TaskRunner runner) {
    return runner.run(this);
  }
}
