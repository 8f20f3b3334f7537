package dev.landfall.transforms.sql;

/** The ledger's table of the servers that migrations read from. */
public final class SourceServerSql {
  private SourceServerSql() {}

  /** Identity, address, since when. Parameter: name. */
  public static final String READ =
      "SELECT identity, address, to_char(noted, 'YYYY-MM-DD HH24:MI:SS TZ')"
          + " FROM landfall.source_server WHERE migration = ?";

  /** Notes it where none is noted. Parameters: name, identity, address. */
  public static final String ADD =
      "INSERT INTO landfall.source_server (migration, identity, address) VALUES (?, ?, ?)"
          + " ON CONFLICT (migration) DO NOTHING";

  /** Notes another one of a migration that there is. Parameters: identity, address, name. */
  public static final String MOVE =
      "INSERT INTO landfall.source_server (identity, address, migration)"
          + " SELECT ?, ?, name FROM landfall.migration WHERE name = ?"
          + " ON CONFLICT (migration) DO UPDATE SET identity = excluded.identity,"
          + " address = excluded.address, noted = clock_timestamp()";
}
