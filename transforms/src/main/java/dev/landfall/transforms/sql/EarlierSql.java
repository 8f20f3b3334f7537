package dev.landfall.transforms.sql;

import java.util.List;
import java.util.stream.Stream;

/**
 * Migrations that were begun anew: the ledger keeps what was done before as a migration of another
 * name, so that nothing that is asked of the one that goes on finds any of it.
 */
public final class EarlierSql {
  private EarlierSql() {}

  /** Whether migration is the one of that name, or what it was before. Parameter: name. */
  static final String OF_ANY_LIFE =
      "IN (SELECT name FROM landfall.migration WHERE ? IN (name, earlier_of))";

  /** Makes a migration of another name for what was done; gives that name. Parameter: name. */
  public static final String ADD =
      "INSERT INTO landfall.migration (name, source, mapping, tables, targets, booleans, bigints,"
          + " filled, extension_types, enum_types, made, existing, appended, phase, created, earlier_of)"
          + " SELECT name || ', until ' || clock_timestamp(), source, mapping, tables, targets,"
          + " booleans, bigints, filled, extension_types, enum_types, made, existing, appended, phase,"
          + " created, name"
          + " FROM landfall.migration WHERE name = ? RETURNING name";

  /** What is kept. Parameters of each: the other name, name. */
  public static final List<String> KEEP =
      Stream.of("run", "event", "attempt", "verification", "repair")
          .map(table -> "UPDATE landfall." + table + " SET migration = ? WHERE migration = ?")
          .toList();

  /** Says in the history what happened. Parameters: the other name, message. */
  public static final String SAY =
      "INSERT INTO landfall.attempt (migration, command, started, ended, outcome, message)"
          + " VALUES (?, 'restart', clock_timestamp(), clock_timestamp(), 'DONE', ?)";

  /** Forgets all else. Parameter of each: name. */
  public static final List<String> FORGET =
      List.of(
          "DELETE FROM landfall.difference WHERE migration = ?",
          "DELETE FROM landfall.migration WHERE name = ?");
}
