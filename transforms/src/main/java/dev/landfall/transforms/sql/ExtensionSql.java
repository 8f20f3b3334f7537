package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.TableName;
import java.util.List;

/** What is asked and said where a migration that was begun gets further tables and columns. */
public final class ExtensionSql {
  private ExtensionSql() {}

  /** The source tables by their positions, as one array. Parameter: name. */
  public static final String TABLES = "SELECT tables FROM landfall.migration WHERE name = ?";

  /**
   * Forgets what was planned, loaded and found of tables that are to be loaded anew. Parameters of
   * each: name, positions.
   */
  public static final List<String> FORGET_TABLES =
      List.of(
          "DELETE FROM landfall.chunk WHERE migration = ? AND table_position = ANY (?)",
          "DELETE FROM landfall.reject WHERE migration = ? AND table_position = ANY (?)",
          "DELETE FROM landfall.disposition WHERE migration = ? AND table_position = ANY (?)",
          "DELETE FROM landfall.difference WHERE migration = ? AND table_position = ANY (?)",
          "DELETE FROM landfall.verification WHERE migration = ? AND table_position = ANY (?)");

  /** Forgets what is not so any more of the whole. Parameter of each: name. */
  public static final List<String> FORGET_WHOLE =
      List.of(
          "DELETE FROM landfall.after_load WHERE migration = ?",
          "UPDATE landfall.migration SET phase = 'STOPPED' WHERE name = ?",
          "DELETE FROM landfall.pass WHERE migration = ? AND finished IS NULL");

  /** Takes a foreign key away, which comes back with the definitions behind the load. */
  public static String dropForeignKey(TableName table, String name) {
    return "ALTER TABLE "
        + Identifiers.postgres(table)
        + " DROP CONSTRAINT IF EXISTS "
        + Identifiers.postgres(name);
  }
}
