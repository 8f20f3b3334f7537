package dev.landfall.pipelines.run;

import java.io.Serializable;

/**
 * Something that a migration can be asked for: a {@link Task} that has the migration to itself, or
 * something that needs no run. Holds no secret.
 */
public interface Errand<R> extends Serializable {
  /** What an errand gives that has nothing to tell. */
  enum Done {
    DONE
  }

  /**
   * Does it.
   *
   * @throws dev.landfall.transforms.MigrationException for a condition that a person can do
   *     something about
   */
  R perform(TaskRunner runner);
}
