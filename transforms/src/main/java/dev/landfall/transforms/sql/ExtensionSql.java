package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.TableName;

/** What is asked and said where a migration that was begun gets further tables and columns. */
public final class ExtensionSql {
  private ExtensionSql() {}

  /** Takes a foreign key away, which comes back with the definitions behind the load. */
  public static String dropForeignKey(TableName table, String name) {
    return "ALTER TABLE "
        + Identifiers.postgres(table)
        + " DROP CONSTRAINT IF EXISTS "
        + Identifiers.postgres(name);
  }
}
