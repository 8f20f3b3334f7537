package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.sql.SourceChunkSql;
import dev.landfall.transforms.sql.TargetChunkSql;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Counts the rows of both sides, exactly. As many as the smaller side has are taken for matched:
 * nobody has looked at them.
 */
final class CountRows implements ByTable.Question<RowCounts> {
  private final Mapping mapping;

  CountRows(Mapping mapping) {
    this.mapping = mapping;
  }

  @Override
  public RowCounts ask(TableKey key, Connection source, Connection target) throws SQLException {
    TableMapping table = mapping.table(key.table());
    long here = count(source, SourceChunkSql.count(table.source()));
    long there = count(target, TargetChunkSql.count(table.targets().get(key.target())));
    long both = Math.min(here, there);
    return RowCounts.of(both, 0, here - both, there - both);
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
