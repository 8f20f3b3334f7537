package dev.landfall.pipelines.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** Where a spec finds what it refers to: the values of {@code ${NAME}}, and files. */
@FunctionalInterface
public interface Environment {
  /** More than anybody writes by hand; some files have no end. */
  int MOST_BYTES = 4 << 20;

  /** The value of a variable, empty when it is not set. */
  Optional<String> variable(String name);

  /** The text of a file. */
  default String file(Path path) throws IOException {
    if (Files.size(path) > MOST_BYTES) {
      throw new IOException("it has more than " + (MOST_BYTES >> 20) + " MiB");
    }
    return Files.readString(path);
  }

  /**
   * The jars at a place: itself, or those of a directory in the order of their names.
   *
   * @throws IOException when there is nothing, or no jar
   */
  default List<Path> jars(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (Stream<Path> files = Files.list(path)) {
        return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      }
    }
    // Fails where it is none.
    new ZipFile(path.toFile()).close();
    return List.of(path);
  }

  /** The variables of this process. */
  static Environment ofProcess() {
    return name -> Optional.ofNullable(System.getenv(name));
  }

  /**
   * The variables of this process, and files of another one, of which the jars are on this one's
   * class path.
   *
   * @param files their texts by their absolute names
   */
  static Environment ofProcess(Map<String, String> files) {
    return new Environment() {
      @Override
      public Optional<String> variable(String name) {
        return ofProcess().variable(name);
      }

      @Override
      public String file(Path path) throws IOException {
        String text = files.get(path.toAbsolutePath().toString());
        return text == null ? Environment.super.file(path) : text;
      }

      @Override
      public List<Path> jars(Path path) {
        return List.of();
      }
    };
  }

  /** Exactly these variables. */
  static Environment of(Map<String, String> variables) {
    Map<String, String> copy = Map.copyOf(variables);
    return name -> Optional.ofNullable(copy.get(name));
  }
}
