package dev.landfall.transforms.model;

import java.io.Serializable;
import java.util.List;

/**
 * A foreign key of a source table.
 *
 * @param name the constraint's name
 * @param columns the referencing columns in order
 * @param referenced the table referred to
 * @param referencedColumns the columns referred to, in the order of {@code columns}
 * @param onUpdate the action in SQL words: {@code CASCADE}, {@code NO ACTION} …
 * @param onDelete the action in SQL words
 */
public record SourceForeignKey(
    String name,
    List<String> columns,
    TableName referenced,
    List<String> referencedColumns,
    String onUpdate,
    String onDelete)
    implements Serializable {
  public SourceForeignKey {
    columns = List.copyOf(columns);
    referencedColumns = List.copyOf(referencedColumns);
  }
}
