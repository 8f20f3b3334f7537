package dev.landfall.transforms.refresh;

import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.convert.TableConverter;
import dev.landfall.transforms.jdbc.SqlStates;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.read.FewRows;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.read.Rows;
import dev.landfall.transforms.sql.BoundQuery;
import dev.landfall.transforms.sql.KeyedSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of both sides that have given keys of one target table, the source's converted as
 * the load does. Keys are the texts of the target's key columns in their order, as either side has
 * them. Any number of keys may be given at once; a hundred are a good number. Not thread-safe.
 *
 * <p>There may be more rows than were asked for: a collation of the source finds texts that are
 * only alike, and two of the keys may be the same.
 */
public final class KeyLookup {
  /**
   * Illegal mix of collations (MySQL manual, server error reference): a text that the column's
   * character set can't hold, so no row has it.
   */
  private static final int NOT_IN_CHARACTER_SET = 1267;

  private final int position;
  private final TableMapping mapping;
  private final TargetTable table;
  private final TableConverter converter;

  /**
   * Lookups of keys of a target table.
   *
   * @param position of the source table in its mapping
   * @throws IllegalArgumentException when it is not {@link #possible}
   */
  public KeyLookup(int position, TableMapping mapping, TargetTable table) {
    if (!possible(mapping, table)) {
      throw new IllegalArgumentException("no rows of " + table.name() + " by key");
    }
    this.position = position;
    this.mapping = mapping;
    this.table = table;
    this.converter = new TableConverter(mapping);
  }

  /**
   * Whether the source's rows can be found by keys of that target table: not without a key, nor
   * where a conversion or a rule makes the same key of different values.
   */
  public static boolean possible(TableMapping mapping, TargetTable table) {
    return KeyedSql.readable(mapping, table);
  }

  /** How many keys of a table are worked on together: statements stay short, and rows few. */
  public static int keysAtOnce(SourceTable table) {
    long row = Math.max(1, table.estimatedBytes() / Math.max(1, table.estimatedRows()));
    return (int) Math.max(1, Math.min(MOST_KEYS, MOST_BYTES / row));
  }

  /** So many keys at most are one statement, and one transaction of a refresh. */
  private static final int MOST_KEYS = 100;

  /** So much of both sides at most is in memory for them, as far as the statistics tell. */
  private static final long MOST_BYTES = 8L << 20;

  /** The source's rows as rows of all target tables of the mapping, and those that are rejected. */
  public ConvertedBatch source(Connection connection, List<? extends List<@Nullable String>> keys)
      throws SQLException {
    Optional<BoundQuery> query = KeyedSql.source(mapping, table, keys);
    Rows rows = query.isEmpty() ? none() : sourceRows(connection, keys, query.get());
    return converter.convert(new RowBatch(position, 0, 0, true, rows));
  }

  private Rows none() {
    return Rows.builder(mapping.read().size()).build();
  }

  private Rows sourceRows(
      Connection connection, List<? extends List<@Nullable String>> keys, BoundQuery query)
      throws SQLException {
    try {
      return FewRows.read(connection, query);
    } catch (SQLException e) {
      if (e.getErrorCode() != NOT_IN_CHARACTER_SET) {
        throw e;
      }
      return oneByOne(
          keys,
          mapping.read().size(),
          key -> {
            Optional<BoundQuery> single = KeyedSql.source(mapping, table, key);
            return single.isEmpty() ? none() : sourceRows(connection, key, single.get());
          });
    }
  }

  /** The target's rows, columns as in {@link TargetTable#columns()}. */
  public Rows target(Connection connection, List<? extends List<@Nullable String>> keys)
      throws SQLException {
    if (keys.isEmpty()) {
      return Rows.builder(table.columns().size()).build();
    }
    try {
      return FewRows.read(connection, KeyedSql.target(table, keys));
    } catch (SQLException e) {
      if (SqlStates.classify(e) != SqlStates.Failure.BAD_ROW) {
        throw e;
      }
      return oneByOne(keys, table.columns().size(), key -> target(connection, key));
    }
  }

  /**
   * Whether a key may be found in the source at all. A text that no value of the source becomes is
   * that of a row which could not be converted.
   */
  public boolean findable(List<@Nullable String> key) {
    return KeyedSql.source(mapping, table, List.of(key)).isPresent();
  }

  /** So many rows of the source, chosen by chance, as {@link KeyedSql#sampleSource} says. */
  public ConvertedBatch sampleSource(Connection connection, long seed, long rows)
      throws SQLException {
    BoundQuery query = KeyedSql.sampleSource(mapping, table, seed, rows);
    Rows chosen = FewRows.read(connection, query);
    return converter.convert(new RowBatch(position, 0, 0, true, chosen));
  }

  /** So many rows of the target, chosen by chance. */
  public Rows sampleTarget(Connection connection, long seed, long rows) throws SQLException {
    return FewRows.read(connection, KeyedSql.sampleTarget(table, seed, rows));
  }

  /** Reads the rows of one key. */
  private interface Reading {
    Rows of(List<List<@Nullable String>> key) throws SQLException;
  }

  /**
   * Among the keys is one that the side can't have, so that it has no rows: which, is found out.
   */
  private static Rows oneByOne(
      List<? extends List<@Nullable String>> keys, int columns, Reading reading)
      throws SQLException {
    List<Rows> found = new ArrayList<>();
    if (keys.size() > 1) {
      for (List<@Nullable String> key : keys) {
        found.add(reading.of(List.of(key)));
      }
    }
    return Rows.concat(columns, found);
  }
}
