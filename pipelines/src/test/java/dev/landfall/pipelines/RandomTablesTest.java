package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.api.TableResult;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.types.PgJson;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tables of random types, keys and values with random differences: a verification says of each
 * exactly what PostgreSQL says that compares what was loaded, row by row and column by column, with
 * what the target has become.
 *
 * <p>A longer run: {@code -Dlandfall.random.rounds=5000 -Dlandfall.random.seed=1}.
 */
class RandomTablesTest {
  private static final int TABLES_AT_ONCE = 25;
  private static final int ROUNDS = Integer.getInteger("landfall.random.rounds", 200);
  private static final long SEED = Long.getLong("landfall.random.seed", 20_261_121);

  @TempDir static Path directory;

  static LongStream seeds() {
    int databases = (ROUNDS + TABLES_AT_ONCE - 1) / TABLES_AT_ONCE;
    return LongStream.range(0, databases).map(i -> SEED + i * TABLES_AT_ONCE);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void saysWhatPostgreSqlSays(long seed) throws SQLException, IOException {
    MovedDatabase.Source server =
        seed % 2 == 0 ? MovedDatabase.Source.MARIADB : MovedDatabase.Source.MYSQL;
    try (MovedDatabase database = new MovedDatabase(server)) {
      List<RandomTable> tables = new ArrayList<>();
      for (int i = 0; i < TABLES_AT_ONCE; i++) {
        RandomTable table = new RandomTable("t%02d".formatted(i), seed + i);
        tables.add(table);
        database.source(table.source().toArray(String[]::new));
      }
      database.move(directory, "");
      database.target("CREATE SCHEMA truth");
      for (TableMapping table : database.mapping().tables()) {
        String name = table.source().name().table();
        database.target("CREATE TABLE truth." + name + " AS TABLE " + name);
      }
      assertThat(said(database, MovedDatabase.ONE_LOOK)).as("equal, seed %d", seed).isEmpty();
      dropChecks(database);
      for (RandomTable table : tables) {
        for (String edit : table.edits(target(database, table))) {
          database.target(edit);
        }
      }

      Map<String, List<String>> expected = bruteForce(database);

      assertThat(said(database, MovedDatabase.ONE_LOOK)).as("seed %d", seed).isEqualTo(expected);
      assertThat(said(database, MovedDatabase.PUSHED_DOWN))
          .as("pushed down, seed %d", seed)
          .isEqualTo(expected);
      VerifyRequest twice = VerifyRequest.builder().setLookPause(Duration.ZERO).build();
      assertThat(said(database, twice)).as("looked twice, seed %d", seed).isEqualTo(expected);
    }
  }

  private static TargetTable target(MovedDatabase database, RandomTable table) {
    return database.mapping().tables().stream()
        .filter(t -> t.source().name().table().equals(table.name()))
        .findFirst()
        .orElseThrow()
        .targets()
        .get(0);
  }

  /** Values that a source could not have are differences like others. */
  private static void dropChecks(MovedDatabase database) throws SQLException {
    for (String drop :
        database.ask(
            "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)"
                + " FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace")) {
      database.target(drop);
    }
  }

  /** By table {@code kind key columns}, sorted, of all that differs. */
  private static Map<String, List<String>> said(MovedDatabase database, VerifyRequest request)
      throws SQLException {
    VerificationReport report = database.verify(request);
    Map<String, List<String>> said = new TreeMap<>();
    try (Connection connection = database.connectToTarget()) {
      for (TableMapping mapping : database.mapping().tables()) {
        TargetTable table = mapping.targets().get(0);
        List<String> lines = new ArrayList<>();
        for (Difference difference : report.differences()) {
          if (difference.table().equals(table.name().toString())) {
            lines.add(
                difference.kind().word()
                    + " "
                    + printed(connection, table, difference.key())
                    + " "
                    + String.join(",", difference.columns()));
          }
        }
        TableResult counts =
            report.tables().stream()
                .filter(t -> t.target().equals(table.name().toString()))
                .findFirst()
                .orElseThrow();
        if (counts.differences() > 0 || !lines.isEmpty()) {
          lines.add(counted(counts.changed(), counts.missing(), counts.extra()));
          said.put(table.name().toString(), lines.stream().sorted().toList());
        }
      }
    }
    assertThat(report.equal()).isEqualTo(said.isEmpty());
    return said;
  }

  private static String counted(long changed, long missing, long extra) {
    return "counted: changed %d, missing %d, extra %d".formatted(changed, missing, extra);
  }

  /** The key as PostgreSQL prints it, whichever side it came from. */
  private static String printed(Connection connection, TargetTable table, Map<String, String> key)
      throws SQLException {
    List<ColumnMapping> columns =
        table.columns().stream().filter(c -> key.containsKey(c.name())).toList();
    String sql =
        columns.stream()
            .map(c -> shown("CAST(? AS " + compared(c) + ")", c))
            .collect(Collectors.joining(", ", "SELECT concat_ws('|', ", ")"));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < columns.size(); i++) {
        select.setString(i + 1, key.get(columns.get(i).name()));
      }
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  /** The same text for equal values. */
  private static String shown(String value, ColumnMapping column) {
    return switch (column.type().ddl().replaceFirst("\\(.*\\)", "")) {
      case "real", "double precision" -> "concat(" + value + " + 0)";
      case "json", "jsonb" -> "concat(jsonb_typeof(" + value + "))";
      default -> "concat(" + value + ")";
    };
  }

  /** The type by which PostgreSQL can compare the column. */
  private static String compared(ColumnMapping column) {
    return column.type() instanceof PgJson json && !json.parsed() ? "jsonb" : column.type().ddl();
  }

  private static Map<String, List<String>> bruteForce(MovedDatabase database) throws SQLException {
    Map<String, List<String>> expected = new TreeMap<>();
    for (TableMapping mapping : database.mapping().tables()) {
      TargetTable table = mapping.targets().get(0);
      List<String> lines = database.ask(table.key().isEmpty() ? multisets(table) : byKey(table));
      if (!lines.isEmpty()) {
        List<String> all = new ArrayList<>();
        long[] counts = new long[3];
        for (String line : lines) {
          // The number of copies comes first.
          int at = line.indexOf('|');
          String rest = line.substring(at + 1);
          all.add(rest);
          counts[rest.startsWith("changed") ? 0 : rest.startsWith("missing") ? 1 : 2] +=
              Long.parseLong(line.substring(0, at));
        }
        all.add(counted(counts[0], counts[1], counts[2]));
        expected.put(table.name().toString(), all.stream().sorted().toList());
      }
    }
    return expected;
  }

  private static String printed(String alias, Stream<ColumnMapping> columns) {
    return columns
        .map(c -> shown("CAST(" + alias + c.name() + " AS " + compared(c) + ")", c))
        .collect(Collectors.joining(", ", "concat_ws('|', ", ")"));
  }

  private static String byKey(TargetTable table) {
    Stream<ColumnMapping> keys =
        table.columns().stream().filter(c -> table.key().contains(c.name()));
    List<ColumnMapping> key = keys.toList();
    String joined =
        key.stream()
            .map(c -> "o." + c.name() + " = p." + c.name())
            .collect(Collectors.joining(" AND "));
    String columns =
        table.columns().stream()
            .map(
                c ->
                    "CASE WHEN CAST(o.%1$s AS %2$s) IS DISTINCT FROM CAST(p.%1$s AS %2$s) THEN '%1$s' END"
                        .formatted(c.name(), compared(c)))
            .collect(Collectors.joining(", ", "concat_ws(',', ", ")"));
    String name = table.name().table();
    return ("SELECT 1, CASE WHEN o.there IS NULL THEN 'extra ' || %s || ' '"
            + " WHEN p.there IS NULL THEN 'missing ' || %s || ' '"
            + " ELSE 'changed ' || %s || ' ' || %s END"
            + " FROM (SELECT 1 AS there, * FROM truth.%s) o"
            + " FULL JOIN (SELECT 1 AS there, * FROM %s) p ON %s"
            + " WHERE o.there IS NULL OR p.there IS NULL OR %s <> ''")
        .formatted(
            printed("p.", key.stream()),
            printed("o.", key.stream()),
            printed("o.", key.stream()),
            columns,
            name,
            name,
            joined,
            columns);
  }

  private static String multisets(TargetTable table) {
    List<ColumnMapping> columns = table.columns();
    String values =
        columns.stream()
            .map(c -> "CAST(" + c.name() + " AS " + compared(c) + ") AS " + c.name())
            .collect(Collectors.joining(", "));
    String names = columns.stream().map(ColumnMapping::name).collect(Collectors.joining(", "));
    String name = table.name().table();
    return ("SELECT abs(sum(n)), CASE WHEN sum(n) > 0 THEN 'missing ' ELSE 'extra ' END || %s || ' '"
            + " FROM (SELECT 1 AS n, %s FROM truth.%s UNION ALL SELECT -1, %s FROM %s) b"
            + " GROUP BY %s HAVING sum(n) <> 0")
        .formatted(printed("", columns.stream()), values, name, values, name, names);
  }
}
