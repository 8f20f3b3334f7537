package dev.landfall.pipelines.spec;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Collects what is wrong, so that a user sees all of it at once. */
final class Mistakes {
  private final List<Located<String>> found = new ArrayList<>();

  /** Notes a mistake; {@code what} is one sentence or two, without a secret. */
  void add(Location at, String what) {
    found.add(new Located<>(what, at));
  }

  /** Notes an unknown name, with the nearest known one. */
  void addUnknown(Location at, String what, String given, Collection<String> known) {
    add(at, what + "." + NearestName.suggestion(given, known));
  }

  int count() {
    return found.size();
  }

  /**
   * Ends the work if anything was noted.
   *
   * @throws MigrationException of kind USAGE that lists all mistakes in the order of the file
   */
  void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    String lines =
        found.stream()
            .sorted(
                Comparator.<Located<String>>comparingInt(m -> m.at().line())
                    .thenComparingInt(m -> m.at().column()))
            .map(m -> m.at() + (m.at().path().isEmpty() ? "  " : ": ") + m.value())
            .collect(Collectors.joining("\n"));
    throw new MigrationException(
        Kind.USAGE,
        (found.size() == 1 ? "1 mistake" : found.size() + " mistakes")
            + ", nothing was touched:\n"
            + lines);
  }
}
