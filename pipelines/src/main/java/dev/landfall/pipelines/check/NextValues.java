package dev.landfall.pipelines.check;

import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.ddl.DdlStatement;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.promise.SchemaComparison;
import dev.landfall.transforms.sql.SchemaCheckSql;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * No identity column gives a number that a row has already, or that is below one. The largest
 * number is looked up in an index; a column that is the first of none is not looked at, so neither
 * is a table whose keys are still to be made.
 */
final class NextValues implements Check<InRun> {
  /** Columns of one query: a round trip for each would take longer than the lookups. */
  private static final int TOGETHER = 100;

  private record Column(TableName table, String name, TableName sequence, long increment) {}

  @Override
  public String subject() {
    return CheckResult.TARGET;
  }

  @Override
  public @Nullable List<CheckResult> look(InRun at) {
    if (!at.comparesSchema()) {
      return null;
    }
    List<TableName> tables = tables(at.prepared());
    CheckResult result =
        at.ask(Side.TARGET, "Comparing the identity columns", connection -> of(connection, tables));
    return List.of(result);
  }

  private CheckResult of(Connection connection, List<TableName> tables) throws SQLException {
    try {
      return result(behind(connection, tables), List.of());
    } catch (SQLException e) {
      return result(
          List.of(),
          List.of(
              SchemaComparison.unlooked("What identity columns give next was not compared", e)));
    }
  }

  static List<TableName> tables(Prepared prepared) {
    return prepared.promises().pre().stream()
        .filter(statement -> statement.kind() == DdlStatement.Kind.TABLE)
        .map(DdlStatement::table)
        .toList();
  }

  private CheckResult result(List<Finding> findings, List<String> notes) {
    return CheckResult.of(subject(), "next values", findings, notes);
  }

  /** The findings of those tables; a sequence is read behind its column, so that no row is new. */
  static List<Finding> behind(Connection connection, Collection<TableName> tables)
      throws SQLException {
    List<Finding> findings = new ArrayList<>();
    List<Column> columns = columns(connection, tables);
    // Each query by itself: tables stay locked until its end, and a server has room for so many.
    for (int from = 0; from < columns.size(); from += TOGETHER) {
      findings.addAll(
          compare(connection, columns.subList(from, Math.min(columns.size(), from + TOGETHER))));
    }
    return findings;
  }

  private static List<Column> columns(Connection connection, Collection<TableName> tables)
      throws SQLException {
    List<Column> columns =
        Query.of(connection, SchemaCheckSql.IDENTITIES)
            .bindTables(tables)
            .list(
                row ->
                    new Column(
                        new TableName(row.text("schema"), row.text("name")),
                        row.text("object"),
                        new TableName(row.text("sequence_schema"), row.text("sequence")),
                        row.number("increment")));
    // One that counts down was made by somebody who knows why.
    columns.removeIf(column -> column.increment() < 1);
    return columns;
  }

  private static List<Finding> compare(Connection connection, List<Column> columns)
      throws SQLException {
    List<String> queries = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column c = columns.get(i);
      queries.add(SchemaCheckSql.nextValue(i, c.table(), c.name(), c.sequence(), c.increment()));
    }
    List<Finding> findings = new ArrayList<>();
    Query.of(connection, SchemaCheckSql.together(queries))
        .each(
            row -> {
              String largest = row.textOrNull("largest");
              String next = row.text("next");
              if (largest != null && new BigDecimal(next).compareTo(new BigDecimal(largest)) <= 0) {
                Column column = columns.get(row.integer("position"));
                findings.add(
                    Finding.of(
                        "IDENTITY",
                        column.table(),
                        column.name(),
                        "next value above " + largest,
                        "next value " + next));
              }
            });
    return findings;
  }
}
