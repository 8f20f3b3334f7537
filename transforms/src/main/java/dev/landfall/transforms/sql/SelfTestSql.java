package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * What a self-test asks of the target: a copy of some rows, faults in it, and what PostgreSQL
 * itself says of each.
 */
public final class SelfTestSql {
  private SelfTestSql() {}

  /** Forms the schema's name: nobody else has one of a run's number. */
  public static String schemaOf(long run) {
    return "landfall_selftest_" + run;
  }

  /** What the user needs to be granted where {@link #createSchema} is refused. */
  public static String grant(String database, String user) {
    return "GRANT CREATE ON DATABASE "
        + Identifiers.postgres(database)
        + " TO "
        + Identifiers.postgres(user);
  }

  /** Makes the scratch schema. */
  public static String createSchema(String schema) {
    return "CREATE SCHEMA " + Identifiers.postgres(schema);
  }

  /** An empty table with the columns of another, without its keys, checks and triggers. */
  public static String createLike(TargetTable original, TableName scratch) {
    return "CREATE TABLE "
        + Identifiers.postgres(scratch)
        + " AS SELECT "
        + names(original)
        + " FROM "
        + Identifiers.postgres(original.name())
        + " WITH NO DATA";
  }

  /** Numbers the rows in the order in which they come. */
  public static String addNumber(TableName scratch, String number) {
    return "ALTER TABLE "
        + Identifiers.postgres(scratch)
        + " ADD COLUMN "
        + Identifiers.postgres(number)
        + " bigint GENERATED ALWAYS AS IDENTITY";
  }

  /** A copy with all rows. */
  public static String copyOf(TableName scratch, TableName copy) {
    return "CREATE TABLE "
        + Identifiers.postgres(copy)
        + " AS TABLE "
        + Identifiers.postgres(scratch);
  }

  /**
   * Name, type as in DDL, and labels (null unless it is an enum) of a table's columns. Parameter:
   * its name, quoted as in statements.
   */
  public static final String COLUMNS =
      "SELECT a.attname, format_type(a.atttypid, a.atttypmod),"
          + " (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_enum e"
          + " WHERE e.enumtypid = a.atttypid)"
          + " FROM pg_attribute a WHERE a.attrelid = CAST(? AS regclass) AND a.attnum > 0"
          + " AND NOT a.attisdropped";

  /** All rows as a verification reads them, and behind the columns their numbers; in order. */
  public static BoundQuery numbered(TargetTable table, String number) {
    String name = Identifiers.postgres(number);
    String select = TargetChunkSql.select(table);
    int from = select.lastIndexOf(" FROM " + Identifiers.postgres(table.name()));
    return new BoundQuery(
        select.substring(0, from) + ", " + name + select.substring(from) + " ORDER BY " + name,
        List.of());
  }

  /**
   * Gives rows another value in a column. Parameters: their numbers, and the values' texts.
   *
   * @param type as in DDL; what does not fit a length is cut, as an explicit cast does
   */
  public static String change(TableName scratch, String number, String column, String type) {
    return "UPDATE "
        + Identifiers.postgres(scratch)
        + " AS landfall_t SET "
        + Identifiers.postgres(column)
        + " = CAST(landfall_v.value AS "
        + type
        + ") FROM unnest(CAST(? AS bigint[]), CAST(? AS text[])) AS landfall_v(number, value)"
        + " WHERE landfall_t."
        + Identifiers.postgres(number)
        + " = landfall_v.number";
  }

  /** Swaps the values of two columns of one row. Parameter: its number. */
  public static String swap(TableName scratch, String number, String one, String other) {
    return "UPDATE "
        + Identifiers.postgres(scratch)
        + " SET "
        + Identifiers.postgres(one)
        + " = "
        + Identifiers.postgres(other)
        + ", "
        + Identifiers.postgres(other)
        + " = "
        + Identifiers.postgres(one)
        + " WHERE "
        + Identifiers.postgres(number)
        + " = ?";
  }

  /** Takes a row out. Parameter: its number. */
  public static String delete(TableName scratch, String number) {
    return "DELETE FROM "
        + Identifiers.postgres(scratch)
        + " WHERE "
        + Identifiers.postgres(number)
        + " = ?";
  }

  /** Puts a row in again; gives the new one's number. Parameter: its number. */
  public static String again(TargetTable scratch, String number) {
    String table = Identifiers.postgres(scratch.name());
    return "INSERT INTO "
        + table
        + " ("
        + names(scratch)
        + ") SELECT "
        + names(scratch)
        + " FROM "
        + table
        + " WHERE "
        + Identifiers.postgres(number)
        + " = ? RETURNING "
        + Identifiers.postgres(number);
  }

  /**
   * What PostgreSQL says has changed: for each row that has, its number, whether it was not there
   * before, whether it is not there now, and for each column whether its value is distinct from
   * before.
   */
  public static String changes(TargetTable now, TableName before, String number) {
    String row = Identifiers.postgres(number);
    StringJoiner distinct = new StringJoiner(", ", "ARRAY[", "]");
    for (ColumnMapping column : now.columns()) {
      String name = Identifiers.postgres(column.name());
      distinct.add(column.type().distinct("b." + name, "n." + name));
    }
    return "SELECT * FROM (SELECT coalesce(b."
        + row
        + ", n."
        + row
        + "), b."
        + row
        + " IS NULL AS extra, n."
        + row
        + " IS NULL AS missing, "
        + distinct
        + " AS changed FROM "
        + Identifiers.postgres(before)
        + " b FULL JOIN "
        + Identifiers.postgres(now.name())
        + " n ON n."
        + row
        + " = b."
        + row
        + ") AS c WHERE extra OR missing OR true = ANY (changed)";
  }

  private static String names(TargetTable table) {
    Collection<String> names = table.columns().stream().map(ColumnMapping::name).toList();
    return names.stream().map(Identifiers::postgres).collect(Collectors.joining(", "));
  }
}
