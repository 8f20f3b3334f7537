package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.ledger.LedgerWinners;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.sql.BoundQuery;
import dev.landfall.transforms.sql.SourceChunkSql;
import dev.landfall.transforms.sql.TargetChunkSql;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Counts the rows of both sides, exactly. As many as the smaller side has are taken for matched:
 * nobody has looked at them.
 */
final class CountRows implements ByTable.Question<RowCounts> {
  private final String migration;
  private final Mapping mapping;

  CountRows(String migration, Mapping mapping) {
    this.migration = migration;
    this.mapping = mapping;
  }

  @Override
  public RowCounts ask(TableKey key, Connection source, Connection target) throws SQLException {
    TargetPosition position = new TargetPosition(key.table(), key.target());
    long here = 0;
    for (TargetPosition writer : mapping.writers(position)) {
      here +=
          count(
              source, SourceChunkSql.count(mapping.table(writer.table()), mapping.target(writer)));
      if (mapping.target(writer).duplicates() != null) {
        here -=
            new LedgerWinners.Keeper(target, migration, mapping.target(writer).name().toString())
                .lost(mapping.table(writer.table()).source().name());
      }
    }
    long there =
        count(target, new BoundQuery(TargetChunkSql.count(mapping.target(position)), List.of()));
    long both = Math.min(here, there);
    return RowCounts.of(both, 0, here - both, there - both);
  }

  private static long count(Connection connection, BoundQuery query) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query.sql())) {
      query.bind(select);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
