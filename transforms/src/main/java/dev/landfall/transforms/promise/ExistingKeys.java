package dev.landfall.transforms.promise;

import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TargetTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Tables of the user's own whose key by the mapping is no key of theirs. */
public final class ExistingKeys {
  private static final String REASON =
      "the table was there before the migration, which leaves its definition as it is";

  private ExistingKeys() {}

  /** A finding for each table that takes two rows of one key. */
  public static List<SchemaFinding> unguarded(Mapping mapping, TargetCatalog catalog) {
    List<SchemaFinding> findings = new ArrayList<>();
    for (Mapping.TargetPosition position : mapping.targets()) {
      TargetTable target = mapping.target(position);
      if (target.existing() && !target.key().isEmpty() && !guards(catalog, target)) {
        findings.add(
            new SchemaFinding(
                SchemaPart.Kind.KEY,
                target.name(),
                String.join(", ", target.key()),
                "UNIQUE (" + String.join(", ", target.key()) + ")",
                null,
                SchemaFinding.Severity.KNOWN,
                REASON));
      }
    }
    return findings;
  }

  /** Whether a table that is there takes no two rows of one key; one that is not there does. */
  public static boolean guards(TargetCatalog catalog, TargetTable target) {
    Optional<TargetCatalog.Table> there = catalog.table(target.name());
    return there.isEmpty()
        || there.get().keys().stream().anyMatch(new HashSet<>(target.key())::containsAll);
  }
}
