package dev.landfall.runners.cli;

import dev.landfall.pipelines.Migration;

/** Opens the migration that a command line names. */
public interface MigrationFactory {
  /**
   * Reads the spec and gets ready; changes nothing on either side.
   *
   * @throws dev.landfall.transforms.MigrationException for a wrong spec or URL, all mistakes in one
   *     message
   */
  Migration open(CommonOptions options);
}
