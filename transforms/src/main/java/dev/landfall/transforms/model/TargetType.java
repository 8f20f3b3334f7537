package dev.landfall.transforms.model;

import java.io.Serializable;

/**
 * A PostgreSQL type.
 *
 * @param kind the family, which decides conversion and canonical form
 * @param ddl the type as written in DDL, in PostgreSQL's own spelling: {@code numeric(12,2)}
 */
public record TargetType(Kind kind, String ddl) implements Serializable {
  /** Families of PostgreSQL types; within one, values have the same text form. */
  public enum Kind {
    BOOLEAN,
    SMALLINT,
    INTEGER,
    BIGINT,
    NUMERIC,
    REAL,
    DOUBLE,
    /** text, varchar(n), citext and, with its blank padding, char(n). */
    TEXT,
    BYTEA,
    DATE,
    TIME,
    INTERVAL,
    TIMESTAMP,
    TIMESTAMPTZ,
    JSON,
    JSONB,
    BIT,
    UUID,
    TEXT_ARRAY,
    /** Any other type; its text form is taken as it is. */
    OTHER
  }

  @Override
  public String toString() {
    return ddl;
  }
}
