package dev.landfall.transforms.sql;

import java.util.List;

/** The ledger's tables of what is verified beside rows: the schema, and the spec's checks. */
public final class ConditionSql {
  private ConditionSql() {}

  /** The place of the source's count among a run's checks: behind all of the spec. */
  public static final int COUNTED = Integer.MAX_VALUE;

  /** Notes that what comes after the load was all made. Parameter: name. */
  public static final String ADD_AFTER_LOAD =
      "INSERT INTO landfall.after_load (migration) VALUES (?)"
          + " ON CONFLICT (migration) DO UPDATE SET made = clock_timestamp()";

  /** Whether what comes after the load was all made once. Parameter: name. */
  public static final String AFTER_LOAD =
      "SELECT EXISTS (SELECT 1 FROM landfall.after_load WHERE migration = ?)";

  /** What the migration said of constraints and indexes, in order. Parameter: name. */
  public static final String SAID =
      "SELECT text FROM landfall.event WHERE migration = ? AND kind = 'CONSTRAINT' ORDER BY id";

  /** What a verification that is asked again forgets. Each has one parameter: run. */
  public static final List<String> FORGET =
      List.of(
          "DELETE FROM landfall.schema_check WHERE run = ?",
          "DELETE FROM landfall.rule_check WHERE run = ? AND position <> " + COUNTED,
          "UPDATE landfall.run SET looked = ARRAY(SELECT l FROM unnest(looked) l"
              + " WHERE l = 'COUNT') WHERE id = ? AND looked IS NOT NULL");

  /** Forgets how a run's rows stood to the source's count. Each has one parameter: run. */
  public static final List<String> FORGET_COUNT =
      List.of(
          "DELETE FROM landfall.rule_check WHERE run = ? AND position = " + COUNTED,
          "UPDATE landfall.run SET looked = array_remove(looked, 'COUNT') WHERE id = ?");

  /** Notes what a run has looked at. Parameters: that, that, run. */
  public static final String LOOKED =
      "UPDATE landfall.run SET looked = array_append(array_remove(coalesce(looked, '{}'), ?), ?)"
          + " WHERE id = ?";

  /** Parameters: run, whether it is as promised, notes. */
  public static final String ADD_SCHEMA_CHECK =
      "INSERT INTO landfall.schema_check (run, as_promised, notes) VALUES (?, ?, ?)";

  /** Parameters: run, position, kind, table, object, promised, found, severity, reason. */
  public static final String ADD_SCHEMA_FINDING =
      "INSERT INTO landfall.schema_finding (run, position, kind, table_name, object, promised,"
          + " found, severity, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /** Forgets what a run found of the source. Parameter: run. */
  public static final String FORGET_SOURCE =
      "DELETE FROM landfall.schema_finding WHERE run = ? AND kind LIKE 'SOURCE\\_%'";

  /** Takes a run's verdict of the schema back. Parameters: run, notes where it had none. */
  public static final String BREAK_SCHEMA_CHECK =
      "INSERT INTO landfall.schema_check (run, as_promised, notes) VALUES (?, false, ?)"
          + " ON CONFLICT (run) DO UPDATE SET as_promised = false";

  /** The position behind a run's findings. Parameter: run. */
  public static final String NEXT_FINDING =
      "SELECT coalesce(max(position) + 1, 0) FROM landfall.schema_finding WHERE run = ?";

  /** Parameters: run, position, name, outcome, message, differences. */
  public static final String ADD_RULE_CHECK =
      "INSERT INTO landfall.rule_check (run, position, name, outcome, message, differences)"
          + " VALUES (?, ?, ?, ?, ?, ?)";

  /** Parameters: run, position, number, key (JSON), column, source, target, kind. */
  public static final String ADD_RULE_CHECK_ROW =
      "INSERT INTO landfall.rule_check_row (run, position, number, key, column_name, source, target,"
          + " kind) VALUES (?, ?, ?, ?::jsonb, ?, ?, ?, ?)";

  /**
   * The newest run of all, and the newest that looked at the source, the target's schema, the
   * spec's checks and the source's count: what it found, or that it found nothing, is what stands.
   * Parameter: name.
   */
  static final String NEWEST =
      """
      WITH newest AS (
        SELECT max(id) AS run,
               max(id) FILTER (WHERE 'SOURCE' = ANY (looked)) AS source,
               max(id) FILTER (WHERE 'TARGET' = ANY (looked)) AS target,
               max(id) FILTER (WHERE 'CHECKS' = ANY (looked)) AS checks,
               max(id) FILTER (WHERE 'COUNT' = ANY (looked)) AS counted
        FROM landfall.run WHERE migration = ?)
      """;

  /** The finding {@code f} stands. */
  static final String FINDING_STANDS =
      "f.run = CASE WHEN f.kind LIKE 'SOURCE\\_%' THEN newest.source ELSE newest.target END";

  /** The check {@code c} stands. */
  static final String CHECK_STANDS =
      "c.run = CASE c.position WHEN " + COUNTED + " THEN newest.counted ELSE newest.checks END";

  /**
   * What is other than promised, as far as was looked, a text for each, and whether the newest run
   * found it. Parameter: name.
   */
  public static final String BROKEN =
      NEWEST
          + """
      SELECT text, found_by = (SELECT run FROM newest) FROM (
        SELECT 0 AS part, f.position, f.run AS found_by,
               f.table_name || ': ' || replace(lower(f.kind), '_', ' ')
                 || CASE WHEN f.object = split_part(f.table_name, '.', 2) THEN ''
                    ELSE ' ' || f.object END
                 || ': promised ' || coalesce(f.promised, 'none')
                 || ', found ' || coalesce(f.found, 'none') || coalesce('; ' || f.reason, '') AS text
        FROM newest JOIN landfall.schema_finding f ON %s
        WHERE f.severity = 'DIFFERENT'
        UNION ALL
        SELECT 1, c.position, c.run, 'check "' || c.name || '" ' || CASE c.outcome
               WHEN 'BROKEN' THEN 'is broken' ELSE 'failed' END
                 || coalesce(': ' || c.message, '')
        FROM newest JOIN landfall.rule_check c ON %s
        WHERE c.outcome <> 'HELD') broken
      ORDER BY part, position, text
      """
              .formatted(FINDING_STANDS, CHECK_STANDS);
}
