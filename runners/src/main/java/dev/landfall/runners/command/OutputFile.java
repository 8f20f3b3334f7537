package dev.landfall.runners.command;

import dev.landfall.runners.cli.Masking;
import dev.landfall.transforms.MigrationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that a command writes for people to hand on. */
final class OutputFile {
  private OutputFile() {}

  /** Before anything is asked: what is to be written may take a while. */
  static void requireWritable(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw usage(
          file,
          "there is no directory "
              + Masking.value(String.valueOf(directory))
              + ". Make it first, or name another.");
    }
    if (Files.isDirectory(file) || !Files.isWritable(directory)) {
      throw usage(file, "it can't be written there. Name another file.");
    }
  }

  /** That {@code --output} can't be so. */
  static MigrationException usage(Path file, String why) {
    return new MigrationException(
        MigrationException.Kind.USAGE,
        "--output " + Masking.value(file.toString()) + ": " + why + " Nothing was written.");
  }

  /**
   * Whole or not at all: whoever opens the file meanwhile sees the one before.
   *
   * @param what is written, for a message: {@code The report}
   */
  static void write(Path file, String what, String text) {
    Path directory = file.toAbsolutePath().getParent();
    try {
      Path beside = Files.createTempFile(directory, ".landfall-", ".tmp");
      try {
        Files.write(beside, text.getBytes(StandardCharsets.UTF_8));
        readable(beside);
        Files.move(beside, file.toAbsolutePath(), StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new MigrationException(
          MigrationException.Kind.USAGE,
          what
              + " could not be written to "
              + file
              + ": "
              + e
              + ". Make room or name another file with -o, and run the same command again.",
          e);
    }
  }

  /** A temporary file is its owner's only; this one is meant to be handed on within a team. */
  private static void readable(Path file) throws IOException {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    } catch (UnsupportedOperationException e) {
      // A file system without such permissions has its own rules.
    }
  }
}
