package dev.landfall.transforms.model;

import java.io.Serializable;

/**
 * A column together with its table, named exactly as the server names them.
 *
 * @param table the table
 * @param column the column's own name
 */
public record ColumnName(TableName table, String column) implements Serializable {
  /** {@code schema.table.column}, for messages; never for SQL. */
  @Override
  public String toString() {
    return table + "." + column;
  }
}
