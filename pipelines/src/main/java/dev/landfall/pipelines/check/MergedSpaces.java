package dev.landfall.pipelines.check;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.compute.Formula;
import dev.landfall.transforms.compute.NewKey;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.model.ValueSource.Computed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tables that become one have different keys, or a column of the key that tells which of them a row
 * is of.
 */
final class MergedSpaces implements Check<Mapped> {
  @Override
  public List<CheckResult> look(Mapped at) {
    Mapping mapping = at.mapping();
    Mapped.Found found = new Mapped.Found(this);
    for (TargetPosition position : mapping.targets()) {
      TargetTable target = mapping.target(position);
      List<TargetTable> writers = mapping.writers(position).stream().map(mapping::target).toList();
      boolean apart =
          writers.size() == 1
              || target.key().isEmpty()
              || target.duplicates() != null
              || target.key().stream().anyMatch(column -> tells(writers, column));
      if (!apart) {
        found.warning(
            "KEY",
            target.name(),
            String.join(", ", target.key()),
            mapping.sources(position).stream()
                    .map(TableName::toString)
                    .collect(Collectors.joining(" and "))
                + " may have rows of the same key, and nothing in it tells of which table a row is:"
                + " the second of two would be rejected",
            "put a constant that differs into the key, or say under `duplicates` which row counts");
      }
    }
    return found.results();
  }

  /** Whether a column of the key has other values in each of the tables. */
  private static boolean tells(List<TargetTable> writers, String name) {
    Set<Object> spaces = new HashSet<>();
    for (TargetTable writer : writers) {
      ColumnMapping column =
          writer.columns().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
      if (column.source() instanceof ValueSource.Constant constant) {
        if (!spaces.add(String.valueOf(constant.text()))) {
          return false;
        }
      } else if (column.source() instanceof Computed computed
          && computed.formula() instanceof NewKey) {
        Formula formula = computed.formula();
        if (!spaces.add(formula)) {
          return false;
        }
      } else {
        return false;
      }
    }
    return true;
  }
}
