package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunTransaction;
import dev.landfall.transforms.sql.ReconciliationSql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passes in the ledger: how far the slices of runs have come together. A pass goes on only with a
 * run's verdict, in one transaction, so what a run that failed looked at is due again.
 */
public final class PassLedger {
  private final MigrationKey migration;

  /** The passes of that migration, for that run. */
  public PassLedger(MigrationKey migration) {
    this.migration = migration;
  }

  /**
   * A pass under way.
   *
   * @param tables how far it has come in the source tables that it has begun, by position
   */
  public record Pass(long id, Instant began, Map<Integer, Progress> tables) {
    /** Whether a table is done. */
    boolean finished(int table) {
      Progress progress = tables.get(table);
      return progress != null && progress.finished();
    }
  }

  /**
   * How far a pass has come in a table.
   *
   * @param key the columns that it is cut by
   * @param upto the first key that is due; null when all or nothing is
   * @param rows about how many rows are behind it
   */
  public record Progress(
      List<String> key, @Nullable List<String> upto, boolean finished, long rows) {}

  /**
   * What a run looks at in one source table: keys from {@code start} and below {@code end}.
   *
   * @param rows about how many rows these are
   */
  public record Part(
      int table,
      List<String> key,
      @Nullable List<String> start,
      @Nullable List<String> end,
      long rows) {}

  /** The pass under way; begins one where there is none. */
  Pass open() throws SQLException {
    RunTransaction.require(
        migration,
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(ReconciliationSql.OPEN_PASS)) {
            insert.setString(1, migration.name());
            insert.setString(2, migration.name());
            insert.executeUpdate();
          }
        });
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(ReconciliationSql.PASS)) {
      select.setString(1, migration.name());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        long id = row.getLong(1);
        return new Pass(id, row.getTimestamp(2).toInstant(), tables(connection, id));
      }
    }
  }

  private static Map<Integer, Progress> tables(Connection connection, long pass)
      throws SQLException {
    Map<Integer, Progress> tables = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(ReconciliationSql.PASS_TABLES)) {
      select.setLong(1, pass);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          List<String> key = texts(row.getArray(2));
          tables.put(
              row.getInt(1),
              new Progress(
                  key == null ? List.of() : key,
                  texts(row.getArray(3)),
                  row.getBoolean(4),
                  row.getLong(5)));
        }
      }
    }
    return tables;
  }

  /** Keeps what the run looks at, as part of the connection's transaction. */
  void save(Connection connection, Pass pass, List<Part> parts) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ReconciliationSql.ADD_SLICE)) {
      for (Part part : parts) {
        insert.setLong(1, migration.run());
        insert.setInt(2, part.table());
        insert.setLong(3, pass.id());
        insert.setArray(4, array(connection, part.key()));
        insert.setArray(5, array(connection, part.start()));
        insert.setArray(6, array(connection, part.end()));
        insert.setLong(7, part.rows());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** What the run looks at, in the order of tables. */
  public List<Part> parts() throws SQLException {
    List<Part> parts = new ArrayList<>();
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(ReconciliationSql.SLICE)) {
      select.setLong(1, migration.run());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          List<String> key = texts(row.getArray(2));
          parts.add(
              new Part(
                  row.getInt(1),
                  key == null ? List.of() : key,
                  texts(row.getArray(3)),
                  texts(row.getArray(4)),
                  row.getLong(5)));
        }
      }
    }
    return parts;
  }

  /**
   * Takes the pass as far as the run has looked and says of the run's verdicts which are of parts,
   * as part of the connection's transaction. Behind the verdicts.
   *
   * @param tables how many source tables there are
   */
  public void advance(Connection connection, int tables) throws SQLException {
    try (PreparedStatement advance = connection.prepareStatement(ReconciliationSql.ADVANCE_PASS);
        PreparedStatement close = connection.prepareStatement(ReconciliationSql.CLOSE_PASS);
        PreparedStatement mark = connection.prepareStatement(ReconciliationSql.MARK_PARTS)) {
      advance.setLong(1, migration.run());
      advance.executeUpdate();
      close.setLong(1, migration.run());
      close.setInt(2, tables);
      close.executeUpdate();
      mark.setLong(1, migration.run());
      mark.executeUpdate();
    }
  }

  /**
   * The pass that the run's slice is of.
   *
   * @param finished whether it has come through all tables
   */
  public record Standing(Instant began, boolean finished, Map<Integer, Progress> tables) {
    /** About how many rows the pass has come through. */
    public long rows() {
      return tables.values().stream().mapToLong(Progress::rows).sum();
    }
  }

  /** Where the pass stands that the run's slice is of; empty for a run without one. */
  public Optional<Standing> standing() throws SQLException {
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(ReconciliationSql.PASS_OF)) {
      select.setLong(1, migration.run());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Standing(
                    row.getTimestamp(1).toInstant(),
                    row.getBoolean(2),
                    tables(connection, row.getLong(3))))
            : Optional.empty();
      }
    }
  }

  private static @Nullable Array array(Connection connection, @Nullable List<String> texts)
      throws SQLException {
    return texts == null ? null : connection.createArrayOf("text", texts.toArray());
  }

  private static @Nullable List<String> texts(@Nullable Array array) throws SQLException {
    return array == null ? null : List.of((String[]) array.getArray());
  }

  private Connection connect() throws SQLException {
    return Pools.of(migration.target(), Pools.Use.GENERAL).getConnection();
  }
}
