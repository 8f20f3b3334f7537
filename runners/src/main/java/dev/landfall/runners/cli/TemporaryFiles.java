package dev.landfall.runners.cli;

import dev.landfall.transforms.MigrationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory for temporary files, where Beam unpacks a library of the system's before it works.
 */
public final class TemporaryFiles {
  /** Somewhat more than the library has. */
  private static final int NEEDED = 2 << 20;

  private TemporaryFiles() {}

  /**
   * Looks whether there is room in it: what needs the library prints no more than where it failed.
   *
   * @throws MigrationException of kind USAGE when not
   */
  public static void require() {
    require(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** The same for that directory. */
  public static void require(Path directory) {
    try {
      Path file = Files.createTempFile(Files.createDirectories(directory), "landfall-", ".tmp");
      try {
        Files.write(file, new byte[NEEDED]);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new MigrationException(
          MigrationException.Kind.USAGE,
          "Nothing can be written to the directory for temporary files, "
              + directory
              + ": "
              + e
              + ". Make "
              + (NEEDED >> 20)
              + " MiB of room there, or name another one:"
              + " LANDFALL_JAVA_OPTS=-Djava.io.tmpdir=DIRECTORY. Nothing was touched.",
          e);
    }
  }
}
