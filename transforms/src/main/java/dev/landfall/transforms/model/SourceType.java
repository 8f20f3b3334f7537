package dev.landfall.transforms.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The types of MySQL and MariaDB, grouped where nothing but a limit tells them apart. */
public enum SourceType {
  TINYINT("tinyint"),
  SMALLINT("smallint"),
  MEDIUMINT("mediumint"),
  INT("int"),
  BIGINT("bigint"),
  DECIMAL("decimal"),
  FLOAT("float"),
  DOUBLE("double"),
  CHAR("char"),
  VARCHAR("varchar"),
  TEXT("tinytext", "text", "mediumtext", "longtext"),
  ENUM("enum"),
  SET("set"),
  JSON("json"),
  DATE("date"),
  DATETIME("datetime"),
  TIMESTAMP("timestamp"),
  TIME("time"),
  YEAR("year"),
  BIT("bit"),
  BINARY("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob"),
  /** MariaDB 10.7. */
  UUID("uuid"),
  /** MariaDB 10.5 and 10.10. */
  INET("inet4", "inet6"),
  /** MySQL 9 and MariaDB 11.7. */
  VECTOR("vector"),
  /** MySQL 8 calls the collection {@code geomcollection}, all others {@code geometrycollection}. */
  GEOMETRY(
      "geometry",
      "point",
      "linestring",
      "polygon",
      "multipoint",
      "multilinestring",
      "multipolygon",
      "geomcollection",
      "geometrycollection");

  private static final Map<String, SourceType> BY_NAME =
      Arrays.stream(values())
          .flatMap(
              type -> Arrays.stream(type.names.split(" ", -1)).map(name -> Map.entry(name, type)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  /** Separated by blanks. */
  private final String names;

  SourceType(String... names) {
    this.names = String.join(" ", names);
  }

  /** The names of all types as {@code information_schema} prints them. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /** The type of a column; empty when it is none that is known here. */
  public static Optional<SourceType> of(SourceColumn column) {
    return Optional.ofNullable(BY_NAME.get(column.dataType()));
  }
}
