package dev.landfall.runners.demo;

import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.runners.display.Console;
import dev.landfall.transforms.MigrationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs a person's statement on the demo's target, so that nobody needs psql to try things. */
final class DemoSql {
  private static final int MOST_ROWS = 100;

  private final Console console;

  DemoSql(Console console) {
    this.console = console;
  }

  /** Prints the rows, or how many were changed; returns the exit code. */
  int run(DemoServers servers, String sql) {
    EmbeddedServer target = servers.target();
    try (Connection connection = target.connect(DemoServers.DATABASE);
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        int changed = statement.getUpdateCount();
        console.out().println(changed + (changed == 1 ? " row changed" : " rows changed"));
        return 0;
      }
      try (ResultSet rows = statement.getResultSet()) {
        print(rows);
      }
      return 0;
    } catch (SQLException e) {
      throw new MigrationException(
          MigrationException.Kind.FAILED, "The target refused it: " + e.getMessage(), e);
    }
  }

  private void print(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      names.add(rows.getMetaData().getColumnLabel(i));
    }
    console.out().println(String.join("\t", names));
    for (int count = 0; rows.next(); count++) {
      if (count == MOST_ROWS) {
        console.err().println("landfall: only the first " + MOST_ROWS + " rows are shown");
        return;
      }
      List<String> values = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        String value = rows.getString(i);
        values.add(value == null ? "NULL" : value.replaceAll("\\p{Cntrl}", "?"));
      }
      console.out().println(String.join("\t", values));
    }
  }
}
