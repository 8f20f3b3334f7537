package dev.landfall.transforms.load;

import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.convert.Reject;
import dev.landfall.transforms.convert.Rejects;
import dev.landfall.transforms.jdbc.SqlStates;
import dev.landfall.transforms.ledger.JsonKeys;
import dev.landfall.transforms.ledger.LoadLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.sql.TransactionSql;
import dev.landfall.transforms.value.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One chunk's transaction: claim its ledger row, copy its rows into every target table, record
 * rejects and dispositions, mark the ledger row, commit. Rows that the target refuses are found by
 * halving and become rejects; all other failures leave nothing behind.
 */
final class ChunkLoad {
  private final Connection connection;
  private final ChunkClaim claim;
  private final MigrationKey migration;
  private final TableMapping mapping;
  private final CopyWriter[] writers;
  private final int table;
  private final long number;
  private final long begun = System.nanoTime();
  private final RuleUses uses;

  /** Rows of the batch in hand that the target refused, by their place in its source. */
  private final Set<Integer> refused = new HashSet<>();

  private long read;
  private long loaded;
  private long filtered;
  private long rejected;
  private long bytes;

  /** The target table that is or was written to last: the one that refused, after a refusal. */
  private int copying;

  ChunkLoad(
      Connection connection,
      ChunkClaim claim,
      MigrationKey migration,
      TableMapping mapping,
      CopyWriter[] writers,
      RowBatch first) {
    this.connection = connection;
    this.claim = claim;
    this.migration = migration;
    this.mapping = mapping;
    this.writers = writers;
    this.uses = new RuleUses(mapping);
    this.table = first.table();
    this.number = first.chunk();
  }

  /**
   * Begins the transaction, as {@link ChunkClaim#take} does.
   *
   * @return false when the chunk is committed already, or the run has ended; then there is nothing
   *     to do
   */
  boolean begin() throws SQLException, InterruptedException {
    if (!claim.take(connection)) {
      return false;
    }
    if (mapping.targets().stream().anyMatch(t -> t.existing())) {
      execute(TransactionSql.IMMEDIATE);
    }
    return true;
  }

  /**
   * Loads a batch of the chunk.
   *
   * @return false when the chunk was committed by another worker while this one began again; then
   *     there is nothing more to do
   */
  boolean load(ConvertedBatch batch) throws SQLException, InterruptedException {
    int rows = batch.size();
    refused.clear();
    long others = batch.source().others();
    read += batch.source().rows().size() + others;
    filtered += batch.filtered() + others;
    boolean whole = batch.source().sequence() == 0 && batch.source().last();
    if (whole) {
      // Nothing else is in the transaction: no savepoint is needed until a row is refused.
      try {
        copy(batch, 0, rows, CopyWriter::write);
      } catch (SQLException e) {
        if (SqlStates.classify(e) != SqlStates.Failure.BAD_ROW) {
          throw e;
        }
        connection.rollback();
        if (!begin()) {
          return false;
        }
        isolate(batch, 0, rows, e);
      }
    } else {
      copyIsolating(batch, 0, rows, CopyWriter::write);
    }
    for (Reject reject : batch.rejects()) {
      add(reject, null);
    }
    uses.add(batch, refused);
    return true;
  }

  /**
   * Marks the chunk and commits. A run that has ended since the claim does no harm: nobody else
   * could claim the chunk, and whoever comes next finds it done.
   */
  LoadedChunk commit() throws SQLException {
    LoadedChunk result = LoadedChunk.create(table, number, read, loaded, filtered, rejected, bytes);
    LoadLedger ledger = ledger();
    uses.store(ledger);
    ledger.commit((System.nanoTime() - begun) / 1_000_000, read, loaded, filtered, rejected, bytes);
    return result;
  }

  private void copyIsolating(ConvertedBatch batch, int from, int to, Copy copy)
      throws SQLException {
    if (from == to) {
      return;
    }
    execute(TransactionSql.SAVEPOINT);
    try {
      copy(batch, from, to, copy);
      execute(TransactionSql.RELEASE);
    } catch (SQLException e) {
      if (SqlStates.classify(e) != SqlStates.Failure.BAD_ROW) {
        throw e;
      }
      execute(TransactionSql.ROLLBACK_TO);
      execute(TransactionSql.RELEASE);
      isolate(batch, from, to, e);
    }
  }

  /** Loads what rows of the source give, at least one of which is refused. */
  private void isolate(ConvertedBatch batch, int from, int to, SQLException refusal)
      throws SQLException {
    if (to - from == 1) {
      int row = batch.sourceRow(from);
      RefusedColumn column =
          RefusedColumn.of(
              refusal, mapping, mapping.targets().get(copying), batch.source().rows(), row);
      refused.add(row);
      add(
          Rejects.of(mapping, batch.source().rows(), row, column.mapping(), column.reason()),
          targetKeys(batch, from));
      return;
    }
    int middle = (from + to) >>> 1;
    copyIsolating(batch, from, middle, CopyWriter::writeText);
    copyIsolating(batch, middle, to, CopyWriter::writeText);
  }

  /** One of the ways to write rows. */
  private interface Copy {
    void copy(CopyWriter writer, Connection connection, Rows rows, int from, int to)
        throws SQLException;
  }

  private void copy(ConvertedBatch batch, int from, int to, Copy copy) throws SQLException {
    if (from == to) {
      return;
    }
    long copied = 0;
    for (int target = 0; target < writers.length; target++) {
      copying = target;
      Rows rows = batch.targets().get(target);
      int start = batch.start(target, from);
      int end = batch.start(target, to);
      if (start < end) {
        copy.copy(writers[target], connection, rows, start, end);
        copied += byteCount(rows, start, end);
      }
    }
    loaded += to - from;
    bytes += copied;
  }

  private static long byteCount(Rows rows, int from, int to) {
    return (long) rows.end(to - 1, rows.columns() - 1) - rows.start(from, 0);
  }

  /**
   * Hashes of the keys that a row would have in the target tables, as a comparison names it; null
   * in the place of one that does not take it.
   */
  private List<@Nullable String> targetKeys(ConvertedBatch batch, int place) {
    List<@Nullable String> hashes = new ArrayList<>();
    for (int target = 0; target < mapping.targets().size(); target++) {
      TargetTable table = mapping.targets().get(target);
      Rows rows = batch.targets().get(target);
      int row = batch.start(target, place);
      if (row == batch.start(target, place + 1)) {
        hashes.add(null);
        continue;
      }
      int[] positions =
          table.key().isEmpty()
              ? IntStream.range(0, rows.columns()).toArray()
              : table.keyPositions();
      Map<String, @Nullable String> key = new HashMap<>();
      for (int position : positions) {
        key.put(table.columns().get(position).name(), rows.text(row, position));
      }
      hashes.add(JsonKeys.hash(key));
    }
    return hashes;
  }

  private void add(Reject reject, @Nullable List<@Nullable String> targetKeys) throws SQLException {
    rejected++;
    ledger()
        .reject(
            mapping.source().name().toString(),
            JsonKeys.json(reject.key()),
            reject.column(),
            reject.reason(),
            reject.value(),
            targetKeys);
  }

  private LoadLedger ledger() {
    return new LoadLedger(connection, migration, table, number);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
