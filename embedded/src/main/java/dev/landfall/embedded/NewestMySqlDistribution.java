package dev.landfall.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest MySQL of a Linux distribution, in a folder with its libraries and the loader that they
 * were made for, as {@code .ci/newest-mysql} makes it. So it runs on systems older than itself.
 */
final class NewestMySqlDistribution extends MySqlDistribution {
  static final String KIND = "newest-mysql";

  /** Property and environment variable that name the folder. */
  static final String FOLDER = "LANDFALL_NEWEST_MYSQL";

  static final String ABSENT =
      "the newest MySQL is not tried: "
          + FOLDER
          + " names no folder that has it; \".ci/newest-mysql FOLDER\" makes one";

  private static final String LOADER = "lib/ld-linux-x86-64.so.2";

  private final Path folder;

  private NewestMySqlDistribution(Path folder) {
    this.folder = folder;
  }

  /** That of the folder that the property or else the variable names; empty when none does. */
  static Optional<NewestMySqlDistribution> named() {
    return Optional.ofNullable(System.getProperty(FOLDER, System.getenv(FOLDER)))
        .filter(name -> !name.isBlank())
        .map(name -> new NewestMySqlDistribution(Path.of(name).toAbsolutePath()));
  }

  @Override
  String kind() {
    return KIND;
  }

  @Override
  String version() {
    try {
      return Files.readString(folder.resolve("version")).strip();
    } catch (IOException e) {
      throw new EmbeddedServerException(
          FOLDER + " names " + folder + ", which has no MySQL in it: " + e, e);
    }
  }

  @Override
  Path software() {
    return folder;
  }

  @Override
  List<String> program() {
    List<String> command =
        new ArrayList<>(
            List.of(
                folder.resolve(LOADER).toString(),
                "--library-path",
                folder.resolve("lib").toString()));
    command.addAll(basics(folder.resolve("bin/mysqld"), folder, folder.resolve("share")));
    command.add("--plugin-dir=" + folder.resolve("plugin"));
    return command;
  }
}
