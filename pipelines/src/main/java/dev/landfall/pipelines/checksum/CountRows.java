package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.convert.TableConverter;
import dev.landfall.transforms.ledger.LedgerWinners;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.read.ScannedRows;
import dev.landfall.transforms.sql.BoundQuery;
import dev.landfall.transforms.sql.KeyedSql;
import dev.landfall.transforms.sql.SourceChunkSql;
import dev.landfall.transforms.sql.TargetChunkSql;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

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
      here += rows(writer, source, target);
    }
    long there =
        count(target, new BoundQuery(TargetChunkSql.count(mapping.target(position)), List.of()));
    long both = Math.min(here, there);
    return RowCounts.of(both, 0, here - both, there - both);
  }

  /** How many rows a writer gives. */
  private long rows(TargetPosition writer, Connection source, Connection ledger)
      throws SQLException {
    TableMapping table = mapping.table(writer.table());
    TargetTable target = mapping.target(writer);
    Optional<BoundQuery> query = SourceChunkSql.count(table, target);
    if (query.isEmpty()) {
      return read(writer, table, source);
    }
    long rows = count(source, query.get());
    return target.duplicates() == null
        ? rows
        : rows
            - new LedgerWinners.Keeper(ledger, migration, target.name().toString())
                .lost(table.source().name());
  }

  /** The same where only whoever reads the rows can tell. */
  private static long read(TargetPosition writer, TableMapping table, Connection source)
      throws SQLException {
    TableConverter converter = new TableConverter(table);
    long[] rows = new long[1];
    ScannedRows.ofSource(
        source,
        KeyedSql.all(table),
        some ->
            rows[0] +=
                converter
                    .convert(new RowBatch(writer.table(), 0, 0, true, some))
                    .targets()
                    .get(writer.target())
                    .size());
    return rows[0];
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
