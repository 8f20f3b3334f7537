package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.TargetTable;

/** What loading a table by COPY needs. */
public final class CopySql {
  private CopySql() {}

  /**
   * Name and type ({@code pg_type.oid}) of each column. Parameter: the table's name, quoted as in
   * statements.
   */
  public static final String COLUMN_TYPES =
      "SELECT attname, atttypid::int FROM pg_attribute WHERE attrelid = CAST(? AS regclass)"
          + " AND attnum > 0 AND NOT attisdropped";

  /** COPY in text format, columns as in {@link TargetTable#loaded()}. */
  public static String text(TargetTable table) {
    return copy(table);
  }

  /** COPY in binary format. */
  public static String binary(TargetTable table) {
    return copy(table) + " WITH (FORMAT binary)";
  }

  private static String copy(TargetTable table) {
    return "COPY "
        + Identifiers.postgres(table.name())
        + " ("
        + Identifiers.postgres(table.loaded().stream().map(ColumnMapping::name).toList())
        + ") FROM STDIN";
  }
}
