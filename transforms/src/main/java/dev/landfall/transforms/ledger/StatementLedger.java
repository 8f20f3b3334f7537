package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Which statements of a migration's spec ran. Each is noted, as an event, in the transaction of
 * what it did, so that it is done if and only if it is here. Works on the connection that it is
 * given.
 */
public final class StatementLedger {
  private final Connection connection;
  private final String migration;

  /** Of that migration. */
  public StatementLedger(Connection connection, String migration) {
    this.connection = connection;
    this.migration = migration;
  }

  /**
   * A statement that ran.
   *
   * @param moment when, as the spec calls it
   * @param number its place in the moment's list, from 0
   * @param hash of its text, which itself is not kept: it may hold a secret
   * @param place where it stood, for messages
   */
  public record Ran(String moment, int number, String hash, String place) {}

  /** Those that ran, in order; on a ledger that is installed. */
  public List<Ran> ran() throws SQLException {
    return Query.of(
            connection,
            """
            SELECT facts ->> 'moment' AS moment, CAST(facts ->> 'number' AS int) AS number,
              facts ->> 'hash' AS hash, facts ->> 'place' AS place
            FROM landfall.event WHERE migration = :name AND kind = 'STATEMENT' ORDER BY id
            """)
        .bind("name", migration)
        .list(
            row ->
                new Ran(
                    row.text("moment"),
                    row.integer("number"),
                    row.text("hash"),
                    row.text("place")));
  }

  /**
   * Notes one, as the last of its transaction.
   *
   * @throws IllegalStateException when the run has ended: whoever else goes on has to run it
   */
  public void add(MigrationKey key, Ran ran) throws SQLException {
    RunTransaction.share(connection, key);
    Events.add(connection, migration, key.run(), Event.statement(ran));
  }
}
