package dev.landfall.runners.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The database that the demo moves; {@code shop.sql} beside this class says what is in it. */
final class Shop {
  private Shop() {}

  /** Makes its tables and their rows in the connection's database, which is empty. */
  static void make(Connection connection) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements()) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> statements() throws IOException {
    try (InputStream script = Shop.class.getResourceAsStream("shop.sql")) {
      if (script == null) {
        throw new IOException("shop.sql is missing from the jar");
      }
      String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      return List.of(text.strip().split(";\\s*\\n", 0)).stream()
          .map(s -> s.strip().replaceAll(";$", ""))
          .filter(s -> !s.isEmpty())
          .toList();
    }
  }
}
