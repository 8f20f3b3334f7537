package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Row;
import dev.landfall.transforms.ledger.FindingStatements;
import dev.landfall.transforms.ledger.JsonKeys;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.validation.result.Difference;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import dev.landfall.validation.result.TableVerdict;
import dev.landfall.validation.result.VerificationReport;
import java.sql.Connection;
import java.sql.SQLException;
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
    Query insert = query(connection, FindingStatements.ADD_COUNTS).bind("round", round);
    for (Map.Entry<TableKey, RowCounts> entry : counts.entrySet()) {
      insert
          .bind("table", entry.getKey().table())
          .bind("target", entry.getKey().target())
          .bind("matched", entry.getValue().matched())
          .bind("changed", entry.getValue().changed())
          .bind("missing", entry.getValue().missing())
          .bind("extra", entry.getValue().extra())
          .addBatch();
    }
    insert.executeBatch();
  }

  /** Adds differences of a round behind those it has, as part of the connection's transaction. */
  void addDifferences(Connection connection, int round, List<Difference> differences)
      throws SQLException {
    Query insert =
        query(connection, FindingStatements.ADD_DIFFERENCE)
            .bind("name", migration.name())
            .bind("round", round);
    for (Difference difference : differences) {
      insert
          .bind("table", position(difference.table()))
          .bind("target", difference.targetTable().toString())
          .bind("key", JsonKeys.json(difference.key()))
          .bind("kind", difference.kind().name())
          .bind("columns", "text", difference.columns())
          .bind("copies", difference.copies())
          .bind(
              "values",
              JsonKeys.pairs(
                  difference.values(), Difference.Values::source, Difference.Values::target))
          .bind("reject", difference.reject())
          .addBatch();
    }
    insert.executeBatch();
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
    try (Connection connection = connect()) {
      query(connection, FindingStatements.DIFFERENCE_COUNTS)
          .each(
              row -> {
                int table = row.integer("table_position");
                counts.put(
                    new TableKey(table, target(table, row.text("target_table"))),
                    row.number("differences"));
              });
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
      query(connection, FindingStatements.COUNTS)
          .each(
              // A table that is split is read as one; what chance chose of it is known already.
              row ->
                  counts.putIfAbsent(
                      new TableKey(row.integer("table_position"), row.integer("target_position")),
                      RowCounts.of(
                          row.number("matched"),
                          row.number("changed"),
                          row.number("missing"),
                          row.number("extra"))));
      differences = new ArrayList<>(differences(connection, maxDifferences, true));
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
      List<Difference> all = differences(connection, Integer.MAX_VALUE, false);
      return LoadRejects.of(connection, migration.name(), mapping, all).findable(all);
    }
  }

  private List<Difference> differences(Connection connection, int limit, boolean values)
      throws SQLException {
    return query(connection, FindingStatements.DIFFERENCES)
        .bind("most", limit)
        .list(row -> difference(row, values));
  }

  private Difference difference(Row row, boolean values) throws SQLException {
    int table = row.integer("table_position");
    TargetTable target =
        mapping.table(table).targets().get(target(table, row.text("target_table")));
    return new Difference(
        mapping.table(table).source().name(),
        target.name(),
        key(target, row.pairs("key_columns", "key_texts")),
        Difference.Kind.valueOf(row.text("kind")),
        row.texts("columns"),
        row.number("copies"),
        values ? inOrder(names(target), values(row)) : Map.of(),
        row.textOrNull("reject"));
  }

  /** A row that was rejected may be named by the source's columns. */
  private static Map<String, @Nullable String> key(
      TargetTable target, Map<String, @Nullable String> members) {
    List<String> names = target.key().isEmpty() ? names(target) : target.key();
    return members.keySet().containsAll(names) ? inOrder(names, members) : members;
  }

  private static Map<String, Difference.Values> values(Row row) throws SQLException {
    Map<String, @Nullable String> target = row.pairs("shown", "target_values");
    Map<String, Difference.Values> values = new HashMap<>();
    row.pairs("shown", "source_values")
        .forEach(
            (column, value) ->
                values.put(column, new Difference.Values(value, target.get(column))));
    return values;
  }

  private static List<String> names(TargetTable target) {
    return target.columns().stream().map(ColumnMapping::name).toList();
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
    query(connection, FindingStatements.FORGET_DIFFERENCES).update();
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
    Query insert =
        query(connection, FindingStatements.ADD_VERDICT)
            .bind("name", migration.name())
            .bind("level", level)
            .bind("looks", looks)
            .bind("seed", seed);
    for (TableVerdict verdict : report.tables()) {
      insert
          .bind("table", position(verdict.table()))
          .bind("target", verdict.targetTable().toString())
          .bind("source_rows", verdict.rows().sourceRows())
          .bind("target_rows", verdict.rows().targetRows())
          .bind("matched", verdict.rows().matched())
          .bind("changed", verdict.rows().changed())
          .bind("missing", verdict.rows().missing())
          .bind("extra", verdict.rows().extra())
          .bind("settled", verdict.settled())
          .addBatch();
    }
    insert.executeBatch();
  }

  private Query query(Connection connection, String sql) {
    return Query.of(connection, sql).bind("run", migration.run());
  }

  private Connection connect() throws SQLException {
    return Pools.of(migration.target(), Pools.Use.GENERAL).getConnection();
  }
}
