package dev.landfall.validation.report;

import dev.landfall.transforms.schema.TableName;
import java.io.Serializable;

/**
 * What was found of one target table.
 *
 * @param table the source table
 * @param targetTable the target table
 * @param rows the rows, counted exactly
 */
public record TableVerdict(TableName table, TableName targetTable, RowCounts rows)
    implements Serializable {
  /** Whether both sides have the same rows. */
  public boolean equal() {
    return rows.equal();
  }
}
