package dev.landfall.transforms.sql;

/** The ledger's tables and every statement on them. Schema {@code landfall} of the target. */
public final class LedgerSql {
  private LedgerSql() {}

  /** Takes the migration's lock for this session; one row, true or false. Parameter: name. */
  public static final String TRY_LOCK =
      "SELECT pg_try_advisory_lock(hashtextextended('landfall:' || ?, 0))";

  /** Gives it back. Parameter: name. */
  public static final String UNLOCK =
      "SELECT pg_advisory_unlock(hashtextextended('landfall:' || ?, 0))";

  /** The newest run that has not ended: holder and start. Parameter: name. */
  public static final String HOLDER =
      "SELECT holder, to_char(started AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS UTC')"
          + " FROM landfall.run WHERE migration = ? AND ended IS NULL ORDER BY id DESC LIMIT 1";

  /**
   * Adds a migration, or gives the one of that name another mapping. Parameters: name, source,
   * mapping, tables, targets, columns that became booleans, target tables that are to be made, the
   * user's own that were empty, and those that had rows; columns that became bigint, types of
   * extensions, enum types that are to be made, columns that need not take NULL.
   */
  public static final String ADD_MIGRATION =
      "INSERT INTO landfall.migration (name, source, mapping, tables, targets, booleans, made,"
          + " existing, appended, bigints, extension_types, enum_types, filled)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
          + " mapping = excluded.mapping, tables = excluded.tables, targets = excluded.targets,"
          + " booleans = excluded.booleans, made = excluded.made, existing = excluded.existing,"
          + " appended = excluded.appended, bigints = excluded.bigints,"
          + " enum_types = excluded.enum_types, filled = excluded.filled";

  /** What is fixed with a migration's first step. Parameter: name. */
  public static final String MIGRATION =
      "SELECT mapping, booleans, made, existing, appended, bigints, extension_types, enum_types,"
          + " filled FROM landfall.migration WHERE name = ?";

  /** Parameters: phase, name. */
  public static final String SET_PHASE = "UPDATE landfall.migration SET phase = ? WHERE name = ?";

  /** Commands that move a migration on; of others its phase knows nothing. */
  private static final String MOVING = "command IN ('migrate', 'backfill')";

  private static String endRuns(String which) {
    return """
      WITH ending AS (
        UPDATE landfall.run SET ended = clock_timestamp(), outcome = ?
        WHERE %s AND ended IS NULL RETURNING migration, command, outcome),
      moved AS (
        UPDATE landfall.migration m
        SET phase = CASE e.outcome WHEN 'DONE' THEN 'DONE' WHEN 'STOPPED' THEN 'STOPPED'
                    WHEN 'ABANDONED' THEN 'STOPPED' ELSE 'FAILED' END
        FROM ending e WHERE e.migration = m.name AND e.%s)
      SELECT count(*) > 0 FROM ending
      """
        .formatted(which, MOVING);
  }

  /**
   * Ends runs that a killed process left open, and with them the phase of a migration that they
   * moved; true when there was one. Parameters: outcome, name. Only under the lock.
   */
  public static final String END_STALE_RUNS = endRuns("migration = ?");

  /** Parameters: name, command, holder. Gives the run's id. */
  public static final String START_RUN =
      "INSERT INTO landfall.run (migration, command, holder) VALUES (?, ?, ?) RETURNING id";

  /** Parameters: run, cluster, id, name. */
  public static final String ADD_JOB =
      "INSERT INTO landfall.job (run, cluster, id, name) VALUES (?, ?, ?, ?)";

  /** Jobs of runs that have not ended: cluster, id, name. Parameter: name. */
  public static final String OPEN_JOBS =
      "SELECT j.cluster, j.id, j.name FROM landfall.job j JOIN landfall.run r ON r.id = j.run"
          + " WHERE r.migration = ? AND r.ended IS NULL ORDER BY j.number";

  /** The run that has not ended, if there is one: id. Parameter: name. */
  public static final String OPEN_RUN =
      "SELECT id FROM landfall.run WHERE migration = ? AND ended IS NULL ORDER BY id DESC LIMIT 1";

  static final String LOCK_OF =
      " FROM pg_locks l WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted"
          + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
          + " AND (l.classid::bigint << 32 | l.objid::bigint)"
          + " = hashtextextended('landfall:' || ?, 0)";

  /** Whether some session has the migration's lock. Parameter: name. */
  public static final String LOCKED = "SELECT EXISTS (SELECT 1" + LOCK_OF + ")";

  /** Ends the session that has the migration's lock. Parameter: name. */
  public static final String END_HOLDER = "SELECT pg_terminate_backend(l.pid)" + LOCK_OF;

  /** The same for one run. Parameters: outcome, run. */
  public static final String END_RUN = endRuns("id = ?");

  /** The run that came next: its holder and start. Parameters: name, run. */
  public static final String NEXT_RUN =
      "SELECT holder, to_char(started AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS UTC')"
          + " FROM landfall.run WHERE migration = ? AND id > ? ORDER BY id LIMIT 1";

  /**
   * Holds a run until the end of the transaction: no row when it has ended. Whoever comes second
   * waits for the first, and so does whoever ends the run. Parameter: run.
   */
  public static final String HOLD_RUN =
      "SELECT 1 FROM landfall.run WHERE id = ? AND ended IS NULL FOR NO KEY UPDATE";

  /** Parameters: reason, run. The first reason stays. */
  public static final String REQUEST_STOP =
      "UPDATE landfall.run SET stop_requested = coalesce(stop_requested, ?) WHERE id = ?";

  /**
   * Why the run shall stop, NULL when it shall not, and whether it has ended; no row when it was
   * forgotten. Parameter: run.
   */
  public static final String STOP_REQUESTED =
      "SELECT stop_requested, ended IS NOT NULL FROM landfall.run WHERE id = ?";

  /** Serialises planning of a table. Parameters: name, table position. */
  public static final String LOCK_PLAN =
      "SELECT pg_advisory_xact_lock(hashtextextended('landfall plan:' || ? || ' ' || ?, 0))";

  /** Whether a table has a plan. Parameters: name, plan, table position. */
  public static final String IS_PLANNED =
      "SELECT EXISTS (SELECT 1 FROM landfall.chunk"
          + " WHERE migration = ? AND plan = ? AND table_position = ?)";

  /** Forgets plans. Parameters: name, plan. */
  public static final String DROP_PLAN =
      "DELETE FROM landfall.chunk WHERE migration = ? AND plan = ?";

  /**
   * Parameters: name, plan, table position, number, cut, key, start, end, pieces, estimated rows.
   */
  public static final String ADD_CHUNK =
      "INSERT INTO landfall.chunk (migration, plan, table_position, number, cut, key, range_start,"
          + " range_end, pieces, estimated_rows) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String CHUNK_COLUMNS =
      "ordinal, table_position, number, cut, key, range_start, range_end, pieces, estimated_rows";

  /**
   * Ends the turns of a plan: who still works for one of them gets no more chunks. Not for a run
   * that has ended. Parameters: name, plan, run.
   */
  public static final String END_TURNS =
      "DELETE FROM landfall.turn WHERE migration = ? AND plan = ?"
          + " AND EXISTS (SELECT FROM landfall.run WHERE id = ? AND ended IS NULL)";

  /**
   * Begins a turn of a run that has not ended, and gives its number. Parameters: name, plan, run.
   */
  public static final String BEGIN_TURN =
      "INSERT INTO landfall.turn (migration, plan) SELECT ?, ?"
          + " WHERE EXISTS (SELECT FROM landfall.run WHERE id = ? AND ended IS NULL) RETURNING id";

  /**
   * Moves a turn past its next pending chunk, or past several that are whole tables and few rows
   * together; gives the ordinals before and after. None for a run that has ended, and none of a
   * load that shall stop, which would otherwise pass over each of what may be a hundred thousand.
   * Whoever comes second waits for the row and then goes by what the first has left there.
   * Parameters: name, plan, tables, run, run, most chunks, most rows together, turn.
   */
  public static final String ADVANCE_TURN =
      """
      UPDATE landfall.turn t SET previous = t.position, position = coalesce((
        SELECT max(ordinal)
        FROM (SELECT ordinal, row_number() OVER w AS place, bool_and(whole) OVER w AS whole,
                     sum(estimated_rows) OVER w AS rows
              FROM (SELECT ordinal, estimated_rows,
                           range_start IS NULL AND range_end IS NULL AND pieces = 1 AS whole
                    FROM landfall.chunk
                    WHERE migration = ? AND plan = ? AND committed IS NULL
                      AND ordinal > t.position AND table_position = ANY (?)
                      AND EXISTS (SELECT FROM landfall.run WHERE id = ? AND ended IS NULL)
                      AND (plan <> 'LOAD' OR NOT EXISTS (SELECT FROM landfall.run
                        WHERE id = ? AND stop_requested IS NOT NULL))
                    ORDER BY ordinal LIMIT ?) pending
              WINDOW w AS (ORDER BY ordinal)) candidate
        WHERE place = 1 OR whole AND rows <= ?), t.position)
      WHERE id = ? RETURNING previous, position
      """;

  /**
   * The pending chunks of a stretch of ordinals, in order. Parameters: name, plan, ordinal before
   * the first, last ordinal, tables.
   */
  public static final String PENDING =
      "SELECT "
          + CHUNK_COLUMNS
          + " FROM landfall.chunk WHERE migration = ? AND plan = ? AND committed IS NULL"
          + " AND ordinal > ? AND ordinal <= ? AND table_position = ANY (?) ORDER BY ordinal";

  /** All chunks of a table. Parameters: name, plan, table position. */
  public static final String CHUNKS =
      "SELECT "
          + CHUNK_COLUMNS
          + " FROM landfall.chunk WHERE migration = ? AND plan = ? AND table_position = ? ORDER BY number";

  /** How many chunks are pending, and how many there are and are not. Like CHUNKS, of tables. */
  public static final String COUNT_CHUNKS =
      "SELECT count(*) - count(committed), count(*) + count(committed) FROM landfall.chunk"
          + " WHERE migration = ? AND plan = ? AND table_position = ANY (?)";

  /**
   * Claims a chunk until the end of the transaction: no row when it is committed already, or when
   * the run has ended; then nothing is locked or waited for. SQLState 55P03 when another session
   * has it. Parameters: name, table position, number, run.
   *
   * <p>A run that the ledger does not know was forgotten, with its plan: the chunks that have its
   * numbers now may be other rows.
   */
  public static final String CLAIM =
      "SELECT 1 FROM landfall.chunk WHERE migration = ? AND plan = 'LOAD'"
          + " AND table_position = ? AND number = ?"
          + " AND committed IS NULL"
          + " AND EXISTS (SELECT FROM landfall.run WHERE id = ? AND ended IS NULL)"
          + " FOR UPDATE NOWAIT";

  /**
   * Marks a claimed chunk as committed by this transaction, also when the run has ended since: who
   * claimed it is the only one who can have loaded it. Parameters: run, milliseconds that it took,
   * read, loaded, filtered, rejected, bytes, name, table position, number.
   */
  public static final String COMMIT_CHUNK =
      "UPDATE landfall.chunk SET run = ?, started = clock_timestamp() - ? * interval '1 ms',"
          + " committed = clock_timestamp(), rows_read = ?, rows_loaded = ?, rows_filtered = ?,"
          + " rows_rejected = ?, bytes = ? WHERE migration = ? AND plan = 'LOAD'"
          + " AND table_position = ? AND number = ?"
          + " AND committed IS NULL";

  /**
   * Parameters: name, table position, chunk, target table, source column, rule, rows, some of their
   * keys (a JSON array).
   */
  public static final String ADD_DISPOSITION =
      "INSERT INTO landfall.disposition (migration, table_position, chunk, target_table,"
          + " column_name, rule, rows, sample_keys) VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb)";

  /** Rejected rows and planned rows of the whole migration. Parameter: name. */
  public static final String REJECTED =
      "SELECT coalesce(sum(rows_rejected), 0), coalesce(sum(CASE WHEN committed IS NULL"
          + " THEN estimated_rows ELSE rows_read END), 0) FROM landfall.chunk"
          + " WHERE migration = ? AND plan = 'LOAD'";

  /** Parameters: name, run, kind, text. */
  public static final String ADD_EVENT =
      "INSERT INTO landfall.event (migration, run, kind, text) VALUES (?, ?, ?, ?)";

  /**
   * Phase, tables, targets, start, now, holder, note, whether the run died, its newest job's
   * cluster, id and name, what the newest run that made keys could not prove, as far as it was not
   * tried again since, the newest run's command, and how the newest one that moved the migration
   * ended. Parameters: name.
   */
  public static final String SNAPSHOT =
      """
      SELECT m.phase, m.tables, m.targets, r.started, clock_timestamp(),
             CASE WHEN r.ended IS NULL THEN r.holder END,
             (SELECT text FROM landfall.event e
               WHERE e.migration = m.name AND e.run = r.id AND r.ended IS NULL AND kind <> 'TRIED'
               ORDER BY e.id DESC LIMIT 1),
             r.ended IS NULL AND NOT EXISTS (
               SELECT 1 FROM pg_locks l
               WHERE l.locktype = 'advisory' AND l.objsubid = 1
                 AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                 AND (l.classid::bigint << 32 | l.objid::bigint)
                   = hashtextextended('landfall:' || m.name, 0)),
             j.cluster, j.id, j.name,
             ARRAY(SELECT text FROM landfall.event e
               WHERE e.migration = m.name AND e.kind = 'CONSTRAINT'
                 AND e.run >= (SELECT max(id) FROM landfall.run
                               WHERE migration = m.name AND command IN ('migrate', 'schema'))
                 AND NOT EXISTS (SELECT FROM landfall.event p
                                 WHERE p.migration = m.name AND p.kind = 'TRIED'
                                   AND p.id > e.id AND starts_with(e.text, p.text))
               GROUP BY text ORDER BY min(e.id)),
             r.command,
             (SELECT outcome FROM landfall.run WHERE migration = m.name AND %s
              ORDER BY id DESC LIMIT 1)
      FROM landfall.migration m
      LEFT JOIN LATERAL (SELECT * FROM landfall.run WHERE migration = m.name
                         ORDER BY id DESC LIMIT 1) r ON true
      LEFT JOIN LATERAL (SELECT * FROM landfall.job WHERE run = r.id AND r.ended IS NULL
                         ORDER BY number DESC LIMIT 1) j ON true
      WHERE m.name = ?
      """
          .formatted(MOVING);

  /**
   * What rules did in committed chunks, a row for each table, target, column and rule: position,
   * target, source column, rule, rows, and an array of at most five keys, each as JSON. Of many
   * chunks those with the lowest numbers give the keys. Parameters: name.
   */
  public static final String DISPOSITIONS =
      """
      SELECT table_position, target_table, column_name, rule, rows,
             ARRAY(SELECT key::text
                   FROM unnest(samples) WITH ORDINALITY s (keys, chunk),
                        jsonb_array_elements(s.keys) WITH ORDINALITY k (key, place)
                   ORDER BY s.chunk, k.place LIMIT 5)
      FROM (SELECT table_position, target_table, column_name, rule, sum(rows) AS rows,
                   (array_agg(d.sample_keys ORDER BY chunk))[1:5]
                     AS samples
            FROM landfall.disposition d WHERE migration = ?
            GROUP BY table_position, target_table, column_name, rule) used
      ORDER BY table_position, target_table, column_name, rule
      """;

  /**
   * Parameters: run, name, position, target, source rows, target rows, matched, changed, missing,
   * extra, level, settled, looks, seed.
   */
  public static final String ADD_VERIFICATION =
      "INSERT INTO landfall.verification (run, migration, table_position, target_table,"
          + " source_rows, target_rows, matched, changed, missing, extra, level, settled, looks,"
          + " seed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
}
