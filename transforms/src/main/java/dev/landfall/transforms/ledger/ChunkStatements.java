package dev.landfall.transforms.ledger;

/** Statements on a plan's chunks and turns. */
final class ChunkStatements {
  private ChunkStatements() {}

  static final String OF_PLAN = " landfall.chunk WHERE migration = :name AND plan = :plan";

  static final String ADD =
      """
      INSERT INTO landfall.chunk (migration, plan, table_position, number, cut, key, range_start,
        range_end, pieces, estimated_rows)
      VALUES (:name, :plan, :table, :number, :cut, :key, :start, :end, :pieces, :rows)
      """;

  static final String SELECT =
      """
      SELECT ordinal, table_position, number, cut, key, range_start, range_end, pieces,
        estimated_rows
      FROM"""
          + OF_PLAN;

  static final String SETTLE =
      """
      UPDATE landfall.chunk c SET committed = clock_timestamp()
      FROM unnest(:tables, :numbers) AS done(table_position, number)
      WHERE c.migration = :name AND c.plan = :plan AND c.table_position = done.table_position
        AND c.number = done.number AND c.committed IS NULL
      """;

  static final String RUN_GOES_ON =
      "EXISTS (SELECT FROM landfall.run WHERE id = :run AND ended IS NULL)";

  static final String UNPLANNED =
      "SELECT t.position FROM unnest(:tables) AS t(position) WHERE NOT EXISTS (SELECT FROM"
          + OF_PLAN
          + " AND table_position = t.position) AND "
          + RUN_GOES_ON
          + " ORDER BY t.position";

  /**
   * Moves a turn past its next pending chunk, or past several that are whole tables and few rows
   * together; gives the ordinals before and after. None for a run that has ended, and none of a
   * load that shall stop, which would otherwise pass over each of what may be a hundred thousand.
   * Whoever comes second waits for the row and then goes by what the first has left there.
   */
  static final String ADVANCE_TURN =
      """
      UPDATE landfall.turn t SET previous = t.position, position = coalesce((
        SELECT max(ordinal)
        FROM (SELECT ordinal, row_number() OVER w AS place, bool_and(whole) OVER w AS whole,
                     sum(estimated_rows) OVER w AS rows
              FROM (SELECT ordinal, estimated_rows,
                           range_start IS NULL AND range_end IS NULL AND pieces = 1 AS whole
                    FROM landfall.chunk
                    WHERE migration = :name AND plan = :plan AND committed IS NULL
                      AND ordinal > t.position AND table_position = ANY (:tables)
                      AND %s
                      AND (plan <> 'LOAD' OR NOT EXISTS (SELECT FROM landfall.run
                        WHERE id = :run AND stop_requested IS NOT NULL))
                    ORDER BY ordinal LIMIT :most) pending
              WINDOW w AS (ORDER BY ordinal)) candidate
        WHERE place = 1 OR whole AND rows <= :rows), t.position)
      WHERE id = :turn RETURNING previous, position
      """
          .formatted(RUN_GOES_ON);

  static final String LOADED_BY =
      """
      SELECT table_position, sum(rows_read) AS rows FROM landfall.chunk
      WHERE migration = :name AND plan = 'LOAD'
      GROUP BY table_position
      HAVING coalesce(bool_and(run = :run), false) AND count(committed) = count(*)
      ORDER BY table_position
      """;
}
