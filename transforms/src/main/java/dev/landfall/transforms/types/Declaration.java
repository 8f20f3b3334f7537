package dev.landfall.transforms.types;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the source's {@code information_schema.columns} says of a column's type. */
public interface Declaration {
  /** What stands between a geometry's type and its SRID in {@link #columnType}. */
  String SRID = " srid ";

  /** The type without attributes, lower case: {@code bigint}, {@code varchar}. */
  String dataType();

  /** The type as declared: {@code bigint unsigned}, {@code enum('a','b')}. */
  String columnType();

  /** The character set, null for a type that has none. */
  @Nullable String characterSet();

  /** Characters (or bytes, for binary types), null where it does not apply. */
  @Nullable Long length();

  /** Digits of a number, null where it does not apply. */
  @Nullable Integer precision();

  /** Digits after the point, null where it does not apply. */
  @Nullable Integer scale();

  /** Digits of a fractional second, null where it does not apply. */
  @Nullable Integer fraction();

  /** The type. */
  default MySqlType type() {
    return MySqlTypes.of(this);
  }

  /** Whether the declared type says {@code unsigned}. */
  default boolean unsigned() {
    return columnType().contains(" unsigned");
  }

  /** Whether the server pads the printed number with zeros, as {@code int(5) zerofill} does. */
  default boolean zerofill() {
    return columnType().contains(" zerofill");
  }

  /**
   * The spatial reference system that all values of a geometry have ({@code SRID 4326} in the
   * declaration, MySQL manual 11.4.1), null when each value has its own.
   */
  default @Nullable Long srid() {
    int at = columnType().indexOf(SRID);
    return at < 0 ? null : Long.valueOf(columnType().substring(at + SRID.length()));
  }

  /**
   * The members of an enum or a set in the order of their declaration, which is that of their
   * numbers (MySQL manual 11.3.5 and 11.3.6); empty for a column of another type. A character
   * beyond U+FFFF is a question mark here: the server's catalogue has it so.
   */
  default List<String> members() {
    return dataType().equals("enum") || dataType().equals("set")
        ? MemberList.of(columnType())
        : List.of();
  }
}
