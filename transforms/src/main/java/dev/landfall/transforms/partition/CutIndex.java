package dev.landfall.transforms.partition;

import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceIndex;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.sql.BoundQuery;
import dev.landfall.transforms.sql.SourceChunkSql;
import dev.landfall.transforms.types.KeyText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An index that a table can be cut by.
 *
 * @param key the leading columns of it whose values can bound a chunk
 */
record CutIndex(SourceTable table, SourceIndex index, List<String> key) {
  /**
   * The key's index if its first column can be cut, else the first index whose can and is NOT NULL,
   * because NULLs are in no range.
   */
  static Optional<CutIndex> of(SourceTable table) {
    return table.indexes().stream()
        .filter(i -> i.kind().equals("BTREE"))
        .map(i -> new CutIndex(table, i, usable(table, i)))
        .filter(i -> !i.key.isEmpty())
        .findFirst();
  }

  /** The leading columns of the index that can be cut. */
  private static List<String> usable(SourceTable table, SourceIndex index) {
    List<String> key = new ArrayList<>();
    for (SourceIndex.Part part : index.parts()) {
      Optional<SourceColumn> column =
          part.column() == null ? Optional.empty() : table.column(part.column());
      if (column.isEmpty()
          || column.get().nullable()
          || part.prefix() != null
          // An index is walked from either end, all of it the same way.
          || part.descending() != index.parts().get(0).descending()
          || column.get().type().keyText() == KeyText.UNUSABLE) {
        break;
      }
      key.add(column.get().name());
    }
    return key;
  }

  /** How the values of a column of the key are compared. */
  KeyText keyText(String column) {
    return table.column(column).orElseThrow().type().keyText();
  }

  /**
   * The key about {@code chunkRows} keys behind {@code start} and above it; null at the end. A key
   * that many rows share, in an index that is not unique, is stepped over as a whole.
   */
  @Nullable List<String> nextBound(
      Connection connection, @Nullable List<String> start, long chunkRows) throws SQLException {
    Bound bound =
        ask(
            connection,
            SourceChunkSql.keyAfter(table, index.name(), key, start, chunkRows),
            key.size());
    // Behind chunkRows keys, or behind the one that fills them all.
    long skip = bound != null && bound.above() ? chunkRows + 1 : 0;
    while (bound != null && !(bound.above() && canBound(bound.key()))) {
      bound =
          ask(
              connection,
              SourceChunkSql.keyAbove(table, index.name(), key, start, skip),
              key.size());
      skip = Math.addExact(Math.multiplyExact(skip, 2), 1);
    }
    return bound == null ? null : bound.key();
  }

  /**
   * A key that the source has.
   *
   * @param above whether it is another key than the start, to the source
   */
  private record Bound(List<String> key, boolean above) {}

  private static @Nullable Bound ask(Connection connection, BoundQuery query, int columns)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query.sql())) {
      query.bind(select);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        List<String> key = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          key.add(row.getString(i));
        }
        return new Bound(key, row.getBoolean(columns + 1));
      }
    }
  }

  /**
   * Whether a key can bound a chunk. PostgreSQL, where the plan is kept, can't hold a NUL in a
   * text; and a zero or partial date, which a column may hold, is compared with as a text or not at
   * all when a query names it (MySQL manual 11.2): a range bounded by one would lose rows.
   */
  private boolean canBound(List<String> bound) {
    for (int i = 0; i < bound.size(); i++) {
      String text = bound.get(i);
      if (text.indexOf('\0') >= 0
          || (keyText(key.get(i)) == KeyText.TEMPORAL && KeyText.day(text).isEmpty())) {
        return false;
      }
    }
    return true;
  }
}
