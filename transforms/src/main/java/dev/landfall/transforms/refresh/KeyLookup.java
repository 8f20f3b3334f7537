package dev.landfall.transforms.refresh;

import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.convert.Reject;
import dev.landfall.transforms.convert.TableConverter;
import dev.landfall.transforms.jdbc.SqlStates;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.read.FewRows;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.sql.BoundQuery;
import dev.landfall.transforms.sql.KeyedSql;
import dev.landfall.transforms.sql.SourceKey;
import dev.landfall.transforms.value.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of both sides that have given keys of one target table, the source's converted as
 * the load does. Any number of keys may be given at once; a hundred are a good number. Not
 * thread-safe.
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

  private final TargetTable table;
  private final RowKeys keys;
  private final List<Writer> writers = new ArrayList<>();

  /** One of the source tables that the rows come from. */
  private record Writer(
      TargetPosition position,
      TableMapping mapping,
      TargetTable table,
      SourceKey key,
      TableConverter converter) {

    void convert(Rows read, List<Rows> rows, List<Rejected> rejects) {
      ConvertedBatch batch = converter.convert(new RowBatch(position.table(), 0, 0, true, read));
      rows.add(batch.targets().get(position.target()));
      batch
          .rejects(position.target())
          .forEach(reject -> rejects.add(new Rejected(position, reject)));
    }
  }

  /** A row of the source that can't be converted, and what it was read for. */
  public record Rejected(TargetPosition writer, Reject reject) {}

  /**
   * What the source has.
   *
   * @param rows as rows of the target table
   * @param rejects rows that can't be converted
   */
  public record Found(Rows rows, List<Rejected> rejects) {
    public Found {
      rejects = List.copyOf(rejects);
    }
  }

  /**
   * Lookups of keys of a target table.
   *
   * @throws IllegalArgumentException when it is not {@link #possible}
   */
  public KeyLookup(Mapping mapping, TargetPosition target) {
    this.table = mapping.target(target);
    if (!possible(mapping, target)) {
      throw new IllegalArgumentException("no rows of " + table.name() + " by key");
    }
    this.keys = new RowKeys(mapping, target);
    for (TargetPosition writer : mapping.writers(target)) {
      TableMapping source = mapping.table(writer.table());
      TargetTable written = mapping.target(writer);
      writers.add(
          new Writer(
              writer,
              source,
              written,
              SourceKey.of(source, written).orElseThrow(),
              new TableConverter(source)));
    }
  }

  /**
   * Whether the source's rows can be found by keys of that target table: not without a key, nor
   * where a table of the source has none and the target's is the same for all its rows.
   */
  public static boolean possible(Mapping mapping, TargetPosition target) {
    return mapping.writers(target).stream()
        .allMatch(w -> SourceKey.of(mapping.table(w.table()), mapping.target(w)).isPresent());
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

  /** The source's rows of those keys, of all tables that write the target. */
  public Found source(Connection connection, List<RowKey> keys) throws SQLException {
    List<Rows> rows = new ArrayList<>();
    List<Rejected> rejects = new ArrayList<>();
    for (int i = 0; i < writers.size(); i++) {
      Writer writer = writers.get(i);
      Set<List<@Nullable String>> there = new LinkedHashSet<>();
      for (RowKey key : keys) {
        List<List<@Nullable String>> sources = key.sources().get(i);
        if (sources != null) {
          there.addAll(sources);
        }
      }
      writer.convert(sourceRows(connection, writer, List.copyOf(there)), rows, rejects);
    }
    return new Found(together(rows), rejects);
  }

  private Rows together(List<Rows> rows) {
    return rows.size() == 1 ? rows.get(0) : Rows.concat(table.columns().size(), rows);
  }

  private static Rows sourceRows(
      Connection connection, Writer writer, List<List<@Nullable String>> keys) throws SQLException {
    int columns = writer.mapping.read().size();
    Optional<BoundQuery> query = KeyedSql.source(writer.key, keys);
    if (query.isEmpty()) {
      return Rows.builder(columns).build();
    }
    try {
      return FewRows.read(connection, query.get());
    } catch (SQLException e) {
      if (e.getErrorCode() != NOT_IN_CHARACTER_SET) {
        throw e;
      }
      return oneByOne(keys, columns, key -> sourceRows(connection, writer, List.of(key)));
    }
  }

  /** The target's rows, columns as in {@link TargetTable#columns()}. */
  public Rows target(Connection connection, List<RowKey> keys) throws SQLException {
    if (keys.isEmpty()) {
      return Rows.builder(table.columns().size()).build();
    }
    try {
      return FewRows.read(
          connection, KeyedSql.target(table, keys.stream().map(RowKey::target).toList()));
    } catch (SQLException e) {
      if (SqlStates.classify(e) != SqlStates.Failure.BAD_ROW) {
        throw e;
      }
      return oneByOne(keys, table.columns().size(), key -> target(connection, List.of(key)));
    }
  }

  /** The keys of the table, by which its rows are found on both sides. */
  public RowKeys keys() {
    return keys;
  }

  /** So many rows of each source table, chosen by chance, as {@link KeyedSql#sampleSource} says. */
  public Found sampleSource(Connection connection, long seed, long most) throws SQLException {
    List<Rows> rows = new ArrayList<>();
    List<Rejected> rejects = new ArrayList<>();
    for (Writer writer : writers) {
      BoundQuery query = KeyedSql.sampleSource(writer.key, writer.table, seed, most);
      writer.convert(FewRows.read(connection, query), rows, rejects);
    }
    return new Found(together(rows), rejects);
  }

  /** So many rows of the target, chosen by chance. */
  public Rows sampleTarget(Connection connection, long seed, long rows) throws SQLException {
    return FewRows.read(connection, KeyedSql.sampleTarget(table, seed, rows));
  }

  /** Reads the rows of one key. */
  private interface Reading<K> {
    Rows of(K key) throws SQLException;
  }

  /**
   * Among the keys is one that the side can't have, so that it has no rows: which, is found out.
   */
  private static <K> Rows oneByOne(List<K> keys, int columns, Reading<K> reading)
      throws SQLException {
    List<Rows> found = new ArrayList<>();
    if (keys.size() > 1) {
      for (K key : keys) {
        found.add(reading.of(key));
      }
    }
    return Rows.concat(columns, found);
  }
}
