package dev.landfall.transforms.ledger;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.jdbc.Query;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The ledger's tables, made by numbered migrations: {@code 1.sql} and so on beside this class. Each
 * is applied once, in order; the ledger keeps the number of the last. A migration that was released
 * is never changed: what comes later is a further one, here and in {@link #NEWEST}.
 *
 * <p>A ledger that lacks migrations gets them from whoever comes first, a reader too, if its
 * account may; one that has more than are known here is refused whatever is asked of it.
 */
final class LedgerSchema {
  private static final int NEWEST = 1;

  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String READ_ONLY = "25006";

  private LedgerSchema() {}

  /**
   * Makes the ledger where there is none, and brings it up to date, all or nothing. Any number of
   * sessions may come at once. Needs no right of an account where nothing is to be done, and none
   * on the database where the schema is there. In a transaction of its own, unless the caller has
   * turned auto-commit off.
   *
   * @throws MigrationException of kind USAGE for a ledger that this version must not touch
   */
  static void install(Connection connection) throws SQLException {
    install(connection, released());
  }

  /**
   * Whether there is a ledger; one that there is has all that is known here.
   *
   * @throws MigrationException of kind USAGE for a ledger that this version must not touch, or that
   *     the account may not bring up to date
   */
  static boolean isInstalled(Connection connection) throws SQLException {
    return isInstalled(connection, released());
  }

  static void install(Connection connection, List<String> migrations) throws SQLException {
    if (number(connection, migrations) == migrations.size()) {
      return;
    }
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(hashtextextended('landfall', 0))");
      // Somebody else may have been first.
      for (int i = number(connection, migrations); i < migrations.size(); i++) {
        statement.execute(migrations.get(i));
        Query.of(connection, "INSERT INTO landfall.version (number) VALUES (:number)")
            .bind("number", i + 1)
            .update();
      }
      if (autoCommit) {
        connection.commit();
      }
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(autoCommit);
    }
  }

  static boolean isInstalled(Connection connection, List<String> migrations) throws SQLException {
    int number = number(connection, migrations);
    if (number > 0 && number < migrations.size()) {
      try {
        install(connection, migrations);
      } catch (SQLException e) {
        if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState()) && !READ_ONLY.equals(e.getSQLState())) {
          throw e;
        }
        throw refused(
            connection,
            "was made by an older Landfall (schema %d, this one knows %d), and this account may not"
                    .formatted(number, migrations.size())
                + " bring it up to date: give any command with the account that owns it, or use"
                + " that version.",
            e);
      }
    }
    return number > 0;
  }

  /** The number of the last migration that was applied, 0 where there is no ledger. */
  private static int number(Connection connection, List<String> migrations) throws SQLException {
    int known = migrations.size();
    if (!isTable(connection, "landfall.version")) {
      if (!isTable(connection, "landfall.chunk")) {
        return 0;
      }
      // Somebody may have made all of it since it was looked for.
      if (!isTable(connection, "landfall.version")) {
        throw refused(
            connection,
            "was made by a Landfall from before its first release and has no number. Use that"
                + " version; or begin anew with this one: drop the tables that it has moved, then"
                + " DROP SCHEMA landfall CASCADE.",
            null);
      }
    }
    Found found =
        Query.of(connection, FOUND)
            .bind("tables", "text", tables(migrations))
            .one(row -> new Found((int) row.number("number"), row.texts("missing")))
            .orElseThrow();
    int number = found.number();
    if (number == known && !found.missing().isEmpty()) {
      throw refused(
          connection,
          "lacks what was dropped from it: landfall."
              + String.join(", landfall.", found.missing())
              + ". It is no account of what was moved any more: put it back from a backup; or begin"
              + " anew: drop the tables that were moved, then DROP SCHEMA landfall CASCADE.",
          null);
    }
    if (number > known) {
      throw refused(
          connection,
          "was made by a newer Landfall (schema %d, this one knows %d): use that version."
              .formatted(number, known),
          null);
    }
    return number;
  }

  /**
   * What there is.
   *
   * @param number of the last migration that was applied
   * @param missing tables that all migrations together make, and are not there
   */
  private record Found(int number, List<String> missing) {}

  private static final String FOUND =
      """
      SELECT coalesce(max(number), 0) AS number,
        ARRAY(SELECT name FROM unnest(CAST(:tables AS text[])) name
              WHERE to_regclass('landfall.' || name) IS NULL ORDER BY name) AS missing
      FROM landfall.version
      """;

  private static final Pattern TABLE = Pattern.compile("CREATE TABLE landfall\\.(\\w+)");

  private static List<String> tables(List<String> migrations) {
    return migrations.stream()
        .flatMap(migration -> TABLE.matcher(migration).results())
        .map(table -> table.group(1))
        .toList();
  }

  private static boolean isTable(Connection connection, String name) throws SQLException {
    return Query.of(connection, "SELECT to_regclass(:name) IS NOT NULL")
        .bind("name", name)
        .isTrue();
  }

  private static MigrationException refused(
      Connection connection, String why, @org.jspecify.annotations.Nullable SQLException cause)
      throws SQLException {
    String message =
        "The ledger in schema landfall of database \"" + connection.getCatalog() + "\" " + why;
    return cause == null
        ? new MigrationException(Kind.USAGE, message)
        : new MigrationException(Kind.USAGE, message, cause);
  }

  /** What was released, in order. */
  static List<String> released() {
    return Released.ALL;
  }

  private static final class Released {
    static final List<String> ALL =
        IntStream.rangeClosed(1, NEWEST).mapToObj(Released::text).toList();

    private static String text(int number) {
      try (InputStream text = LedgerSchema.class.getResourceAsStream(number + ".sql")) {
        return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
