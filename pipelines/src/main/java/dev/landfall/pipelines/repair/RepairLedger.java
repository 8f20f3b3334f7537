package dev.landfall.pipelines.repair;

import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Row;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.ledger.RepairStatements;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.refresh.RefreshedKey;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the ledger knows of the newest verification and of the repairs behind it. */
public final class RepairLedger {
  private final ConnectionSettings target;
  private final String name;

  public RepairLedger(ConnectionSettings target, String name) {
    this.target = target;
    this.name = name;
  }

  /**
   * The newest verification that came to a verdict.
   *
   * @param run its run
   * @param finished when its verdict was written
   * @param level how closely it compared
   * @param differences how many it counted, by target table: position of the source table and name
   * @param sliced whether it looked at a slice only
   * @param loadedSince whether rows were loaded after it
   */
  public record Verified(
      long run,
      Instant finished,
      VerifyRequest.Level level,
      Map<NamedTarget, Long> differences,
      boolean sliced,
      boolean loadedSince) {}

  /** A target table as the ledger names it. */
  record NamedTarget(int table, String target) {}

  /** Empty when there is none. */
  public Optional<Verified> newest(Connection connection) throws SQLException {
    if (!new MigrationLedger(connection, name).isInstalled()) {
      return Optional.empty();
    }
    List<OfTable> tables =
        Query.of(connection, RepairStatements.NEWEST_VERIFICATION)
            .bind("name", name)
            .list(RepairLedger::ofTable);
    if (tables.isEmpty()) {
      return Optional.empty();
    }
    OfTable last = tables.get(tables.size() - 1);
    Map<NamedTarget, Long> differences = new LinkedHashMap<>();
    tables.forEach(t -> differences.put(t.target, t.differences));
    return Optional.of(
        new Verified(
            last.run,
            last.finished,
            last.level,
            differences,
            tables.stream().anyMatch(OfTable::sliced),
            Query.of(connection, RepairStatements.LOADED_SINCE)
                .bind("name", name)
                .bind("run", last.run)
                .exists()));
  }

  private record OfTable(
      long run,
      Instant finished,
      VerifyRequest.Level level,
      NamedTarget target,
      long differences,
      boolean sliced) {}

  private static OfTable ofTable(Row row) throws SQLException {
    return new OfTable(
        row.number("run"),
        row.instant("finished"),
        VerifyRequest.Level.valueOf(row.text("level")),
        new NamedTarget(row.integer("table_position"), row.text("target_table")),
        row.number("differences"),
        row.isTrue("sliced"));
  }

  /** What became of keys on behalf of a verification, each as it was last seen. */
  Map<KeyName, RefreshedKey> outcomes(Mapping mapping, long verification) throws SQLException {
    Map<KeyName, RefreshedKey> outcomes = new LinkedHashMap<>();
    try (Connection connection = connect()) {
      Query.of(connection, RepairStatements.OUTCOMES)
          .bind("verification", verification)
          .each(
              row -> {
                TargetPosition position =
                    position(
                        mapping,
                        new NamedTarget(row.integer("table_position"), row.text("target_table")));
                KeyName named =
                    KeyName.of(
                        position, mapping.target(position), row.pairs("key_columns", "key_texts"));
                outcomes.put(
                    named,
                    new RefreshedKey(
                        position,
                        named.key(),
                        Action.valueOf(row.text("action")),
                        null,
                        null,
                        row.textOrNull("reason")));
              });
    }
    return outcomes;
  }

  /** One key of one target table: its columns with their texts, as {@link RefreshedKey} has it. */
  record KeyName(TargetPosition position, Map<String, @Nullable String> key) {
    /** Columns in the table's order, where they are the table's. */
    static KeyName of(
        TargetPosition position, TargetTable table, Map<String, @Nullable String> key) {
      List<String> names =
          table.key().isEmpty()
              ? table.columns().stream().map(ColumnMapping::name).toList()
              : table.key();
      if (!key.keySet().containsAll(names)) {
        return new KeyName(position, key);
      }
      List<@Nullable String> texts = new ArrayList<>();
      names.forEach(column -> texts.add(key.get(column)));
      return new KeyName(position, table.named(texts));
    }

    static KeyName of(RefreshedKey key) {
      return new KeyName(key.position(), key.key());
    }

    /** The texts in their order. */
    List<@Nullable String> texts() {
      return new ArrayList<>(key.values());
    }
  }

  static TargetPosition position(Mapping mapping, NamedTarget named) {
    return mapping.targets().stream()
        .filter(p -> p.table() == named.table())
        .filter(p -> mapping.target(p).name().toString().equals(named.target()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(named + " is not in the mapping"));
  }

  private Connection connect() throws SQLException {
    return Pools.of(target, Pools.Use.GENERAL).getConnection();
  }
}
