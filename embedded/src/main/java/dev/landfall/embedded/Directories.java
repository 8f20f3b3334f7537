package dev.landfall.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directory trees. */
final class Directories {
  private static final int DELETE_ATTEMPTS = 3;

  private Directories() {}

  /**
   * A new directory below the system's temporary one. Others may pass through it: a server that has
   * to give up root's rights must reach its data, which is closed to others by itself.
   */
  static Path temporary(String prefix) throws IOException {
    Path directory = Files.createTempDirectory(prefix);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    return directory;
  }

  /** Copies a tree with owners, permissions and times. {@code target} must not exist. */
  static void copy(Path source, Path target, Path log) {
    Programs.run(List.of("cp", "-a", "--", source.toString(), target.toString()), log);
  }

  /**
   * Deletes a tree; nothing when it is not there.
   *
   * @throws EmbeddedServerException when something can't be deleted
   */
  static void delete(Path directory) {
    for (int attempt = 1; Files.exists(directory, LinkOption.NOFOLLOW_LINKS); attempt++) {
      try (Stream<Path> tree = Files.walk(directory)) {
        for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      } catch (IOException | UncheckedIOException e) {
        // A server that just ended may have added or removed a file while the tree was walked.
        if (attempt == DELETE_ATTEMPTS) {
          throw new EmbeddedServerException("Can't delete " + directory + ": " + e, e);
        }
      }
    }
  }

  /** How many files a tree holds, 0 when it is not there. */
  static long files(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      return tree.filter(path -> !Files.isDirectory(path)).count();
    }
  }
}
