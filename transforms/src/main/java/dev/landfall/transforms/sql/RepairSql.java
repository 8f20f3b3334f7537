package dev.landfall.transforms.sql;

/** The ledger's account of keys that were brought up to date, and every statement on it. */
public final class RepairSql {
  private RepairSql() {}

  /**
   * Holds a run until the end of the transaction, beside others who do: no row when it has ended.
   * Who ends the run waits. Parameter: run.
   */
  public static final String SHARE_RUN =
      "SELECT 1 FROM landfall.run WHERE id = ? AND ended IS NULL FOR SHARE";

  /**
   * Makes those wait, until the end of the transaction, who refresh keys of the same source table,
   * so that what was read first is written first. Parameters: name, table position.
   */
  public static final String LOCK_TABLE =
      "SELECT pg_advisory_xact_lock(hashtextextended('landfall refresh:' || ? || ' ' || ?, 0))";

  /** Forgets what the run did not do about a key. Parameters: run, target table, key (JSON). */
  public static final String FORGET =
      "DELETE FROM landfall.repair WHERE run = ? AND target_table = ?"
          + " AND md5(key::text) = md5((?::jsonb)::text) AND action IN ('LEFT', 'FAILED')";

  /**
   * Parameters: run, name, verification, table position, target table, key (JSON), action, hash
   * before, hash after, reason.
   */
  public static final String ADD =
      "INSERT INTO landfall.repair (run, migration, verification, table_position, target_table,"
          + " key, action, before_hash, after_hash, reason)"
          + " VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)";

  /** Of how many keys a run has told what became of them. Parameter: run. */
  public static final String KEYS =
      "SELECT count(DISTINCT (table_position, target_table, md5(key::text)))"
          + " FROM landfall.repair WHERE run = ?";

  /**
   * The newest verification that came to a verdict, a row for each target table: run, when it was
   * done, position, target, differences, level, whether it looked at a slice. Parameters: name,
   * name.
   */
  public static final String NEWEST_VERIFICATION =
      "SELECT run, finished, table_position, target_table, changed + missing + extra, level,"
          + " pass IS NOT NULL"
          + " FROM landfall.verification WHERE migration = ?"
          + " AND run = (SELECT max(run) FROM landfall.verification WHERE migration = ?)"
          + " ORDER BY table_position, target_table";

  /** Whether rows were loaded after a moment. Parameters: name, moment. */
  public static final String LOADED_SINCE =
      "SELECT EXISTS (SELECT FROM landfall.chunk WHERE migration = ? AND plan = 'LOAD'"
          + " AND committed > ?)";

  /**
   * What became of each key on behalf of a verification, as it was last seen, one row for each
   * column of each key: id, table position, target table, action, reason, key column, value.
   * Parameter: verification.
   */
  public static final String OUTCOMES =
      "SELECT r.id, r.table_position, r.target_table, r.action, r.reason, k.key, k.value FROM"
          + " (SELECT DISTINCT ON (table_position, target_table, key) * FROM landfall.repair"
          + " WHERE verification = ? ORDER BY table_position, target_table, key, id DESC) r,"
          + " jsonb_each_text(r.key) k ORDER BY r.id";
}
