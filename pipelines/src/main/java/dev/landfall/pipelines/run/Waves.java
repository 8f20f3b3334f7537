package dev.landfall.pipelines.run;

import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Groups tables into waves, one behind the other: where foreign keys are in force in the target,
 * tables come behind those that they refer to. Tables without such keys are all in one wave, since
 * a job's graph does not grow with its tables.
 */
public final class Waves {
  private Waves() {}

  /** Waves of positions in the mapping; each position is in one. */
  public static List<List<Integer>> of(Mapping mapping, TargetCatalog catalog) {
    Map<TableName, Set<Integer>> writers = new HashMap<>();
    for (int i = 0; i < mapping.tables().size(); i++) {
      for (TargetTable target : mapping.table(i).targets()) {
        writers.computeIfAbsent(target.name(), name -> new HashSet<>()).add(i);
      }
    }
    Map<Integer, Set<Integer>> behind = new HashMap<>();
    for (int i = 0; i < mapping.tables().size(); i++) {
      Set<Integer> referenced = new HashSet<>();
      for (TargetTable target : mapping.table(i).targets()) {
        if (target.existing()) {
          catalog.table(target.name()).stream()
              .flatMap(t -> t.foreignKeys().stream())
              .flatMap(key -> writers.getOrDefault(key.referenced(), Set.of()).stream())
              .forEach(referenced::add);
        }
      }
      referenced.remove(i);
      behind.put(i, referenced);
    }
    List<List<Integer>> waves = new ArrayList<>();
    Set<Integer> placed = new HashSet<>();
    while (placed.size() < behind.size()) {
      List<Integer> wave =
          behind.keySet().stream()
              .filter(i -> !placed.contains(i) && placed.containsAll(behind.get(i)))
              .sorted()
              .toList();
      if (wave.isEmpty()) {
        // A cycle: no order satisfies it, so the rest goes together and the target decides.
        wave = behind.keySet().stream().filter(i -> !placed.contains(i)).sorted().toList();
      }
      waves.add(wave);
      placed.addAll(wave);
    }
    return waves;
  }
}
