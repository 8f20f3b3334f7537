package dev.landfall.transforms.sql;

import dev.landfall.transforms.schema.ColumnMapping;
import dev.landfall.transforms.schema.TargetTable;

/** The COPY statement that loads a table. */
public final class CopySql {
  private CopySql() {}

  /** COPY in text format, columns as in {@link TargetTable#columns()}. */
  public static String copy(TargetTable table) {
    return "COPY "
        + Identifiers.postgres(table.name())
        + " ("
        + Identifiers.postgres(table.columns().stream().map(ColumnMapping::name).toList())
        + ") FROM STDIN";
  }
}
