package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Which server a migration reads from, as the ledger has it. */
public final class SourceLedger {
  private final Connection connection;
  private final String name;

  /** Of that migration, over that connection to the target. */
  public SourceLedger(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /**
   * A server that was noted.
   *
   * @param identity what the server says of itself
   * @param address where it was reached
   * @param since when it was noted
   */
  public record Noted(String identity, String address, String since) {}

  /** The server; empty before one was noted, and where there is no ledger. */
  public Optional<Noted> read() throws SQLException {
    if (!new MigrationLedger(connection, name).isInstalled()) {
      return Optional.empty();
    }
    return Query.of(
            connection,
            """
            SELECT source_identity, source_address,
              to_char(source_noted, 'YYYY-MM-DD HH24:MI:SS TZ') AS since
            FROM landfall.migration WHERE name = :name AND source_identity IS NOT NULL
            """)
        .bind("name", name)
        .one(
            row ->
                new Noted(
                    row.text("source_identity"), row.text("source_address"), row.text("since")));
  }

  /**
   * Notes a server, in the place of the one that was; nothing of a migration that is not begun.
   *
   * @param run that found it
   */
  public void note(long run, String identity, String address) throws SQLException {
    Transactions.in(
        connection,
        () -> {
          Optional<Noted> before = read();
          Query.of(
                  connection,
                  """
                  UPDATE landfall.migration SET source_identity = :identity,
                    source_address = :address, source_noted = clock_timestamp()
                  WHERE name = :name
                  """)
              .bind("identity", identity)
              .bind("address", address)
              .bind("name", name)
              .update();
          if (before.isPresent() && !before.get().identity().equals(identity)) {
            Events.add(connection, name, run, Event.sourceMoved(before.get().identity(), identity));
          }
          return before;
        });
  }
}
