package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.SourceSequence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The source's objects as it would make them: for a person to read, sent to nobody. */
public final class SourceObjectSql {
  private SourceObjectSql() {}

  /** A sequence of MariaDB. */
  public static String sequence(String name, SourceSequence sequence) {
    return "CREATE SEQUENCE "
        + Identifiers.mysql(name)
        + " START WITH "
        + sequence.next()
        + " MINVALUE "
        + sequence.minimum()
        + " MAXVALUE "
        + sequence.maximum()
        + " INCREMENT BY "
        + sequence.increment()
        + " CACHE "
        + sequence.cache()
        + (sequence.cycles() ? " CYCLE" : " NOCYCLE");
  }

  /** What stands before a trigger's body. */
  public static String trigger(ResultSet row, String table) throws SQLException {
    return "CREATE TRIGGER "
        + Identifiers.mysql(row.getString("name"))
        + " "
        + row.getString("timing")
        + " "
        + row.getString("event")
        + " ON "
        + Identifiers.mysql(table)
        + " FOR EACH ROW\n";
  }

  /** What stands before the body of a stored program that takes nothing. */
  public static String head(String type, String name) {
    return "CREATE " + type + " " + Identifiers.mysql(name);
  }

  /**
   * What stands before a procedure's or a function's body.
   *
   * @param returns a function's type
   */
  public static String routine(
      String type,
      String name,
      List<String> parameters,
      @Nullable String returns,
      boolean deterministic) {
    return head(type, name)
        + "("
        + String.join(", ", parameters)
        + ")"
        + (returns == null ? "" : " RETURNS " + returns)
        + (deterministic ? " DETERMINISTIC" : "");
  }

  /** A view. */
  public static String view(String name, List<String> columns, String select) {
    return "CREATE VIEW "
        + name
        + (columns.isEmpty() ? "" : " (" + String.join(", ", columns) + ")")
        + " AS\n"
        + select;
  }

  /** An event; null where its body is not to be seen. */
  public static @Nullable String event(ResultSet row, @Nullable String body) throws SQLException {
    if (body == null) {
      return null;
    }
    String at = row.getString("execute_at");
    String schedule =
        at == null
            ? "EVERY "
                + row.getString("interval_value")
                + " "
                + row.getString("interval_field")
                + moment(" STARTS ", row.getString("starts"))
                + moment(" ENDS ", row.getString("ends"))
            : "AT '" + at + "'";
    String status = row.getString("status").equals("ENABLED") ? "" : " DISABLE";
    return "CREATE EVENT "
        + Identifiers.mysql(row.getString("name"))
        + " ON SCHEDULE "
        + schedule
        + status
        + " DO\n"
        + body;
  }

  private static String moment(String word, @Nullable String moment) {
    return moment == null ? "" : word + "'" + moment + "'";
  }
}
