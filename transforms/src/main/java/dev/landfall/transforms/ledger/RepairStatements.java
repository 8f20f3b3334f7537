package dev.landfall.transforms.ledger;

/** Statements on keys that were brought up to date, and on the verification behind that. */
public final class RepairStatements {
  private RepairStatements() {}

  /** Forgets what the run did not do about a key. */
  public static final String FORGET =
      """
      DELETE FROM landfall.repair WHERE run = :run AND target_table = :target
        AND md5(key::text) = md5((:key::jsonb)::text) AND action IN ('LEFT', 'FAILED')
      """;

  public static final String ADD =
      """
      INSERT INTO landfall.repair (run, migration, verification, table_position, target_table,
        key, action, before_hash, after_hash, reason)
      VALUES (:run, :name, :verification, :table, :target, :key::jsonb, :action, :before, :after,
        :reason)
      """;

  /** Of how many keys a run has told what became of them. */
  public static final String KEYS =
      """
      SELECT count(DISTINCT (table_position, target_table, md5(key::text)))
      FROM landfall.repair WHERE run = :run
      """;

  /** The newest verification that came to a verdict, a row for each target table. */
  public static final String NEWEST_VERIFICATION =
      """
      SELECT run, finished, table_position, target_table, changed + missing + extra AS differences,
        level, pass IS NOT NULL AS sliced
      FROM landfall.verification WHERE migration = :name
        AND run = (SELECT max(run) FROM landfall.verification WHERE migration = :name)
      ORDER BY table_position, target_table
      """;

  /** Whether rows were loaded after that verification. */
  public static final String LOADED_SINCE =
      """
      SELECT 1 FROM landfall.chunk WHERE migration = :name AND plan = 'LOAD'
        AND committed > (SELECT max(finished) FROM landfall.verification WHERE run = :run) LIMIT 1
      """;

  /** What became of each key on behalf of a verification, as it was last seen. */
  public static final String OUTCOMES =
      """
      SELECT table_position, target_table, action, reason,
        ARRAY(SELECT k.key FROM jsonb_each_text(r.key) k) AS key_columns,
        ARRAY(SELECT k.value FROM jsonb_each_text(r.key) k) AS key_texts
      FROM (SELECT DISTINCT ON (table_position, target_table, key) * FROM landfall.repair
            WHERE verification = :verification
            ORDER BY table_position, target_table, key, id DESC) r
      ORDER BY id
      """;
}
