package dev.landfall.transforms.load;

import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.sql.ClaimSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The target's session that holds a chunk's claim, as it was at one look.
 *
 * @param who the session, for a message
 * @param working whether the server itself is at work for it; false where that can't be seen
 * @param silent whether it may be getting on with a statement though no look can show it
 * @param sign a text that changes with everything that the session does
 */
record ClaimHolder(String who, boolean working, boolean silent, String sign) {
  /** The first version that shows how far a COPY is, in pg_stat_progress_copy. */
  private static final int SHOWS_COPY = 14;

  /**
   * Who holds the chunk now, empty when nobody does, or nobody who can be found: a prepared
   * transaction has no session. Over a connection that commits each statement: within one
   * transaction PostgreSQL shows the sessions as they were at its first look.
   */
  static Optional<ClaimHolder> of(
      Connection connection, MigrationKey migration, int table, long number) throws SQLException {
    boolean shown = showsCopy(connection);
    try (PreparedStatement select = connection.prepareStatement(ClaimSql.holder(shown))) {
      select.setString(1, migration.name());
      select.setInt(2, table);
      select.setLong(3, number);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next() || row.getString(1) == null) {
          return Optional.empty();
        }
        return Optional.of(
            new ClaimHolder(
                who(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                "f".equals(row.getString(5)),
                !shown && row.getBoolean(6),
                row.getString(7)));
      }
    }
  }

  /**
   * Ends the session, unless it has done anything since the look, has let go of the chunk, or is
   * not shown to this role, so that nobody knows what it does.
   *
   * @return whether the server was told to end it, which it does a moment later
   * @throws SQLException SQLState 42501 when the session is another role's
   */
  boolean end(Connection connection, MigrationKey migration, int table, long number)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(ClaimSql.endHolder(showsCopy(connection)))) {
      select.setString(1, migration.name());
      select.setInt(2, table);
      select.setLong(3, number);
      select.setString(4, sign);
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static boolean showsCopy(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseMajorVersion() >= SHOWS_COPY;
  }

  private static String who(
      String pid, @Nullable String user, @Nullable String host, @Nullable String since) {
    return "session "
        + pid
        + (user == null ? "" : " of " + user)
        + (host == null ? "" : " from " + host)
        + (since == null ? "" : ", since " + since);
  }
}
