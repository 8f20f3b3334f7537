package dev.landfall.transforms.refresh;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.RefreshFactsSql;
import dev.landfall.transforms.sql.RefreshSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a target table is, as far as writing single rows depends on it.
 *
 * @param numbered columns that are {@code GENERATED ALWAYS AS IDENTITY}
 * @param sequences the sequence of each column that has one and is loaded
 * @param references foreign keys that refer to the table
 * @param mapped whether Landfall knows all columns, so that a row may be deleted and inserted again
 */
record TableFacts(
    Set<String> numbered,
    Map<String, String> sequences,
    List<RefreshSql.Reference> references,
    boolean mapped) {
  static TableFacts read(Connection connection, TargetTable table) throws SQLException {
    String name = RefreshSql.name(table.name());
    List<String> known = table.columns().stream().map(ColumnMapping::name).toList();
    List<String> loaded = table.loaded().stream().map(ColumnMapping::name).toList();
    Set<String> numbered = new HashSet<>();
    Map<String, String> sequences = new LinkedHashMap<>();
    boolean mapped = true;
    try (PreparedStatement select = connection.prepareStatement(RefreshFactsSql.COLUMNS)) {
      select.setString(1, name);
      select.setString(2, name);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String column = row.getString(1);
          mapped &= known.contains(column);
          if (row.getBoolean(2)) {
            numbered.add(column);
          }
          String sequence = row.getString(3);
          if (sequence != null && loaded.contains(column)) {
            sequences.put(column, sequence);
          }
        }
      }
    }
    return new TableFacts(numbered, sequences, references(connection, name), mapped);
  }

  private static List<RefreshSql.Reference> references(Connection connection, String name)
      throws SQLException {
    List<RefreshSql.Reference> references = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(RefreshFactsSql.REFERENCES)) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          references.add(
              new RefreshSql.Reference(
                  row.getString(1),
                  row.getString(2),
                  List.of((String[]) row.getArray(3).getArray()),
                  List.of((String[]) row.getArray(4).getArray()),
                  row.getString(5),
                  row.getString(6)));
        }
      }
    }
    return references;
  }
}
