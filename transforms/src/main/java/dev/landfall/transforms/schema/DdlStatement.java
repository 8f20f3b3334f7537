package dev.landfall.transforms.schema;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One statement that defines one object of the target.
 *
 * @param table the table that the object belongs to; for a schema, the first table in it
 * @param name the object's own name: of the schema, extension, collation, table, constraint or
 *     index; of the column for an identity and for a column's comment
 * @param sql the statement, without a semicolon
 * @param kind what it defines
 * @param otherwise a statement that asks less of the rows, for where they don't allow the first;
 *     null for none
 */
public record DdlStatement(
    TableName table, String name, String sql, Kind kind, @Nullable String otherwise)
    implements Serializable {
  /** A statement without another in its place. */
  public DdlStatement(TableName table, String name, String sql, Kind kind) {
    this(table, name, sql, kind, null);
  }

  /** Kinds of objects, in the order in which they can be made. */
  public enum Kind {
    SCHEMA,
    EXTENSION,
    COLLATION,
    TABLE,
    COMMENT,
    PRIMARY_KEY,
    /** A unique constraint. */
    UNIQUE,
    /** An index, unique or not. */
    INDEX,
    /**
     * A unique index by the source's equality of texts; another takes its place, or none, where
     * rows are there that are equal by the target's.
     */
    EQUALITY,
    /** The next value of an identity column. */
    IDENTITY,
    FOREIGN_KEY
  }
}
