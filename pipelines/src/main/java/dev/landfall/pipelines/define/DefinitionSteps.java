package dev.landfall.pipelines.define;

import dev.landfall.transforms.ddl.DdlStatement;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Step;
import dev.landfall.transforms.model.TableName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the ledger how far a run's definitions are: how many are made, and the rows of their
 * tables, which are what keys and indexes take time for.
 */
public final class DefinitionSteps implements Definitions.Steps {
  private final MigrationKey migration;
  private final Supplier<Snapshot> snapshots;
  private final Map<String, Long> rows = new ConcurrentHashMap<>();
  private volatile @Nullable Step step;

  /**
   * Of a run's definitions.
   *
   * @param snapshots say how many rows the tables have by then
   */
  public DefinitionSteps(MigrationKey migration, Supplier<Snapshot> snapshots) {
    this.migration = migration;
    this.snapshots = snapshots;
  }

  @Override
  public void begin(Step.Kind kind, List<DdlStatement> definitions) {
    if (kind == Step.Kind.KEYS) {
      rows.clear();
      for (Snapshot.Table table : snapshots.get().tables()) {
        table.targets().forEach(target -> rows.merge(target, table.rowsLoaded(), Long::sum));
      }
    }
    long all = definitions.stream().mapToLong(this::rows).sum();
    step = Step.begin(migration, kind, definitions.size(), all);
  }

  @Override
  public void done(DdlStatement definition) {
    Step current = step;
    if (current != null) {
      current.add(1, rows(definition), 0);
    }
  }

  private long rows(DdlStatement definition) {
    boolean reads =
        switch (definition.kind()) {
          case PRIMARY_KEY, UNIQUE, INDEX, EQUALITY, CHECK, FOREIGN_KEY -> true;
          default -> false;
        };
    return reads ? rows(definition.table()) : 0;
  }

  @Override
  public long rows(TableName table) {
    return rows.getOrDefault(table.toString(), 0L);
  }
}
