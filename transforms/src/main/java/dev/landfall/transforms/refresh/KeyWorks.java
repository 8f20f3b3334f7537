package dev.landfall.transforms.refresh;

import dev.landfall.transforms.model.Mapping.TargetPosition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The keys of one transaction, each once, in the order in which they came. */
final class KeyWorks {
  private record Name(TargetPosition position, long hash) {}

  private final Map<Name, KeyWork> works = new LinkedHashMap<>();

  /** Adds a key unless it is there; tells whether it was added. */
  boolean add(KeyWork work) {
    return works.putIfAbsent(new Name(work.position, work.hash), work) == null;
  }

  @Nullable KeyWork find(TargetPosition position, long hash) {
    return works.get(new Name(position, hash));
  }

  Collection<KeyWork> all() {
    return works.values();
  }

  List<KeyWork> those(Predicate<KeyWork> which) {
    return works.values().stream().filter(which).toList();
  }

  /** By target table, in the order of the mapping. */
  Map<TargetPosition, List<KeyWork>> byTable() {
    Map<TargetPosition, List<KeyWork>> tables =
        new java.util.TreeMap<>(
            java.util.Comparator.comparingInt(TargetPosition::table)
                .thenComparingInt(TargetPosition::target));
    for (KeyWork work : works.values()) {
      tables.computeIfAbsent(work.position, p -> new ArrayList<>()).add(work);
    }
    return tables;
  }

  /** The same keys with nothing known of them. */
  KeyWorks anew() {
    KeyWorks others = new KeyWorks();
    works.values().forEach(w -> others.add(w.anew()));
    return others;
  }
}
