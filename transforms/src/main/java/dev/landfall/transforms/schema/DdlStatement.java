package dev.landfall.transforms.schema;

import java.io.Serializable;

/**
 * One statement that defines one object of the target.
 *
 * @param table the table that the object belongs to; for a schema, the first table in it
 * @param name the object's own name: of the schema, type, table, constraint or index; of the column
 *     for an identity and for a column's comment
 * @param sql the statement, without a semicolon
 * @param kind what it defines
 */
public record DdlStatement(TableName table, String name, String sql, Kind kind)
    implements Serializable {
  /** Kinds of objects, in the order in which they can be made. */
  public enum Kind {
    SCHEMA,
    /** An enum type. */
    TYPE,
    TABLE,
    COMMENT,
    PRIMARY_KEY,
    /** A unique constraint. */
    UNIQUE,
    /** An index, unique or not. */
    INDEX,
    /** The next value of an identity column. */
    IDENTITY,
    FOREIGN_KEY
  }
}
