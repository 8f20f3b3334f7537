package dev.landfall.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Directories that are made once and used by all processes of this user: unpacked servers and
 * prepared data directories. Only one process at a time makes one, and it appears complete or not
 * at all.
 */
final class Cache {
  /** Makes the contents of a directory. */
  interface Filler {
    void fill(Path directory) throws IOException;
  }

  private Cache() {}

  /**
   * The directory of that name, made by {@code filler} if it is not there or has lost files.
   *
   * @param name must change whenever the contents do
   */
  static synchronized Path directory(String name, Filler filler) {
    try {
      Path root = root();
      Path directory = root.resolve(name);
      try (FileChannel channel =
          FileChannel.open(
              root.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        FileLock lock = channel.lock();
        try {
          make(root, directory, filler);
        } finally {
          lock.release();
        }
      }
      return directory;
    } catch (IOException e) {
      throw new EmbeddedServerException("Can't prepare " + name + ": " + e, e);
    }
  }

  private static void make(Path root, Path directory, Filler filler) throws IOException {
    Path count = root.resolve(directory.getFileName() + ".files");
    // Cleaners of temporary directories take single old files away.
    if (Files.exists(count)
        && Long.parseLong(Files.readString(count)) == Directories.files(directory)) {
      return;
    }
    Directories.delete(directory);
    Path partial = root.resolve(directory.getFileName() + ".partial");
    Directories.delete(partial);
    Files.createDirectory(partial);
    filler.fill(partial);
    Files.writeString(count, Long.toString(Directories.files(partial)));
    Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path root() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    Path root = temporary.resolve("landfall-embedded-" + System.getProperty("user.name"));
    if (!Files.isDirectory(root)) {
      Files.createDirectories(
          root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
    refuseForeign(root);
    return root;
  }

  /** Programs are run from here: nobody else may have put them there. */
  private static void refuseForeign(Path root) throws IOException {
    Path own = Files.createTempFile("landfall-", ".owner");
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(root);
      if (!Files.getOwner(root).equals(Files.getOwner(own))
          || permissions.contains(PosixFilePermission.GROUP_WRITE)
          || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new EmbeddedServerException(
            root
                + " belongs to another user or others may write to it. Delete it, or set"
                + " -Djava.io.tmpdir to a directory of your own.");
      }
    } finally {
      Files.delete(own);
    }
  }
}
