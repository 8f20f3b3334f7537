package dev.landfall.pipelines.spec;

import java.util.Map;
import java.util.Optional;

/** Where {@code ${NAME}} finds its values. */
@FunctionalInterface
public interface Environment {
  /** The value of a variable, empty when it is not set. */
  Optional<String> variable(String name);

  /** The variables of this process. */
  static Environment ofProcess() {
    return name -> Optional.ofNullable(System.getenv(name));
  }

  /** Exactly these variables. */
  static Environment of(Map<String, String> variables) {
    Map<String, String> copy = Map.copyOf(variables);
    return name -> Optional.ofNullable(copy.get(name));
  }
}
