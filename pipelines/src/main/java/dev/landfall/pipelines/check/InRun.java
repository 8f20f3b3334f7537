package dev.landfall.pipelines.check;

import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.MigrationKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What the checks of a run look at.
 *
 * @param migration the run that asks
 * @param work what it does
 * @param stopped whether to go no further
 * @param read the rows that it has read, when the work is done
 */
public record InRun(
    Spec spec,
    Prepared prepared,
    MigrationKey migration,
    Work work,
    BooleanSupplier stopped,
    RowsRead read) {
  /** The same when the work is done. */
  public InRun behind(RowsRead rows) {
    return new InRun(spec, prepared, migration, work, stopped, rows);
  }

  /** What a run does. */
  public sealed interface Work {}

  /**
   * Loads rows.
   *
   * @param compared whether every row is compared afterwards
   */
  public record Load(boolean compared) implements Work {}

  /** Compares rows. */
  public record Compare(VerifyRequest request) implements Work {}

  /** How many rows of each source table were read, by its position. */
  @FunctionalInterface
  public interface RowsRead {
    /** Of the tables that were read from their first row to their last since the run began. */
    Map<Integer, Long> byTable() throws SQLException;
  }

  /** Something to be asked of a database. */
  @FunctionalInterface
  interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  /**
   * Asks a database, the source over a connection of its own.
   *
   * @param doing what this is, for a message
   * @throws dev.landfall.transforms.MigrationException when it fails
   */
  <T> T ask(Side side, String doing, Question<T> question) {
    ConnectionSettings settings =
        side == Side.SOURCE ? spec.source().connection() : migration.target();
    try (Connection connection =
        side == Side.SOURCE
            ? Reachability.open(side, settings)
            : Pools.of(settings, Pools.Use.GENERAL).getConnection()) {
      return question.ask(connection);
    } catch (SQLException e) {
      throw Reachability.failed(side, settings, doing, e);
    }
  }

  /** How many rows were read, for what is asked when the work is done. */
  Map<Integer, Long> rowsRead() {
    try {
      return read.byTable();
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, migration.target(), "Keeping the ledger", e);
    }
  }

  /** Whether the target's schema is to be compared. */
  boolean comparesSchema() {
    return work instanceof Compare compare && compare.request().schema();
  }
}
