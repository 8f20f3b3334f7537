package dev.landfall.transforms.sql;

import dev.landfall.transforms.schema.SourceColumn;

/** How columns of the source are selected. */
public final class SourceSql {
  private SourceSql() {}

  /** The expression that makes the text protocol print the column exactly. */
  public static String column(SourceColumn column) {
    String name = Identifiers.mysql(column.name());
    if (column.dataType().equals("float") || column.dataType().equals("real")) {
      // The text protocol prints a FLOAT with six digits (MySQL manual B.3.4.8); a DOUBLE with all.
      return name + " + 0e0";
    }
    return column.zerofill() ? name + " + 0" : name;
  }
}
