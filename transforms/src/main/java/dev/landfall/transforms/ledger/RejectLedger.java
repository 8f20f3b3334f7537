package dev.landfall.transforms.ledger;

import dev.landfall.transforms.sql.RejectSql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a migration's ledger knows of rows that could not be loaded. */
public final class RejectLedger {
  private final Connection connection;
  private final String name;

  /** The rejects of that migration, over that connection to the target. */
  public RejectLedger(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /**
   * The first rejects.
   *
   * @param tables names of source tables, as the ledger has them; all when empty
   * @param mended whether those too that were mended
   */
  public RejectList list(Collection<String> tables, boolean mended, int limit) throws SQLException {
    if (!new MigrationLedger(connection, name).isInstalled()) {
      return RejectList.NONE;
    }
    List<RejectList.Row> rows = new ArrayList<>();
    long standing = 0;
    long gone = 0;
    try (PreparedStatement select = connection.prepareStatement(RejectSql.LIST)) {
      Array wanted = connection.createArrayOf("text", tables.toArray());
      select.setString(1, name);
      select.setArray(2, wanted);
      select.setArray(3, wanted);
      select.setBoolean(4, mended);
      select.setInt(5, limit);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Timestamp mendedAt = row.getTimestamp(8);
          rows.add(
              new RejectList.Row(
                  row.getString(1),
                  key(row, 2),
                  row.getString(4),
                  row.getString(5),
                  row.getString(6),
                  row.getTimestamp(7).toInstant(),
                  mendedAt == null ? null : mendedAt.toInstant(),
                  mendedAt == null ? null : (Long) row.getLong(9)));
          standing = row.getLong(10);
          gone = row.getLong(11);
        }
      }
    }
    return new RejectList(standing, gone, rows);
  }

  /** How many were mended, by the table's position. */
  public Map<Integer, Long> mended() throws SQLException {
    Map<Integer, Long> mended = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(RejectSql.MENDED)) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          mended.put(row.getInt(1), row.getLong(2));
        }
      }
    }
    return mended;
  }

  /**
   * A reject that stands.
   *
   * @param table the source table's position
   */
  public record Standing(long id, int table, Map<String, @Nullable String> key, String reason) {}

  /** The next of those that stand, by their ids, behind one. */
  public List<Standing> standing(long behind, int limit) throws SQLException {
    List<Standing> page = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(RejectSql.STANDING)) {
      select.setString(1, name);
      select.setLong(2, behind);
      select.setInt(3, limit);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          page.add(new Standing(row.getLong(1), row.getInt(2), key(row, 3), row.getString(5)));
        }
      }
    }
    return page;
  }

  /** Marks those of the tables that a run compared row by row to the end and found equal. */
  public void mendOfEqual(long run) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(RejectSql.MEND_OF_EQUAL)) {
      update.setLong(1, run);
      update.setString(2, name);
      update.setLong(3, run);
      update.setLong(4, run);
      update.executeUpdate();
    }
  }

  /** Marks some. */
  public void mend(long run, Collection<Long> ids) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(RejectSql.MEND)) {
      update.setLong(1, run);
      update.setArray(2, connection.createArrayOf("bigint", ids.toArray()));
      update.executeUpdate();
    }
  }

  private static Map<String, @Nullable String> key(ResultSet row, int column) throws SQLException {
    String[] names = (String[]) Objects.requireNonNull(row.getArray(column)).getArray();
    @Nullable String[] texts =
        (String[]) Objects.requireNonNull(row.getArray(column + 1)).getArray();
    Map<String, @Nullable String> key = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      key.put(names[i], texts[i]);
    }
    return key;
  }
}
