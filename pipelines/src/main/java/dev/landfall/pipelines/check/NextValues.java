package dev.landfall.pipelines.check;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.check.Finding.Severity;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.promise.SchemaComparison;
import dev.landfall.transforms.sql.SchemaCheckSql;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * No column with a sequence of its own gives a number that a row has already, or that is below one.
 * The largest number is looked up in an index; a column that is the first of none is not looked at,
 * so neither is a table whose keys are still to be made.
 */
final class NextValues implements Check<InRun> {
  /** Columns of one query: a round trip for each would take longer than the lookups. */
  private static final int TOGETHER = 100;

  private record Column(TargetTable table, String name, TableName sequence, long increment) {}

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
    CheckResult result =
        at.ask(Side.TARGET, "Comparing the next values", connection -> of(connection, mapping));
    return List.of(result);
  }

  private CheckResult of(Connection connection, Mapping mapping) throws SQLException {
    List<Finding> findings = List.of();
    List<String> notes = List.of();
    try {
      findings = behind(connection, mapping);
    } catch (SQLException e) {
      notes =
          List.of(SchemaComparison.unlooked("What identity columns give next was not compared", e));
    }
    return CheckResult.of(subject(), name(), findings, notes);
  }

  /** The findings; a sequence is read behind its column, so that no row is new. */
  static List<Finding> behind(Connection connection, Mapping mapping) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    List<Column> columns = columns(connection, mapping);
    // Each query by itself: tables stay locked until its end, and a server has room for so many.
    for (int from = 0; from < columns.size(); from += TOGETHER) {
      findings.addAll(
          compare(connection, columns.subList(from, Math.min(columns.size(), from + TOGETHER))));
    }
    return findings;
  }

  private static List<Column> columns(Connection connection, Mapping mapping) throws SQLException {
    Map<TableName, TargetTable> tables =
        mapping.targets().stream()
            .map(mapping::target)
            .collect(Collectors.toMap(TargetTable::name, table -> table));
    List<Column> columns = new ArrayList<>();
    Query.of(connection, SchemaCheckSql.SEQUENCED)
        .bindTables(tables.keySet())
        .each(
            row -> {
              TargetTable table = tables.get(new TableName(row.text("schema"), row.text("name")));
              // One that counts down was made by somebody who knows why.
              if (table != null && row.number("increment") > 0) {
                columns.add(
                    new Column(
                        table,
                        row.text("object"),
                        new TableName(row.text("sequence_schema"), row.text("sequence")),
                        row.number("increment")));
              }
            });
    return columns;
  }

  private static List<Finding> compare(Connection connection, List<Column> columns)
      throws SQLException {
    List<String> queries = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column c = columns.get(i);
      queries.add(
          SchemaCheckSql.nextValue(i, c.table().name(), c.name(), c.sequence(), c.increment()));
    }
    List<Finding> findings = new ArrayList<>();
    Query.of(connection, SchemaCheckSql.together(queries))
        .each(
            row -> {
              String largest = row.textOrNull("largest");
              String next = row.text("next");
              if (largest != null && new BigDecimal(next).compareTo(new BigDecimal(largest)) <= 0) {
                findings.add(behind(columns.get(row.integer("position")), largest, next));
              }
            });
    return findings;
  }

  private static Finding behind(Column column, String largest, String next) {
    Finding finding =
        Finding.of(
                "IDENTITY",
                column.table().name(),
                column.name(),
                "next value above " + largest,
                "next value " + next)
            .withRemedy(SchemaCheckSql.goOnBehind(column.sequence(), largest));
    return column.table().existing() ? finding.as(Severity.KNOWN, ExistingKeys.REASON) : finding;
  }
}
