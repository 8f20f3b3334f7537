package dev.landfall.transforms.ledger;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.compute.KeyMap;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * A map in the ledger. It outlives the migration that made it, so that one that is begun anew gives
 * the same numbers. Each entry has a checksum: one that somebody changed is not believed.
 *
 * @param ledger the database that has the ledger
 * @param migration the migration's name
 * @param of whose keys they are
 */
public record LedgerKeyMap(ConnectionSettings ledger, String migration, String of)
    implements KeyMap {
  private static final long serialVersionUID = 1L;

  private static final String MARK = "md5(concat_ws(':', :name, :of, key, number))";

  private static final String BEGIN =
      "INSERT INTO landfall.key_space (migration, of_table) VALUES (:name, :of) ON CONFLICT DO NOTHING";

  /**
   * Whoever adds some waits for the row of the space. Two may want numbers for the same key: the
   * second finds it there and leaves a gap.
   */
  private static final String ADD =
      """
      WITH missing AS (
        SELECT key, row_number() OVER () AS place FROM unnest(:keys) AS wanted(key)
        WHERE (SELECT n.number FROM landfall.key_number n
               WHERE n.migration = :name AND n.of_table = :of AND n.key = wanted.key) IS NULL),
      taken AS (
        UPDATE landfall.key_space SET next = next + (SELECT count(*) FROM missing)
        WHERE migration = :name AND of_table = :of AND EXISTS (SELECT FROM missing)
        RETURNING next - (SELECT count(*) FROM missing) AS first),
      numbered AS (
        SELECT key, first + place - 1 AS number FROM missing CROSS JOIN taken)
      INSERT INTO landfall.key_number (migration, of_table, key, number, mark)
      SELECT :name, :of, key, number,
      """
          + MARK
          + " FROM numbered ON CONFLICT (migration, of_table, key) DO NOTHING";

  /** One look into the index for each key, whatever the server thinks of a table that is new. */
  private static final String READ =
      "SELECT key, number::text AS number, mark = "
          + MARK
          + """
       AS unchanged
      FROM unnest(:keys) AS wanted(wanted_key) CROSS JOIN LATERAL (
        SELECT key, number, mark FROM landfall.key_number n
        WHERE n.migration = :name AND n.of_table = :of AND n.key = wanted_key OFFSET 0) n
      """;

  @Override
  public Map<String, String> numbers(Collection<String> keys) {
    Pools.Lease lease = Pools.lease();
    try (lease;
        Connection connection = Pools.of(ledger, Pools.Use.GENERAL).getConnection()) {
      Map<String, String> known = read(connection, keys);
      if (known.size() < keys.size()) {
        query(connection, BEGIN).update();
        query(connection, ADD).bind("keys", "text", keys).update();
        known = read(connection, keys);
      }
      return known;
    } catch (SQLException e) {
      throw new IllegalStateException("Reading the numbers of " + of + "'s keys failed", e);
    }
  }

  private Map<String, String> read(Connection connection, Collection<String> keys)
      throws SQLException {
    Map<String, String> known = new HashMap<>();
    query(connection, READ)
        .bind("keys", "text", keys)
        .each(
            row -> {
              if (!row.isTrue("unchanged")) {
                throw new MigrationException(
                    MigrationException.Kind.FAILED,
                    "The number "
                        + row.text("number")
                        + " that landfall.key_number has for the key "
                        + row.text("key")
                        + " of "
                        + of
                        + " is not the one that was given: somebody changed the table. Put the old"
                        + " number back; rows that refer to it were loaded with that one.");
              }
              known.put(row.text("key"), row.text("number"));
            });
    return known;
  }

  private Query query(Connection connection, String sql) {
    return Query.of(connection, sql).bind("name", migration).bind("of", of);
  }
}
