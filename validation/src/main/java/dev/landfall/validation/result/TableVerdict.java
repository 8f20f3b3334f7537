package dev.landfall.validation.result;

import dev.landfall.transforms.model.TableName;
import java.io.Serializable;

/**
 * What was found of one target table.
 *
 * @param table the source table; the first of those that write the target table
 * @param targetTable the target table
 * @param rows the rows, counted exactly
 * @param settled how many differences were none any more when they were looked at again; the rows
 *     are counted as what they were then
 */
public record TableVerdict(TableName table, TableName targetTable, RowCounts rows, long settled)
    implements Serializable {
  /** A verdict of one look. */
  public TableVerdict(TableName table, TableName targetTable, RowCounts rows) {
    this(table, targetTable, rows, 0);
  }

  /** Whether both sides have the same rows. */
  public boolean equal() {
    return rows.equal();
  }
}
