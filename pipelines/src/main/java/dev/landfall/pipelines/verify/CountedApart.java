package dev.landfall.pipelines.verify;

import dev.landfall.pipelines.api.CheckResult;
import dev.landfall.pipelines.api.TableResult;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.checksum.RowWitness;
import dev.landfall.pipelines.run.TaskContext;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.ConditionLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunTransaction;
import dev.landfall.transforms.model.Mapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the rows that a run has read against those that the source counts. A contradiction is a
 * check of that run that is broken. Everything here may be run again.
 */
public final class CountedApart implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CountedApart.class);

  private final ConnectionSettings source;
  private final MigrationKey migration;
  private final Mapping mapping;
  private final BooleanSupplier stopped;
  private @Nullable RowWitness witness;
  private CompletableFuture<Void> counting = CompletableFuture.completedFuture(null);

  /**
   * For the rows of a run.
   *
   * @param stopped whether to look at no further table
   */
  public CountedApart(
      ConnectionSettings source, MigrationKey migration, Mapping mapping, BooleanSupplier stopped) {
    this.source = source;
    this.migration = migration;
    this.mapping = mapping;
    this.stopped = stopped;
  }

  /** For the rows of a run. */
  public static CountedApart of(TaskContext context) {
    return new CountedApart(context.source(), context.key(), context.mapping(), context.stopped());
  }

  /**
   * Before the first row is read.
   *
   * @param beside whether to count all tables while they are read
   */
  public void begin(boolean beside) {
    try {
      RowWitness counts = RowWitness.from(source, migration);
      witness = counts;
      if (beside) {
        counting = CompletableFuture.runAsync(() -> count(counts));
      }
    } catch (SQLException e) {
      throw Reachability.failed(Side.SOURCE, source, "Asking for the time", e);
    }
  }

  private void count(RowWitness counts) {
    try {
      counts.count(mapping, stopped);
    } catch (SQLException | RuntimeException e) {
      // Counted again where failures of the source are ridden out and explained.
      LOG.debug("what is not counted beside the reading is counted behind it", e);
    }
  }

  /** Ends what is counted beside. */
  @Override
  public void close() {
    if (witness != null) {
      witness.stop();
    }
  }

  /**
   * Behind the last row of a comparison of every row; the ledger has it then.
   *
   * @return the broken check, where the numbers contradict each other
   */
  public Optional<CheckResult> look(VerificationReport report) {
    // Each target of a table that is split has all its rows.
    Map<String, Long> rows =
        report.tables().stream()
            .collect(Collectors.toMap(TableResult::table, TableResult::sourceRows, Math::max));
    Map<Integer, Long> read = new LinkedHashMap<>();
    for (int i = 0; i < mapping.tables().size(); i++) {
      Long ofTable = rows.get(mapping.table(i).source().name().toString());
      if (ofTable != null) {
        read.put(i, ofTable);
      }
    }
    return look(read);
  }

  /** The same of what this run has loaded. */
  public void lookAtLoad() {
    try {
      look(loaded());
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, migration.target(), "Keeping the ledger", e);
    }
  }

  private Optional<CheckResult> look(Map<Integer, Long> read) {
    RowWitness counts = witness;
    if (counts == null) {
      throw new IllegalStateException("nobody has watched");
    }
    counting.join();
    try {
      List<String> contradictions = counts.contradictions(mapping, read, stopped);
      Optional<CheckResult> broken =
          contradictions.isEmpty() ? Optional.empty() : Optional.of(broken(contradictions));
      note(read, broken);
      return broken;
    } catch (SQLException e) {
      throw Reachability.failed(Side.SOURCE, source, "Counting the rows apart", e);
    }
  }

  private static CheckResult broken(List<String> contradictions) {
    return new CheckResult(
        "rows of the source, counted apart",
        CheckResult.Outcome.BROKEN,
        String.join("; ", contradictions)
            + ". Something keeps rows from being read, by the load too: do not rely on"
            + " what was moved, and find out what it is before anything else.",
        contradictions.size(),
        List.of());
  }

  /** Notes what came of it in the ledger. What holds for some tables only supersedes nothing. */
  private void note(Map<Integer, Long> read, Optional<CheckResult> broken) {
    boolean whole = read.size() == mapping.tables().size() && !stopped.getAsBoolean();
    try {
      RunTransaction.require(
          migration,
          connection -> {
            ConditionLedger ledger = new ConditionLedger(connection);
            ledger.forgetCount(migration.run());
            if (broken.isPresent()) {
              CheckResult check = broken.get();
              ledger.addCheck(
                  migration.run(),
                  ConditionLedger.COUNTED,
                  check.name(),
                  check.outcome().name(),
                  check.message(),
                  check.differences());
            }
            if (whole || broken.isPresent()) {
              ledger.looked(migration.run(), ConditionLedger.Look.COUNT);
            }
          });
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, migration.target(), "Keeping the ledger", e);
    }
  }

  /** Of the tables that were read from their first chunk to their last since the run began. */
  private Map<Integer, Long> loaded() throws SQLException {
    try (Connection connection = Pools.of(migration.target(), Pools.Use.GENERAL).getConnection()) {
      return ChunkLedger.loadedBy(connection, migration);
    }
  }
}
