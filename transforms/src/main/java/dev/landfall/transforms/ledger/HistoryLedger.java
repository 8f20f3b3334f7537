package dev.landfall.transforms.ledger;

import dev.landfall.transforms.sql.ReconciliationSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a migration's runs, and which alarms are to be told. */
public final class HistoryLedger {
  /** Enough to see what is wrong; a document that a chat or a pager takes. */
  private static final int FIRST_NEW = 20;

  private final Connection connection;
  private final String name;

  /** The history of that migration, over that connection to the target. */
  public HistoryLedger(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /** The newest entries, newest first; none where there is no ledger yet. */
  public List<HistoryEntry> entries(int limit) throws SQLException {
    if (!isThere()) {
      return List.of();
    }
    List<HistoryEntry> entries = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(ReconciliationSql.HISTORY)) {
      select.setString(1, name);
      select.setString(2, name);
      select.setInt(3, limit);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          entries.add(entry(row));
        }
      }
    }
    return entries;
  }

  private static HistoryEntry entry(ResultSet row) throws SQLException {
    Timestamp ended = row.getTimestamp(4);
    return new HistoryEntry(
        number(row, 1),
        row.getString(2),
        row.getTimestamp(3).toInstant(),
        ended == null ? null : ended.toInstant(),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        number(row, 9),
        number(row, 10),
        number(row, 11),
        number(row, 12),
        row.getString(13),
        row.getString(14));
  }

  private static @Nullable Long number(ResultSet row, int column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : number;
  }

  /**
   * Notes a run that could not start; nothing where the migration has not begun, or where the run
   * did start and has an entry.
   */
  public void couldNotStart(String command, Instant started, String outcome, String message)
      throws SQLException {
    if (!isThere()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(ReconciliationSql.ADD_ATTEMPT)) {
      insert.setString(1, command);
      insert.setTimestamp(2, Timestamp.from(started));
      insert.setString(3, outcome);
      insert.setString(4, message);
      insert.setString(5, name);
      insert.setString(6, command);
      insert.setString(7, outcome);
      insert.setTimestamp(8, Timestamp.from(started));
      insert.executeUpdate();
    }
  }

  /**
   * Forgets what ended longer ago than that: attempts, and verifications that say nothing any more
   * because each of their tables was compared to its end since.
   */
  public void prune(Duration keep) throws SQLException {
    if (!isThere()) {
      return;
    }
    for (String sql : ReconciliationSql.PRUNE) {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setString(1, name);
        delete.setLong(2, keep.toSeconds());
        delete.executeUpdate();
      }
    }
  }

  /** What there is to tell of a run. */
  public Alarm alarm(long run) throws SQLException {
    List<Alarm.Difference> first = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(ReconciliationSql.NEW_DIFFERENCES)) {
      select.setLong(1, run);
      select.setInt(2, FIRST_NEW);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          first.add(
              new Alarm.Difference(
                  row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
        }
      }
    }
    try (PreparedStatement select = connection.prepareStatement(ReconciliationSql.ALARM)) {
      select.setLong(1, run);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("run " + run + " has no summary");
        }
        return new Alarm(
            name,
            run,
            row.getTimestamp(1).toInstant(),
            row.getTimestamp(2).toInstant(),
            row.getString(7),
            row.getLong(3),
            row.getLong(4),
            row.getLong(5),
            row.getLong(6),
            first);
      }
    }
  }

  /** Runs whose alarm reached nobody, oldest first. */
  public List<Long> untold() throws SQLException {
    List<Long> runs = new ArrayList<>();
    if (isThere()) {
      try (PreparedStatement select = connection.prepareStatement(ReconciliationSql.UNTOLD)) {
        select.setString(1, name);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            runs.add(row.getLong(1));
          }
        }
      }
    }
    return runs;
  }

  /**
   * Keeps whether a run's alarm was told.
   *
   * @param error why it was not; null when it was
   */
  public void told(long run, @Nullable String error) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(ReconciliationSql.SET_ALARM)) {
      update.setString(1, error == null ? "TOLD" : "FAILED");
      update.setString(2, error);
      update.setLong(3, run);
      update.executeUpdate();
    }
  }

  private boolean isThere() throws SQLException {
    return new MigrationLedger(connection, name).isInstalled();
  }
}
