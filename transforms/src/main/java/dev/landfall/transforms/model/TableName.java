package dev.landfall.transforms.model;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A table's name together with its schema: the database on a MySQL server, the schema in a
 * PostgreSQL database. Names are kept exactly as the server has them, never folded or quoted.
 *
 * @param schema the database or schema
 * @param table the table's own name
 */
public record TableName(String schema, String table)
    implements Serializable, Comparable<TableName> {
  private static final Comparator<TableName> ORDER =
      Comparator.comparing(TableName::schema).thenComparing(TableName::table);

  @Override
  public int compareTo(TableName other) {
    return ORDER.compare(this, other);
  }

  /** {@code schema.table}, for messages; never for SQL. */
  @Override
  public String toString() {
    return schema + "." + table;
  }
}
