package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Duplicates;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.types.PgType;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Finds out which rows are one to a target, and which of them it has. */
public final class DuplicateSql {
  private DuplicateSql() {}

  /**
   * All rows of a source table in the order of its key, columns as in {@link TableMapping#read()}.
   *
   * @param wanted the positions that are looked at; NULL is read in the place of the others
   */
  public static BoundQuery source(TableMapping mapping, IntPredicate wanted) {
    return new BoundQuery(
        SourceChunkSql.select(mapping, wanted)
            + " ORDER BY "
            + Identifiers.mysql(mapping.source().key()),
        List.of());
  }

  /**
   * The table of all rows that may be one with others, gone with the transaction.
   *
   * @param ranked the type of the column that decides, null where the order does
   */
  public static String createCandidates(@Nullable PgType ranked) {
    return "CREATE TEMPORARY TABLE candidate (writer int, ordinal bigint, source_table text,"
        + " source_key text, key text, same text COLLATE \"C\", rank "
        + (ranked == null ? "text" : ranked.ddl())
        + ") ON COMMIT DROP";
  }

  /** Keeps those that lose, of each with the key of the one that wins. Parameters by name. */
  public static String keepLosers(Duplicates rule) {
    String order =
        switch (rule.keep()) {
          case FIRST -> "writer, ordinal";
          case LAST -> "writer DESC, ordinal DESC";
          case HIGHEST -> "rank DESC NULLS LAST, writer, ordinal";
          case LOWEST -> "rank NULLS LAST, writer, ordinal";
        };
    return """
        INSERT INTO landfall.duplicate (migration, table_position, target_table, source_table,
          source_key, key, winner)
        SELECT :name, :position, :target, source_table, source_key, key, winner
        FROM (SELECT source_table, source_key, key, first_value(key) OVER w AS winner,
                row_number() OVER w AS place
              FROM candidate WHERE same IS NOT NULL
              WINDOW w AS (PARTITION BY same ORDER BY\s"""
        + order
        + ")) c WHERE place > 1";
  }
}
