package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.JsonKeys;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.LedgerSql;
import dev.landfall.transforms.sql.VerificationSql;
import dev.landfall.validation.result.Difference;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import dev.landfall.validation.result.TableVerdict;
import dev.landfall.validation.result.VerificationReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found, in the ledger. It is kept by round; {@link RoundLedger} sees to it
 * that each is written once.
 */
public final class FindingLedger {
  private final MigrationKey migration;
  private final Mapping mapping;
  private final Map<TableName, Integer> positions = new HashMap<>();

  /** The findings of that migration's run. */
  public FindingLedger(MigrationKey migration, Mapping mapping) {
    this.migration = migration;
    this.mapping = mapping;
  }

  /** Adds a round's counts, as part of the connection's transaction. */
  void addCounts(Connection connection, int round, Map<TableKey, RowCounts> counts)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(VerificationSql.ADD_FINDING)) {
      for (Map.Entry<TableKey, RowCounts> entry : counts.entrySet()) {
        insert.setLong(1, migration.run());
        insert.setInt(2, round);
        insert.setInt(3, entry.getKey().table());
        insert.setInt(4, entry.getKey().target());
        insert.setLong(5, entry.getValue().matched());
        insert.setLong(6, entry.getValue().changed());
        insert.setLong(7, entry.getValue().missing());
        insert.setLong(8, entry.getValue().extra());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Adds differences of a round behind those it has, as part of the connection's transaction. */
  void addDifferences(Connection connection, int round, List<Difference> differences)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(VerificationSql.ADD_DIFFERENCE)) {
      for (Difference difference : differences) {
        insert.setLong(1, migration.run());
        insert.setString(2, migration.name());
        insert.setInt(3, round);
        insert.setInt(4, position(difference.table()));
        insert.setString(5, difference.targetTable().toString());
        insert.setString(6, JsonKeys.json(difference.key()));
        insert.setString(7, difference.kind().name());
        insert.setArray(8, connection.createArrayOf("text", difference.columns().toArray()));
        insert.setLong(9, difference.copies());
        insert.setString(
            10,
            JsonKeys.pairs(
                difference.values(), Difference.Values::source, Difference.Values::target));
        insert.setString(11, difference.reject());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private int position(TableName table) {
    if (positions.isEmpty()) {
      for (int i = 0; i < mapping.tables().size(); i++) {
        positions.put(mapping.table(i).source().name(), i);
      }
    }
    return Objects.requireNonNull(positions.get(table));
  }

  /** How many differences are kept of each target table that has any. */
  public Map<TableKey, Long> differenceCounts() throws SQLException {
    Map<TableKey, Long> counts = new HashMap<>();
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(VerificationSql.DIFFERENCE_COUNTS)) {
      select.setLong(1, migration.run());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          int table = row.getInt(1);
          counts.put(new TableKey(table, target(table, row.getString(2))), row.getLong(3));
        }
      }
    }
    return counts;
  }

  /**
   * Everything that was found, summed over the rounds.
   *
   * @param maxDifferences how many differences of each target table to give
   * @param tables the source tables that were to be compared, by position
   * @param known counts that no round found, by table
   * @param more differences that no round found
   * @throws IllegalArgumentException when one of those was not compared, or another one was
   */
  public VerificationReport report(
      int maxDifferences,
      Set<Integer> tables,
      Map<TableKey, RowCounts> known,
      List<Difference> more)
      throws SQLException {
    Map<TableKey, RowCounts> counts = new HashMap<>(known);
    List<Difference> differences;
    try (Connection connection = connect()) {
      try (PreparedStatement select = connection.prepareStatement(VerificationSql.FINDINGS)) {
        select.setLong(1, migration.run());
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            // A table that is split is read as one; what chance chose of it is known already.
            counts.putIfAbsent(
                new TableKey(row.getInt(1), row.getInt(2)),
                RowCounts.of(row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6)));
          }
        }
      }
      differences = new ArrayList<>(differences(connection, maxDifferences, values(connection)));
    }
    // A table that is split is read as one: what the job found of a target beside is left out.
    Set<TableName> elsewhere =
        known.keySet().stream()
            .map(t -> mapping.table(t.table()).targets().get(t.target()).name())
            .collect(Collectors.toSet());
    differences.removeIf(d -> elsewhere.contains(d.targetTable()));
    differences.addAll(more);
    return VerificationReport.of(mapping, counts, differences, tables);
  }

  /** All differences that are named, without values; a reject's key has the source's own texts. */
  public List<Difference> named() throws SQLException {
    try (Connection connection = connect()) {
      List<Difference> all = differences(connection, Integer.MAX_VALUE, Map.of());
      return LoadRejects.of(connection, migration.name(), mapping, all).findable(all);
    }
  }

  private List<Difference> differences(
      Connection connection, int limit, Map<Long, Map<String, Difference.Values>> valuesOf)
      throws SQLException {
    List<Difference> differences = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(VerificationSql.DIFFERENCES)) {
      select.setLong(1, migration.run());
      select.setInt(2, limit);
      try (ResultSet row = select.executeQuery()) {
        boolean more = row.next();
        while (more) {
          long id = row.getLong(1);
          int table = row.getInt(2);
          TargetTable target = mapping.table(table).targets().get(target(table, row.getString(3)));
          Difference.Kind kind = Difference.Kind.valueOf(row.getString(4));
          List<String> columns = List.of((String[]) row.getArray(5).getArray());
          long copies = row.getLong(6);
          String reject = row.getString(7);
          Map<String, @Nullable String> key = new HashMap<>();
          do {
            key.put(row.getString(8), row.getString(9));
            more = row.next();
          } while (more && row.getLong(1) == id);
          differences.add(
              new Difference(
                  mapping.table(table).source().name(),
                  target.name(),
                  inOrder(named(target), key),
                  kind,
                  columns,
                  copies,
                  inOrder(names(target), valuesOf.getOrDefault(id, Map.of())),
                  reject));
        }
      }
    }
    return differences;
  }

  private Map<Long, Map<String, Difference.Values>> values(Connection connection)
      throws SQLException {
    Map<Long, Map<String, Difference.Values>> values = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(VerificationSql.VALUES)) {
      select.setLong(1, migration.run());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          values
              .computeIfAbsent(row.getLong(1), id -> new HashMap<>())
              .put(row.getString(2), new Difference.Values(row.getString(3), row.getString(4)));
        }
      }
    }
    return values;
  }

  private static List<String> names(TargetTable target) {
    return target.columns().stream().map(ColumnMapping::name).toList();
  }

  /** The columns that name a row. */
  private static List<String> named(TargetTable target) {
    return target.key().isEmpty() ? names(target) : target.key();
  }

  /** JSON objects of PostgreSQL forget the order of their members. */
  private static <T extends @Nullable Object> Map<String, T> inOrder(
      List<String> names, Map<String, T> members) {
    Map<String, T> ordered = new LinkedHashMap<>();
    for (String name : names) {
      if (members.containsKey(name)) {
        ordered.put(name, members.get(name));
      }
    }
    return ordered;
  }

  private int target(int table, String name) {
    List<TargetTable> targets = mapping.table(table).targets();
    for (int i = 0; i < targets.size(); i++) {
      if (targets.get(i).name().toString().equals(name)) {
        return i;
      }
    }
    throw new IllegalStateException(name + " is no target of table " + table);
  }

  /** Keeps these differences in the place of what was found, in the connection's transaction. */
  public void replaceDifferences(Connection connection, List<Difference> differences)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(VerificationSql.FORGET_DIFFERENCES)) {
      delete.setLong(1, migration.run());
      delete.executeUpdate();
    }
    addDifferences(connection, 0, differences);
  }

  /**
   * Writes the verdict on every table that was compared, as part of the connection's transaction.
   *
   * @param level how closely was compared
   * @param looks how often differences were to be looked at again
   * @param seed what a sample depended on, null for none
   */
  public void addVerdict(
      Connection connection,
      VerificationReport report,
      String level,
      int looks,
      @Nullable Long seed)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(LedgerSql.ADD_VERIFICATION)) {
      for (TableVerdict verdict : report.tables()) {
        insert.setLong(1, migration.run());
        insert.setString(2, migration.name());
        insert.setInt(3, position(verdict.table()));
        insert.setString(4, verdict.targetTable().toString());
        insert.setLong(5, verdict.rows().sourceRows());
        insert.setLong(6, verdict.rows().targetRows());
        insert.setLong(7, verdict.rows().matched());
        insert.setLong(8, verdict.rows().changed());
        insert.setLong(9, verdict.rows().missing());
        insert.setLong(10, verdict.rows().extra());
        insert.setString(11, level);
        insert.setLong(12, verdict.settled());
        insert.setInt(13, looks);
        insert.setObject(14, seed, Types.BIGINT);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private Connection connect() throws SQLException {
    return Pools.of(migration.target(), Pools.Use.GENERAL).getConnection();
  }
}
