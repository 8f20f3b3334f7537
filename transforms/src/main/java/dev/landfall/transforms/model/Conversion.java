package dev.landfall.transforms.model;

/**
 * How the bytes that the source prints become PostgreSQL's text form. Everything that is not {@link
 * #NONE} costs a look at each value.
 */
public enum Conversion {
  /** The bytes are PostgreSQL's text form already. */
  NONE("nothing"),
  /**
   * UTF-8 text. A NUL byte, which PostgreSQL's text types can't hold, is left for PostgreSQL to
   * refuse: looking for one in every text costs a tenth of a load.
   */
  TEXT("nothing: UTF-8 text"),
  /**
   * A date, datetime or timestamp. Zero and partial dates are looked for; days that do not exist,
   * and the year 0, are left for PostgreSQL to refuse unless a rule wants something else.
   */
  DATE("nothing but for zero and partial dates"),
  /** Raw bytes to {@code \x…}. */
  BYTEA("bytes to `\\x…`"),
  /** A MySQL bit value, big-endian bytes, to as many binary digits as the type declares. */
  BIT("big-endian bytes to binary digits"),
  /** A MySQL bit value to {@code t} or {@code f}. */
  BIT_BOOLEAN("a bit to `t` or `f`"),
  /** A MySQL set, {@code a,b}, to the array {@code {"a","b"}}. */
  SET("`a,b` to `{\"a\",\"b\"}`"),
  /** An enum's text as a label of a PostgreSQL enum that the migration makes for the column. */
  ENUM("nothing: the text is the label"),
  /** A MySQL geometry to PostGIS's own form, EWKB in hexadecimal. */
  GEOMETRY("SRID and WKB to EWKB in hexadecimal"),
  /** A MySQL geometry to EWKB in a bytea. */
  GEOMETRY_BYTES("SRID and WKB to the bytes of EWKB"),
  /** A MySQL geometry to EWKT: {@code SRID=4326;POINT(13.4 52.5)}. */
  GEOMETRY_TEXT("SRID and WKB to EWKT"),
  /** Little-endian floats to an array: <code>{1.5,2}</code>. */
  VECTOR("little-endian floats to `{1.5,2.0}`"),
  /** Little-endian floats to pgvector's form: {@code [1.5,2]}. */
  VECTOR_TEXT("little-endian floats to `[1.5,2.0]`");

  private final String words;

  Conversion(String words) {
    this.words = words;
  }

  /** What is done to a value, as the documentation says it. */
  public String words() {
    return words;
  }
}
