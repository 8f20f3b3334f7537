package dev.landfall.transforms.promise;

import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.SchemaCheckSql;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Finds identity columns that would give a number that a row has already, or that is below one. The
 * largest number is looked up in an index; a column that is the first of none is not looked at.
 */
final class NextValues {
  /** Columns of one query: a round trip for each would take longer than the lookups. */
  private static final int TOGETHER = 100;

  private record Column(TableName table, String name, TableName sequence, long increment) {}

  private final Connection connection;

  NextValues(Connection connection) {
    this.connection = connection;
  }

  /** The findings of those tables; a sequence is read behind its column, so that no row is new. */
  List<SchemaFinding> behind(Collection<TableName> tables) throws SQLException {
    List<SchemaFinding> findings = new ArrayList<>();
    List<Column> columns = columns(tables);
    for (int from = 0; from < columns.size(); from += TOGETHER) {
      findings.addAll(compare(columns.subList(from, Math.min(columns.size(), from + TOGETHER))));
      // The tables stay locked until then, and a server has room for so many locks only.
      connection.rollback();
    }
    return findings;
  }

  private List<Column> columns(Collection<TableName> tables) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(SchemaCheckSql.IDENTITIES)) {
      query.setArray(
          1, connection.createArrayOf("text", tables.stream().map(TableName::schema).toArray()));
      query.setArray(
          2, connection.createArrayOf("text", tables.stream().map(TableName::table).toArray()));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          columns.add(
              new Column(
                  new TableName(row.getString("schema"), row.getString("name")),
                  row.getString("object"),
                  new TableName(row.getString("sequence_schema"), row.getString("sequence")),
                  row.getLong("increment")));
        }
      }
    }
    // One that counts down was made by somebody who knows why.
    columns.removeIf(column -> column.increment() < 1);
    return columns;
  }

  private List<SchemaFinding> compare(List<Column> columns) throws SQLException {
    List<String> queries = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column c = columns.get(i);
      queries.add(SchemaCheckSql.nextValue(i, c.table(), c.name(), c.sequence(), c.increment()));
    }
    List<SchemaFinding> findings = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SchemaCheckSql.together(queries))) {
      while (row.next()) {
        BigDecimal largest = row.getBigDecimal("largest");
        BigDecimal next = row.getBigDecimal("next");
        if (largest != null && next.compareTo(largest) <= 0) {
          Column column = columns.get(row.getInt("position"));
          findings.add(
              new SchemaFinding(
                  SchemaPart.Kind.IDENTITY,
                  column.table(),
                  column.name(),
                  "next value above " + largest.toPlainString(),
                  "next value " + next.toPlainString(),
                  SchemaFinding.Severity.DIFFERENT,
                  null));
        }
      }
    }
    return findings;
  }
}
