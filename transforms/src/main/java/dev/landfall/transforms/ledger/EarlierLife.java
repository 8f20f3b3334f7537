package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a migration was before it was begun anew: its runs, events, verdicts and repairs go on as a
 * migration of another name, which the history shows with it, and which nothing that is asked of
 * the one that goes on finds. All else of it is forgotten.
 */
final class EarlierLife {
  /** Whether migration is the one of that name, or what it was before. */
  static final String OF_ANY_LIFE =
      "IN (SELECT name FROM landfall.migration WHERE :name IN (name, earlier_of))";

  private static final String ADD =
      """
      INSERT INTO landfall.migration (name, source, mapping, tables, targets, booleans, bigints,
        filled, extension_types, enum_types, made, existing, appended, phase, created, earlier_of)
      SELECT name || ', until ' || clock_timestamp(), source, mapping, tables, targets, booleans,
        bigints, filled, extension_types, enum_types, made, existing, appended, phase, created, name
      FROM landfall.migration WHERE name = :name RETURNING name
      """;

  private static final List<String> KEPT = List.of("run", "event", "verification", "repair");

  private final Connection connection;
  private final String name;

  EarlierLife(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /** Makes the migration's life so far one; nothing where it has none. */
  void add() throws SQLException {
    new RunLedger(connection, name).endStale("ABANDONED");
    Optional<String> other = query(ADD).one(row -> row.text("name"));
    if (other.isEmpty()) {
      return;
    }
    for (String table : KEPT) {
      query("UPDATE landfall." + table + " SET migration = :other WHERE migration = :name")
          .bind("other", other.get())
          .update();
    }
    Events.add(connection, other.get(), null, Event.restarted(Instant.now()));
    query("DELETE FROM landfall.difference WHERE migration = :name").update();
    query("DELETE FROM landfall.migration WHERE name = :name").update();
  }

  private Query query(String sql) {
    return Query.of(connection, sql).bind("name", name);
  }
}
