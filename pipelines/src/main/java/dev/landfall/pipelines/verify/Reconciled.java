package dev.landfall.pipelines.verify;

import dev.landfall.pipelines.api.Reconciliation;
import dev.landfall.pipelines.api.Slice;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.checksum.KnownDifferences;
import dev.landfall.transforms.ledger.HistoryLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.PassLedger;
import dev.landfall.transforms.ledger.RunTransaction;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a verification adds to those before it: the pass that goes on, what is new, its summary. */
final class Reconciled {
  private final MigrationKey migration;
  private final Mapping mapping;
  private final @Nullable Slice slice;
  private final PassLedger passes;
  private long newDifferences;

  Reconciled(MigrationKey migration, Mapping mapping, @Nullable Slice slice) {
    this.migration = migration;
    this.mapping = mapping;
    this.slice = slice;
    this.passes = new PassLedger(migration);
  }

  /** Says what is asked for, so that a run that fails has it in its history too. */
  void begin(VerifyRequest.Level level) throws SQLException {
    RunTransaction.require(
        migration,
        connection ->
            history(connection)
                .begin(migration.run(), level.name(), slice == null ? null : slice.toString()));
  }

  /** The source tables that the run was to compare, by position. */
  Set<Integer> tables() throws SQLException {
    return slice == null
        ? IntStream.range(0, mapping.tables().size()).boxed().collect(Collectors.toSet())
        : passes.parts().stream().map(PassLedger.Part::table).collect(Collectors.toSet());
  }

  /**
   * Keeps it, as part of the transaction that has written the verdict. A look at some rows learns
   * what it finds, and forgets nothing; a count is measured by the one before.
   */
  void keep(Connection connection, VerifyRequest request) throws SQLException {
    if (slice != null) {
      passes.advance(connection, mapping.tables().size());
    }
    boolean everyRow =
        request.level() == VerifyRequest.Level.CHECKSUM
            || request.level() == VerifyRequest.Level.FULL;
    newDifferences = new KnownDifferences(migration, mapping).update(connection, everyRow);
    history(connection)
        .sumUp(migration.run(), newDifferences, request.alarm() && newDifferences > 0);
  }

  private HistoryLedger history(Connection connection) {
    return new HistoryLedger(connection, migration.name());
  }

  /** For people and documents; behind the transaction. */
  Reconciliation report() throws SQLException {
    return new Reconciliation(migration.run(), newDifferences, slice == null ? null : pass(slice));
  }

  private Reconciliation.Pass pass(Slice asked) throws SQLException {
    PassLedger.Standing standing = passes.standing().orElseThrow();
    List<PassLedger.Part> parts = passes.parts();
    Set<Integer> looked = tables();
    long left =
        IntStream.range(0, mapping.tables().size())
            .mapToLong(table -> left(table, standing.tables().get(table)))
            .sum();
    long rows = standing.rows();
    return new Reconciliation.Pass(
        asked,
        standing.began(),
        standing.finished() ? 1 : Math.min(0.99, rows / (double) Math.max(1, rows + left)),
        standing.finished(),
        parts.stream().map(this::range).toList(),
        mapping.targets().stream()
            .filter(target -> !looked.contains(target.table()))
            .map(target -> mapping.target(target).name().toString())
            .toList());
  }

  /** About how many rows of a table the pass has before it, by the source's statistics. */
  private long left(int table, PassLedger.@Nullable Progress progress) {
    long all = Math.max(1, mapping.table(table).source().estimatedRows());
    if (progress == null) {
      return all;
    }
    return progress.finished() ? 0 : Math.max(1, all - progress.rows());
  }

  private Reconciliation.Range range(PassLedger.Part part) {
    TableMapping table = mapping.table(part.table());
    return new Reconciliation.Range(
        table.source().name().toString(), part.key(), part.start(), part.end());
  }
}
