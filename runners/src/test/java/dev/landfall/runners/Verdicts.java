package dev.landfall.runners;

import dev.landfall.embedded.FreshDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the ledger of a target says about the last verification. */
final class Verdicts {
  private Verdicts() {}

  /** A changed row. */
  static String changed(String table, String key, String... columns) {
    return table + " " + key + " CHANGED {" + String.join(",", columns) + "}";
  }

  /** A row that the target lacks. */
  static String missing(String table, String key) {
    return table + " " + key + " MISSING {}";
  }

  /** All differences of the last verification. */
  static List<String> differences(FreshDatabase target) throws SQLException {
    return texts(
        target,
        "SELECT concat_ws(' ', target_table, key::text, kind, columns::text)"
            + " FROM landfall.difference WHERE run = (SELECT max(id) FROM landfall.run)"
            + " ORDER BY 1");
  }

  /** Whatever the last verification says of the schema: findings of any kind, and notes. */
  static List<String> schema(FreshDatabase target) throws SQLException {
    return texts(
        target,
        "WITH newest AS (SELECT max(id) AS run FROM landfall.run),"
            + " compared AS (SELECT c.* FROM landfall.check_result c JOIN newest USING (run)"
            + " WHERE subject IN ('TARGET', 'SOURCE'))"
            + " SELECT concat_ws(' ', severity, kind, table_name, object, expected, '/', f.found,"
            + " reason) FROM landfall.check_finding f JOIN newest USING (run)"
            + " WHERE subject IN ('TARGET', 'SOURCE')"
            + " UNION ALL SELECT unnest(notes) FROM compared"
            + " UNION ALL SELECT 'not compared' WHERE NOT EXISTS (SELECT 1 FROM compared)");
  }

  /** The first column of each row, as PostgreSQL prints it to a session in UTC. */
  static List<String> texts(FreshDatabase target, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = target.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      try (ResultSet result = statement.executeQuery(query)) {
        while (result.next()) {
          texts.add(String.valueOf(result.getString(1)));
        }
      }
    }
    return texts;
  }
}
