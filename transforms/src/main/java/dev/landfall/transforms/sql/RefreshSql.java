package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What brings single rows of a target table up to date. Values are bound without a type, so that
 * PostgreSQL reads their texts as its COPY does: what is too long for a column is refused and not
 * cut.
 */
public final class RefreshSql {
  private static final String ROW = "landfall_row";

  /**
   * Who waits for a row of the source gives up after two seconds, and who holds one and stands
   * still, as a machine that was put to sleep does, loses it after ten.
   */
  public static final String SHORT_LOCK_WAIT_OF_SOURCE =
      "SET SESSION innodb_lock_wait_timeout = 2, SESSION wait_timeout = 10";

  /** The same of whatever is locked in the target. */
  public static final String SHORT_LOCK_WAIT_OF_TARGET = "SET lock_timeout = '2s'";

  /** What a plain SELECT reads of the source stays as it is until the transaction's end. */
  public static final String HOLDING_SOURCE =
      "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE";

  private RefreshSql() {}

  /**
   * A foreign key that refers to a table.
   *
   * @param name the constraint
   * @param table the table that refers, quoted
   * @param columns its columns
   * @param referenced the columns that they refer to
   * @param onDelete {@code pg_constraint.confdeltype}
   * @param onUpdate {@code pg_constraint.confupdtype}
   */
  public record Reference(
      String name,
      String table,
      List<String> columns,
      List<String> referenced,
      String onDelete,
      String onUpdate) {
    /** Whether a deletion would go on to the rows that refer instead of being refused. */
    public boolean spreadsDeletes() {
      return !onDelete.equals("a") && !onDelete.equals("r");
    }

    /** Whether another value would take the reference from the rows that refer. */
    public boolean losesUpdates() {
      return onUpdate.equals("n") || onUpdate.equals("d");
    }
  }

  /**
   * One row, columns as in {@link TargetTable#loaded()}. A value for a column that is {@code
   * GENERATED ALWAYS AS IDENTITY} is taken, as COPY takes it.
   */
  public static String insert(TargetTable table) {
    List<ColumnMapping> columns = table.loaded();
    return "INSERT INTO "
        + Identifiers.postgres(table.name())
        + " ("
        + Identifiers.postgres(columns.stream().map(ColumnMapping::name).toList())
        + ") OVERRIDING SYSTEM VALUE VALUES ("
        + String.join(", ", Collections.nCopies(columns.size(), "?"))
        + ")";
  }

  /**
   * Sets every loaded column, those that are equal too: a column that a statement names is left
   * alone by what stands for ON UPDATE CURRENT_TIMESTAMP.
   *
   * @param numbered columns that only the server may set, which are left out
   */
  public static String set(TargetTable table, Set<String> numbered) {
    return "UPDATE "
        + Identifiers.postgres(table.name())
        + " SET "
        + settable(table, numbered).stream()
            .map(c -> Identifiers.postgres(c.name()) + " = ?")
            .collect(Collectors.joining(", "))
        + " WHERE ";
  }

  /** The columns that {@link #set} sets, in its order. */
  public static List<ColumnMapping> settable(TargetTable table, Set<String> numbered) {
    return table.loaded().stream().filter(c -> !numbered.contains(c.name())).toList();
  }

  /** Sets one column of the row with a key; the value is the first parameter. */
  public static BoundQuery park(TargetTable table, String column, List<@Nullable String> key) {
    List<Object> parameters = new ArrayList<>();
    return new BoundQuery(
        "UPDATE "
            + Identifiers.postgres(table.name())
            + " SET "
            + Identifiers.postgres(column)
            + " = ? WHERE "
            + where(table, key, parameters),
        parameters);
  }

  /** The condition for a row with a key, and its parameters. */
  public static BoundQuery where(TargetTable table, List<@Nullable String> key) {
    List<Object> parameters = new ArrayList<>();
    return new BoundQuery(where(table, key, parameters), parameters);
  }

  private static String where(
      TargetTable table, List<@Nullable String> key, List<Object> parameters) {
    return KeyedSql.targetKeys(table, Collections.singletonList(key), parameters);
  }

  /** Locks the row with a key, so that nobody begins to refer to it. */
  public static BoundQuery lock(TargetTable table, List<@Nullable String> key) {
    List<Object> parameters = new ArrayList<>();
    return new BoundQuery(
        "SELECT 1 FROM "
            + Identifiers.postgres(table.name())
            + " WHERE "
            + where(table, key, parameters)
            + " FOR UPDATE",
        parameters);
  }

  /** Deletes rows, as a person is shown it. */
  public static String delete(TargetTable table, String condition) {
    return "DELETE FROM " + name(table.name()) + " WHERE " + condition;
  }

  /** Deletes the row with a key, unless that would change rows that refer to it. */
  public static BoundQuery delete(
      TargetTable table, List<@Nullable String> key, List<Reference> references) {
    List<Object> parameters = new ArrayList<>();
    StringBuilder sql =
        new StringBuilder("DELETE FROM ")
            .append(Identifiers.postgres(table.name()))
            .append(" AS ")
            .append(ROW)
            .append(" WHERE ")
            .append(where(table, key, parameters));
    references.stream()
        .filter(Reference::spreadsDeletes)
        .forEach(r -> sql.append(" AND NOT ").append(referring(r)));
    return new BoundQuery(sql.toString(), parameters);
  }

  /** Whether rows refer to the row with a key by that foreign key: a row when they do. */
  public static BoundQuery referred(
      TargetTable table, List<@Nullable String> key, Reference reference) {
    List<Object> parameters = new ArrayList<>();
    return new BoundQuery(
        "SELECT 1 FROM "
            + Identifiers.postgres(table.name())
            + " AS "
            + ROW
            + " WHERE "
            + where(table, key, parameters)
            + " AND "
            + referring(reference),
        parameters);
  }

  /** A row that refers to itself does not count. */
  private static String referring(Reference reference) {
    StringBuilder sql =
        new StringBuilder("EXISTS (SELECT 1 FROM ").append(reference.table()).append(" c WHERE ");
    for (int i = 0; i < reference.columns().size(); i++) {
      sql.append("c.")
          .append(Identifiers.postgres(reference.columns().get(i)))
          .append(" = " + ROW + ".")
          .append(Identifiers.postgres(reference.referenced().get(i)))
          .append(" AND ");
    }
    return sql.append(
            "(c.tableoid, c.ctid) IS DISTINCT FROM (" + ROW + ".tableoid, " + ROW + ".ctid))")
        .toString();
  }

  /** Deletes all rows with a key but one, where nothing keeps keys apart. */
  public static BoundQuery deleteCopies(TargetTable table, List<@Nullable String> key) {
    List<Object> parameters = new ArrayList<>();
    String name = Identifiers.postgres(table.name());
    String where = where(table, key, parameters);
    String inner = where(table, key, parameters);
    return new BoundQuery(
        "DELETE FROM "
            + name
            + " WHERE "
            + where
            + " AND (tableoid, ctid) NOT IN (SELECT tableoid, ctid FROM "
            + name
            + " WHERE "
            + inner
            + " LIMIT 1)",
        parameters);
  }

  /** Lets nobody else write to the table until the end of the transaction. */
  public static String lockTable(TargetTable table) {
    return "LOCK TABLE " + Identifiers.postgres(table.name()) + " IN SHARE ROW EXCLUSIVE MODE";
  }

  /**
   * Deletes some of the rows that are written alike. Parameters: the row's values, columns as in
   * {@link TargetTable#columns()}, and how many.
   */
  public static String deleteSome(TargetTable table) {
    String name = Identifiers.postgres(table.name());
    return "DELETE FROM "
        + name
        + " WHERE (tableoid, ctid) IN (SELECT tableoid, ctid FROM "
        + name
        + " WHERE "
        + table.columns().stream()
            .map(
                c ->
                    Identifiers.postgres(c.name())
                        + "::text IS NOT DISTINCT FROM CAST(? AS "
                        + c.type().ddl()
                        + ")::text")
            .collect(Collectors.joining(" AND "))
        + " LIMIT ?)";
  }

  /** Lets a sequence go on behind a value, if it is not there yet. Parameters: sequence, value. */
  public static String advance(String sequence) {
    return "SELECT setval(CAST(? AS regclass), CAST(? AS bigint)) FROM "
        + sequence
        + " s JOIN pg_sequence q ON q.seqrelid = CAST(? AS regclass) AND q.seqincrement > 0"
        + " WHERE CAST(? AS bigint) BETWEEN q.seqmin AND q.seqmax"
        + " AND (s.last_value < CAST(? AS bigint)"
        + " OR NOT s.is_called AND s.last_value = CAST(? AS bigint))";
  }

  /** A column as statements name it. */
  public static String name(String column) {
    return Identifiers.postgres(column);
  }

  /** The table as statements name it. */
  public static String name(TableName table) {
    return Identifiers.postgres(table);
  }
}
