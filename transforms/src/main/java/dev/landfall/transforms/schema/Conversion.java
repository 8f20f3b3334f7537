package dev.landfall.transforms.schema;

/**
 * How the bytes that the source prints become PostgreSQL's text form. Everything that is not {@link
 * #NONE} costs a look at each value.
 */
public enum Conversion {
  /** The bytes are PostgreSQL's text form already. */
  NONE,
  /**
   * UTF-8 text. A NUL byte, which PostgreSQL's text types can't hold, is left for PostgreSQL to
   * refuse: looking for one in every text costs a tenth of a load.
   */
  TEXT,
  /**
   * A date, datetime or timestamp. Zero and partial dates are looked for; days that do not exist,
   * and the year 0, are left for PostgreSQL to refuse unless a rule wants something else.
   */
  DATE,
  /** Raw bytes to {@code \x…}. */
  BYTEA,
  /** A MySQL bit value, big-endian bytes, to as many binary digits as the type declares. */
  BIT,
  /** A MySQL bit value to {@code t} or {@code f}. */
  BIT_BOOLEAN,
  /** A MySQL set, {@code a,b}, to the array {@code {"a","b"}}. */
  SET
}
