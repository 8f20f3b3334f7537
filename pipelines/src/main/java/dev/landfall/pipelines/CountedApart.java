package dev.landfall.pipelines;

import dev.landfall.pipelines.checksum.RowWitness;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.ConditionLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunTransaction;
import dev.landfall.transforms.schema.Mapping;
import dev.landfall.transforms.sql.ConditionSql;
import dev.landfall.transforms.sql.WitnessSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the rows that a run has read against those that the source counts. A contradiction is a
 * check of that run that is broken. Everything here may be run again.
 */
final class CountedApart {
  private final ConnectionSettings source;
  private final MigrationKey migration;
  private final Mapping mapping;
  private @Nullable RowWitness witness;

  CountedApart(ConnectionSettings source, MigrationKey migration, Mapping mapping) {
    this.source = source;
    this.migration = migration;
    this.mapping = mapping;
  }

  /** Before the first row is read. */
  void begin() {
    try {
      witness = RowWitness.from(source, migration);
    } catch (SQLException e) {
      throw Reachability.failed(Side.SOURCE, source, "Asking for the time", e);
    }
  }

  /**
   * Behind the last one: a broken check where they contradict each other.
   *
   * @param read how many rows were read of each table since the beginning, by its position
   * @param stopped whether to look at no further table
   */
  Optional<CheckResult> look(Map<Integer, Long> read, BooleanSupplier stopped) {
    RowWitness counting = witness;
    if (counting == null) {
      throw new IllegalStateException("nobody has watched");
    }
    try {
      List<String> contradictions = counting.contradictions(mapping, read, stopped);
      return contradictions.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new CheckResult(
                  "rows of the source, counted apart",
                  CheckResult.Outcome.BROKEN,
                  String.join("; ", contradictions)
                      + ". Something keeps rows from being read, by the load too: do not rely on"
                      + " what was moved, and find out what it is before anything else.",
                  contradictions.size(),
                  List.of()));
    } catch (SQLException e) {
      throw Reachability.failed(Side.SOURCE, source, "Counting the rows apart", e);
    }
  }

  /** The same of what this run has loaded; the ledger has it then. */
  void lookAtLoad(BooleanSupplier stopped) {
    try {
      Map<Integer, Long> read = read();
      note(read, look(read, stopped), stopped);
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, migration.target(), "Keeping the ledger", e);
    }
  }

  /** Notes what came of it in the ledger. What holds for some tables only supersedes nothing. */
  void note(Map<Integer, Long> read, Optional<CheckResult> broken, BooleanSupplier stopped) {
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
                  ConditionSql.COUNTED,
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
  private Map<Integer, Long> read() throws SQLException {
    Map<Integer, Long> read = new LinkedHashMap<>();
    try (Connection connection = Pools.of(migration.target(), Pools.Use.GENERAL).getConnection();
        PreparedStatement select = connection.prepareStatement(WitnessSql.LOADED)) {
      select.setString(1, migration.name());
      select.setLong(2, migration.run());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          read.put(row.getInt(1), row.getLong(2));
        }
      }
    }
    return read;
  }
}
