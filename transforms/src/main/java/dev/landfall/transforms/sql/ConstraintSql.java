package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Keys and checks. */
public final class ConstraintSql {
  private ConstraintSql() {}

  /** A primary key. */
  public static String addPrimaryKey(TableName table, String name, Collection<String> columns) {
    return addConstraint(table, name) + "PRIMARY KEY (" + Identifiers.postgres(columns) + ")";
  }

  /** A unique constraint. */
  public static String addUnique(TableName table, String name, Collection<String> columns) {
    return addConstraint(table, name) + "UNIQUE (" + Identifiers.postgres(columns) + ")";
  }

  /** The index of a key, on its own, made of the statement that adds the key. */
  public static String indexOf(TableName table, String name, String addKey) {
    return "CREATE UNIQUE INDEX "
        + Identifiers.postgres(name)
        + " ON "
        + Identifiers.postgres(table)
        + " "
        + addKey.substring(columns(table, name, addKey));
  }

  /** The statement that adds a key, made one that takes the index of its name for it. */
  public static String overIndex(TableName table, String name, String addKey) {
    return addKey.substring(0, columns(table, name, addKey))
        + "USING INDEX "
        + Identifiers.postgres(name);
  }

  /** Where the columns of a key begin. */
  private static int columns(TableName table, String name, String addKey) {
    return addKey.indexOf('(', addConstraint(table, name).length());
  }

  /**
   * A foreign key.
   *
   * @param actions what follows the referenced columns: {@code ON DELETE CASCADE}, or nothing
   */
  public static String addForeignKey(
      TableName table,
      String name,
      Collection<String> columns,
      TableName referenced,
      Collection<String> referencedColumns,
      List<String> actions) {
    return addConstraint(table, name)
        + "FOREIGN KEY ("
        + Identifiers.postgres(columns)
        + ")\n    REFERENCES "
        + Identifiers.postgres(referenced)
        + " ("
        + Identifiers.postgres(referencedColumns)
        + ")"
        + actions.stream().map(a -> " " + a).collect(Collectors.joining());
  }

  /** Checks, all proved in one scan; conditions by name. */
  public static String addChecks(TableName table, Map<String, String> conditions) {
    return conditions.entrySet().stream()
        .map(c -> "\n    ADD CONSTRAINT " + check(c.getKey(), c.getValue()))
        .collect(Collectors.joining(",", "ALTER TABLE " + Identifiers.postgres(table), ""));
  }

  private static String check(String name, String condition) {
    return Identifiers.postgres(name) + " CHECK (" + condition + ")";
  }

  /** Whether a text is one of those. */
  public static String isOneOf(String column, Collection<String> values) {
    return Identifiers.postgres(column)
        + " IN ("
        + values.stream().map(DdlSql::literal).collect(Collectors.joining(", "))
        + ")";
  }

  /** Whether an array of texts has no member but those. */
  public static String containsOnly(String column, Collection<String> values) {
    return Identifiers.postgres(column)
        + " <@ ARRAY["
        + values.stream().map(DdlSql::literal).collect(Collectors.joining(", "))
        + "]::text[]";
  }

  /** The statement that makes a constraint, made one that holds for new rows only. */
  public static String unproved(String addConstraint) {
    return addConstraint + " NOT VALID";
  }

  /** Proves a constraint of the rows that are there. */
  public static String validate(TableName table, String name) {
    return "ALTER TABLE "
        + Identifiers.postgres(table)
        + " VALIDATE CONSTRAINT "
        + Identifiers.postgres(name);
  }

  static String addConstraint(TableName table, String name) {
    return "ALTER TABLE "
        + Identifiers.postgres(table)
        + "\n    ADD CONSTRAINT "
        + Identifiers.postgres(name)
        + " ";
  }
}
