package dev.landfall.pipelines.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A table of the source.
 *
 * @param key the columns of its primary key
 */
record Table(String name, List<Column> columns, List<Column> key, List<Foreign> foreigns) {
  /**
   * A column.
   *
   * @param odd whether it may have values that PostgreSQL can't take
   */
  record Column(String name, Kind kind, boolean nullable, boolean odd) {}

  /** A foreign key that refers to another table's key. */
  record Foreign(String name, List<Column> columns, Table parent) {}

  static String quoted(String name) {
    return "`" + name + "`";
  }

  static String names(List<Column> columns) {
    StringJoiner names = new StringJoiner(", ");
    columns.forEach(column -> names.add(quoted(column.name())));
    return names.toString();
  }

  /** The foreign key that a column is part of; null for none. */
  @Nullable Foreign foreign(Column column) {
    return foreigns.stream().filter(f -> f.columns().contains(column)).findFirst().orElse(null);
  }

  boolean refersToItself() {
    return foreigns.stream().anyMatch(f -> f.parent().name().equals(name));
  }

  String create() {
    StringJoiner definition = new StringJoiner(", ", "CREATE TABLE " + quoted(name) + " (", ")");
    for (Column column : columns) {
      definition.add(
          quoted(column.name()) + " " + column.kind().ddl + (column.nullable() ? "" : " NOT NULL"));
    }
    definition.add("PRIMARY KEY (" + names(key) + ")");
    for (Foreign foreign : foreigns) {
      definition.add(
          "CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s (%s)"
              .formatted(
                  quoted(foreign.name()),
                  names(foreign.columns()),
                  quoted(foreign.parent().name()),
                  names(foreign.parent().key())));
    }
    return definition.toString();
  }

  /**
   * Adds rows; those of a key that is there are left out.
   *
   * @param shift added to the first column of the key where it is a number
   */
  List<String> insert(Random random, int rows, int shift) {
    List<String> statements = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int parent = random.nextInt(5);
      StringJoiner values =
          new StringJoiner(", ", "INSERT IGNORE INTO " + quoted(name) + " VALUES (", ")");
      for (Column column : columns) {
        values.add(value(random, column, shift, parent));
      }
      statements.add(values.toString());
    }
    if (refersToItself()) {
      Foreign self =
          foreigns.stream().filter(f -> f.parent().name().equals(name)).findFirst().orElseThrow();
      String refers = quoted(self.columns().get(0).name());
      String id = quoted(key.get(0).name());
      statements.add(
          "UPDATE %s t JOIN (SELECT min(%s) AS low, max(%s) AS high FROM %s) b SET t.%s ="
                  .formatted(quoted(name), id, id, quoted(name), refers)
              + " IF(CRC32(t.%s) %% 2, b.low, b.high) WHERE CRC32(t.%s) %% 3 > 0"
                  .formatted(id, id));
    }
    return statements;
  }

  private String value(Random random, Column column, int shift, int parent) {
    Foreign foreign = foreign(column);
    if (foreign != null && foreign.parent().name().equals(name)) {
      return "NULL";
    }
    if (column.nullable() && random.nextInt(6) == 0) {
      return "NULL";
    }
    if (foreign != null) {
      List<Column> theirs = foreign.parent().key();
      return "(SELECT %s FROM %s ORDER BY %s LIMIT 1 OFFSET %d)"
          .formatted(
              quoted(theirs.get(foreign.columns().indexOf(column)).name()),
              quoted(foreign.parent().name()),
              names(theirs),
              parent);
    }
    return column.equals(key.get(0)) && column.kind() == Kind.INT
        ? String.valueOf(shift + random.nextInt(40))
        : column.kind().literal(random, column.odd());
  }
}
