package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.JsonKeys;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RejectLedger;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.validation.result.Difference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why the load left rows out that the target lacks, where it was PostgreSQL that refused them: what
 * such a row would be in the target is known, and the ledger has it by its key there. A row that
 * could not be converted is told by whoever reads it.
 */
public final class LoadRejects {
  private final Mapping mapping;

  /** The reasons, by target table and by the hash of the key. */
  private final Map<TargetPosition, Map<String, String>> reasons = new HashMap<>();

  private LoadRejects(Mapping mapping) {
    this.mapping = mapping;
  }

  /** The rejects of rows that the differences call missing. */
  public static LoadRejects of(
      MigrationKey migration, Mapping mapping, List<Difference> differences) throws SQLException {
    try (Connection connection = Pools.of(migration.target(), Pools.Use.GENERAL).getConnection()) {
      return of(connection, migration.name(), mapping, differences);
    }
  }

  /** The same over a connection. */
  static LoadRejects of(
      Connection connection, String migration, Mapping mapping, List<Difference> differences)
      throws SQLException {
    LoadRejects rejects = new LoadRejects(mapping);
    List<String> hashes =
        differences.stream()
            .filter(d -> d.kind() == Difference.Kind.MISSING)
            .map(d -> JsonKeys.hash(d.key()))
            .toList();
    if (hashes.isEmpty()) {
      return rejects;
    }
    for (RejectLedger.Refused row : new RejectLedger(connection, migration).refused(hashes)) {
      rejects
          .reasons
          .computeIfAbsent(mapping.first(row.target()), p -> new HashMap<>())
          .put(row.hash(), row.reason());
    }
    return rejects;
  }

  /** Why the load left the row out; null where it did not, or where the row was not converted. */
  private @Nullable String reason(Difference difference) {
    if (difference.kind() != Difference.Kind.MISSING) {
      return null;
    }
    for (Map.Entry<TargetPosition, Map<String, String>> target : reasons.entrySet()) {
      if (mapping.target(target.getKey()).name().equals(difference.targetTable())
          && mapping.table(target.getKey().table()).source().name().equals(difference.table())) {
        return target.getValue().get(JsonKeys.hash(difference.key()));
      }
    }
    return null;
  }

  /** The differences without these rejects: their keys find the source's rows like any others. */
  List<Difference> findable(List<Difference> differences) {
    return differences.stream()
        .map(d -> reason(d) != null && JsonKeys.isExact(d.key().values()) ? d.rejected(null) : d)
        .toList();
  }

  /** The differences, each with the reason of its reject where it has one. */
  public List<Difference> named(List<Difference> differences) {
    List<Difference> named = new ArrayList<>();
    for (Difference difference : differences) {
      String reason = difference.reject() == null ? reason(difference) : null;
      named.add(reason == null ? difference : difference.rejected(reason));
    }
    return named;
  }
}
