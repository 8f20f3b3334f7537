package dev.landfall.pipelines.check;

import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.check.Finding.Severity;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TargetTable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The key of a table of the user's own by the mapping is a key of it. */
final class ExistingKeys implements Check<InRun> {
  static final String REASON =
      "the table was there before the migration, which leaves its definition as it is";

  @Override
  public String subject() {
    return CheckResult.TARGET;
  }

  @Override
  public @Nullable List<CheckResult> look(InRun at) {
    if (!at.comparesSchema()) {
      return null;
    }
    Mapping mapping = at.prepared().mapping();
    List<Finding> findings =
        mapping.targets().stream()
            .map(mapping::target)
            .filter(target -> !isGuarded(target, at.prepared().target()))
            .map(ExistingKeys::unguarded)
            .toList();
    return List.of(CheckResult.of(subject(), name(), findings, List.of()));
  }

  /** Whether a table takes no two rows of one key; only one of the user's own may. */
  static boolean isGuarded(TargetTable target, TargetCatalog catalog) {
    Optional<TargetCatalog.Table> there = catalog.table(target.name());
    return !target.existing()
        || target.key().isEmpty()
        || there.isEmpty()
        || there.get().keys().stream().anyMatch(new HashSet<>(target.key())::containsAll);
  }

  private static Finding unguarded(TargetTable target) {
    String key = String.join(", ", target.key());
    return Finding.of("KEY", target.name(), key, "UNIQUE (" + key + ")", null)
        .as(Severity.KNOWN, REASON);
  }
}
