package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.types.SourceText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is asked of the source's tables themselves. */
public final class SourceSql {
  private SourceSql() {}

  /** The server: version and who made it. */
  public static final String VERSION = "SELECT concat(@@version_comment, ' ', version())";

  /** The expression that reads a column so that the server prints what PostgreSQL takes. */
  public static String column(SourceColumn column) {
    String asked = column.asked();
    return asked == null ? column.type().read(Identifiers.mysql(column.name())) : asked;
  }

  /** The expression that reads a text column's bytes as they are stored, whatever they are. */
  public static String bytes(SourceColumn column) {
    return SourceText.stored(Identifiers.mysql(column.name()));
  }

  /** Fails when a column of one of the tables may not be read; looks at no row. */
  public static String readable(List<SourceTable> tables) {
    return tables.stream()
        .map(
            table ->
                "EXISTS (SELECT "
                    + Identifiers.mysql(table.columns().stream().map(SourceColumn::name).toList())
                    + " FROM "
                    + Identifiers.mysql(table.name())
                    + " LIMIT 0)")
        .collect(Collectors.joining(", ", "SELECT ", ""));
  }

  /** Fails when the account may not read all columns of a table, hidden ones too. */
  public static String wholeRows(TableName table) {
    return "SELECT * FROM " + Identifiers.mysql(table) + " LIMIT 0";
  }

  /**
   * Fails in any case: because the account may not read all of the table, or else because the table
   * or column is not there. MySQL asks for the right to all columns before it looks for one that
   * does not exist.
   */
  public static String nothingOf(TableName table) {
    return "SELECT landfall_nothing FROM " + Identifiers.mysql(table) + " LIMIT 0";
  }

  /** Lets the account of a session read a table. */
  public static String grantSelect(TableName table, String account) {
    return "GRANT SELECT ON " + Identifiers.mysql(table) + " TO " + grantee(account) + ";";
  }

  /**
   * Lets the account of a session read every table of a database.
   *
   * @param wildcards whether {@code _} and {@code %} are wildcards there unless they are escaped:
   *     not where rights can be revoked in part, and then an escape is of another name (MySQL
   *     manual 8.2.12)
   */
  public static String grantSelect(String database, boolean wildcards, String account) {
    String name =
        wildcards
            ? database.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%")
            : database;
    return "GRANT SELECT ON " + Identifiers.mysql(name) + ".* TO " + grantee(account) + ";";
  }

  /** Whether rights of this server can be revoked in part: {@code ON} in the second column. */
  public static String partialRevokes() {
    return "SHOW VARIABLES LIKE 'partial_revokes'";
  }

  private static String grantee(String account) {
    int at = account.lastIndexOf('@');
    return at < 0
        ? quote(account)
        : quote(account.substring(0, at)) + "@" + quote(account.substring(at + 1));
  }

  /** The account that the server took the session for: {@code user@host}. */
  public static String currentUser() {
    return "SELECT CURRENT_USER()";
  }

  /**
   * For each column a number that has at least as many bits as any of its values, NULL or 0 when
   * there are none: first the bits that occur in any value of the scanned columns (-1 sets all 64),
   * which takes one scan and is the cheapest aggregate, then the greatest values of the indexed
   * ones, each from the end of its index (MySQL manual 8.2.1.17).
   */
  public static String widest(TableName table, List<String> scanned, List<String> indexed) {
    String from = " FROM " + Identifiers.mysql(table);
    return Stream.concat(
            scanned.stream().map(c -> "BIT_OR(" + Identifiers.mysql(c) + ")"),
            indexed.stream().map(c -> "(SELECT MAX(" + Identifiers.mysql(c) + ")" + from + ")"))
        .collect(Collectors.joining(", ", "SELECT ", scanned.isEmpty() ? "" : from));
  }

  private static String quote(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
