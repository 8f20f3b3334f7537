package dev.landfall.transforms.partition;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.TargetChunkSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a table lies in the target.
 *
 * @param readableByBlock whether ranges of blocks can be read: an ordinary table, PostgreSQL 14
 * @param blocks how many blocks it has
 * @param bytes its size, with what is stored apart
 * @param rows an estimate, 0 when there is none
 * @param indexes the columns of each index that can answer ranges; empty texts for columns that
 *     take NULL
 */
public record TargetLayout(
    boolean readableByBlock, long blocks, long bytes, long rows, List<List<String>> indexes) {
  public TargetLayout {
    indexes = List.copyOf(indexes);
  }

  /** Whether ranges of those columns, in that order, hold all rows and need no full scan. */
  public boolean hasIndexOn(List<String> columns) {
    return indexes.stream()
        .anyMatch(
            index ->
                index.size() >= columns.size() && index.subList(0, columns.size()).equals(columns));
  }

  /**
   * The layouts of tables, in their order, by two statements whatever their number.
   *
   * @throws MigrationException when one of them is not there
   */
  public static List<TargetLayout> of(Connection connection, List<TableName> tables)
      throws SQLException {
    List<List<List<String>>> indexes = new ArrayList<>();
    tables.forEach(table -> indexes.add(new ArrayList<>()));
    @Nullable TargetLayout[] layouts = new @Nullable TargetLayout[tables.size()];
    try (PreparedStatement select = prepare(connection, TargetChunkSql.INDEXES, tables);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        indexes.get(row.getInt(1) - 1).add(List.of((String[]) row.getArray(2).getArray()));
      }
    }
    try (PreparedStatement select = prepare(connection, TargetChunkSql.LAYOUTS, tables);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        int place = row.getInt(1) - 1;
        layouts[place] =
            new TargetLayout(
                row.getBoolean(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                indexes.get(place));
      }
    }
    List<TargetLayout> found = new ArrayList<>();
    for (int i = 0; i < layouts.length; i++) {
      TargetLayout layout = layouts[i];
      if (layout == null) {
        throw new MigrationException(
            MigrationException.Kind.FAILED,
            "The target has no table "
                + tables.get(i)
                + ", so there is nothing to compare. Create it and load it (landfall migrate), or"
                + " exclude its source table.");
      }
      found.add(layout);
    }
    return found;
  }

  private static PreparedStatement prepare(
      Connection connection, String sql, List<TableName> tables) throws SQLException {
    PreparedStatement select = connection.prepareStatement(sql);
    select.setArray(
        1, connection.createArrayOf("text", tables.stream().map(TableName::schema).toArray()));
    select.setArray(
        2, connection.createArrayOf("text", tables.stream().map(TableName::table).toArray()));
    return select;
  }
}
