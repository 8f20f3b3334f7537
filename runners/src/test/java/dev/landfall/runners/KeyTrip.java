package dev.landfall.runners;

import dev.landfall.embedded.FreshDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of {@link #ROWS} rows whose primary key has a type that can be one. Its columns are those
 * of the key, {@code n} from 1 on and {@code v}.
 *
 * @param table its name
 * @param columns the key's columns as they are declared, all NOT NULL
 * @param key what is between the brackets of PRIMARY KEY
 * @param values the key's values, expressions of {@code n}
 * @param names the key's columns
 */
record KeyTrip(String table, String columns, String key, String values, List<String> names) {
  /** Enough for several chunks. */
  static final int ROWS = 300;

  /** A key of one column, {@code k}. */
  static KeyTrip of(String table, String declared, String value) {
    return new KeyTrip(table, "k " + declared + " NOT NULL, ", "k", value, List.of("k"));
  }

  /** A key of the first so many characters or bytes of a column. */
  static KeyTrip prefix(String table, String declared, int length, String value) {
    return new KeyTrip(
        table, "k " + declared + " NOT NULL, ", "k(" + length + ")", value, List.of("k", "n"));
  }

  /** What makes and fills the table; {@code numbers} is a table of numbers {@code n}. */
  List<String> create(String numbers) {
    return List.of(
        "CREATE TABLE %s (%sn int, v varchar(10), PRIMARY KEY (%s)) DEFAULT CHARSET utf8mb4"
            .formatted(table, columns, key),
        "INSERT INTO %s SELECT %s, n, 'old' FROM %s WHERE n <= %d"
            .formatted(table, values, numbers, ROWS),
        "ANALYZE TABLE " + table);
  }

  /**
   * A prefix tells rows apart in the source only: without a key a changed row is a missing one and
   * an extra one, and its values name it.
   */
  boolean hasKey() {
    return !key.contains("(");
  }

  /** Keeps the rows as they arrived, for {@link #found}. */
  String copy() {
    return "CREATE TABLE copies.%s AS SELECT * FROM %s".formatted(table, table);
  }

  /**
   * The rows that the last verification found different, in the form {@code table n kind columns}:
   * the keys in the ledger are read as the target's types and must each name one row.
   */
  List<String> found(FreshDatabase target) throws SQLException {
    List<String> conditions = new ArrayList<>();
    for (String name : names) {
      String type =
          Verdicts.texts(
                  target,
                  "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid ="
                      + " 'copies.%s'::regclass AND attname = '%s'".formatted(table, name))
              .get(0);
      conditions.add("c.%s = (d.key ->> '%s')::%s".formatted(name, name, type));
    }
    return Verdicts.texts(
        target,
        "SELECT concat_ws(' ', '%s', coalesce(c.n::text, d.key::text), kind, d.columns)"
                .formatted(table)
            + " FROM landfall.difference d LEFT JOIN copies.%s c ON %s"
                .formatted(table, String.join(" AND ", conditions))
            + " WHERE run = (SELECT max(id) FROM landfall.run) AND target_table = 'public.%s'"
                .formatted(table));
  }

  /** What must be found after row 7 went from the source, 177 from the target, 277 changed. */
  List<String> expected() {
    return hasKey()
        ? List.of(table + " 7 EXTRA {}", table + " 177 MISSING {}", table + " 277 CHANGED {v}")
        : List.of(
            table + " 7 EXTRA {}",
            table + " 177 MISSING {}",
            table + " 277 MISSING {}",
            table + " 277 EXTRA {}");
  }
}
