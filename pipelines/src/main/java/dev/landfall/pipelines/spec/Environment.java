package dev.landfall.pipelines.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where a spec finds what it refers to: the values of {@code ${NAME}}, and files of statements. */
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

  /** The variables of this process. */
  static Environment ofProcess() {
    return name -> Optional.ofNullable(System.getenv(name));
  }

  /**
   * The variables of this process, and files of another one.
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
    };
  }

  /** Exactly these variables. */
  static Environment of(Map<String, String> variables) {
    Map<String, String> copy = Map.copyOf(variables);
    return name -> Optional.ofNullable(copy.get(name));
  }
}
