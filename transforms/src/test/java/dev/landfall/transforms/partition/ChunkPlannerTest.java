package dev.landfall.transforms.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.ddl.Mappings;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.sql.BoundQuery;
import dev.landfall.transforms.sql.SourceChunkSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On real servers, whose statistics nobody has brought up to date. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ChunkPlannerTest {
  private static final ChunkSize HUNDRED = new ChunkSize(100, Long.MAX_VALUE);

  /** 10,000 numbers from 0. */
  private static final String NUMBERS =
      "(SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n AS i FROM digit a, digit b, digit c, digit"
          + " d) numbers";

  private static final String DIGITS = "CREATE TABLE digit (n int)";
  private static final String FILL =
      "INSERT INTO digit VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)";

  private static Connection open(FreshDatabase database, String... statements) throws SQLException {
    Connection connection = Servers.open(database);
    Servers.execute(connection, "SET SESSION sql_mode = ''", DIGITS, FILL);
    Servers.execute(connection, statements);
    return connection;
  }

  /** The rows of each chunk, after making sure that together they are the table. */
  private static List<Long> check(Connection connection, FreshDatabase database, Chunk.Cut cut)
      throws SQLException {
    return check(connection, database, cut, HUNDRED);
  }

  private static List<Long> check(
      Connection connection, FreshDatabase database, Chunk.Cut cut, ChunkSize size)
      throws SQLException {
    SourceCatalog catalog =
        SourceSchemaReader.read(connection, database.name(), name -> name.equals("t"));
    SourceTable table = catalog.tables().get(0);
    TableMapping mapping = Mappings.table(catalog, table, Map.of("public.t", Map.of()));
    List<Chunk> chunks = new ChunkPlanner(connection, size).plan(3, table);

    assertThat(chunks).isNotEmpty();
    assertThat(chunks).allSatisfy(c -> assertThat(c.getCut()).isEqualTo(cut));
    assertThat(chunks).allSatisfy(c -> assertThat(c.getTable()).isEqualTo(3));
    for (int i = 0; i < chunks.size(); i++) {
      assertThat(chunks.get(i).getNumber()).isEqualTo(i);
    }
    assertThat(chunks.get(0).getStart()).isNull();
    assertThat(chunks.get(chunks.size() - 1).getEnd()).isNull();
    List<String> all = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    for (Chunk chunk : chunks) {
      int before = all.size();
      read(connection, mapping, chunk, all);
      sizes.add((long) all.size() - before);
    }
    List<String> expected = new ArrayList<>();
    read(connection, mapping, Chunk.ofTable(3, 0), expected);
    all.sort(null);
    expected.sort(null);
    assertThat(all.equals(expected)).as("%s of %s rows", all.size(), expected.size()).isTrue();
    return sizes;
  }

  private static void read(
      Connection connection, TableMapping mapping, Chunk chunk, List<String> rows)
      throws SQLException {
    BoundQuery query = SourceChunkSql.read(mapping, chunk);
    try (PreparedStatement select = connection.prepareStatement(query.sql())) {
      query.bind(select);
      try (ResultSet row = select.executeQuery()) {
        int columns = row.getMetaData().getColumnCount();
        while (row.next()) {
          StringBuilder text = new StringBuilder();
          for (int i = 1; i <= columns; i++) {
            byte[] bytes = row.getBytes(i);
            text.append(
                    bytes == null
                        ? "-"
                        : new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
                .append('|');
          }
          rows.add(text.toString());
        }
      }
    }
  }

  /**
   * None far above the wanted size, few below half of it. An estimate that was halved though it was
   * exact makes a chunk of at most twice one and an eighth.
   */
  private static void assertEven(List<Long> sizes, int wanted) {
    assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(wanted * 9L / 4));
    long large = sizes.stream().filter(size -> size > 2L * wanted).count();
    assertThat(large).as("above twice: %s", sizes).isLessThanOrEqualTo(sizes.size() / 10);
    long small = sizes.stream().filter(size -> size < wanted / 2).count();
    assertThat(small).as("below half: %s", sizes).isLessThanOrEqualTo(1 + sizes.size() / 5);
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void denseKey(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (id int PRIMARY KEY, v varchar(50))",
                "INSERT INTO t SELECT i, REPEAT('x', 40) FROM " + NUMBERS)) {
      assertEven(check(connection, database, Chunk.Cut.KEY), 100);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void clusterGapCluster(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (id bigint PRIMARY KEY, v varchar(50))",
                "INSERT INTO t SELECT i - 5000, 'low' FROM " + NUMBERS,
                "INSERT INTO t SELECT i * 7 + 1000000000000, 'high' FROM " + NUMBERS)) {
      assertEven(check(connection, database, Chunk.Cut.KEY), 100);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void tallTree(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (id int PRIMARY KEY, v varchar(100))",
                "INSERT INTO t SELECT i + 10000 * n + IF(n > 7, 500000000, 0), REPEAT('x', 90) FROM "
                    + NUMBERS
                    + ", digit")) {
      ChunkSize size = new ChunkSize(3_000, Long.MAX_VALUE);
      assertEven(check(connection, database, Chunk.Cut.KEY, size), 3_000);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void bothEndsOfBigint(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (id bigint PRIMARY KEY)",
                "INSERT INTO t SELECT -9223372036854775808 + i FROM " + NUMBERS + " WHERE i < 1000",
                "INSERT INTO t SELECT 9223372036854775807 - i FROM "
                    + NUMBERS
                    + " WHERE i < 1000")) {
      assertEven(check(connection, database, Chunk.Cut.KEY), 100);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void unsignedUpToItsEnd(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (id bigint unsigned PRIMARY KEY)",
                "INSERT INTO t VALUES (0), (1), (9223372036854775807), (9223372036854775808)",
                "INSERT INTO t SELECT 18446744073709551615 - i * 3 FROM "
                    + NUMBERS
                    + " WHERE i < 3000")) {
      assertEven(check(connection, database, Chunk.Cut.KEY), 100);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void chunksOfOneWideRowAcrossAGapComeToAnEnd(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (id bigint PRIMARY KEY)",
                "INSERT INTO t SELECT i FROM " + NUMBERS + " WHERE i < 40",
                "INSERT INTO t VALUES (1000000000000), (-1000000000000)")) {
      List<Long> sizes =
          check(connection, database, Chunk.Cut.KEY, new ChunkSize(1, Long.MAX_VALUE));
      assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(2));
      assertThat(sizes).hasSizeLessThan(2_000);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void compositeKey(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (a int, b varchar(20), c date, PRIMARY KEY (a, b, c))",
                "INSERT INTO t SELECT i DIV 700, CONCAT('k', i DIV 3 % 50), '2020-01-01' + INTERVAL"
                    + " i DAY FROM "
                    + NUMBERS
                    + " WHERE i < 5000")) {
      assertEven(check(connection, database, Chunk.Cut.KEY), 100);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void collatedKey(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (name varchar(40) CHARACTER SET utf8mb4 COLLATE"
                    + " utf8mb4_unicode_ci PRIMARY KEY, v int)",
                "INSERT IGNORE INTO t SELECT CONCAT(ELT(1 + i % 6, 'a', 'Ä', 'ß', '😀', '日', ''''),"
                    + " i * 7919 % 1000, ELT(1 + i % 3, 'x', '\\\\', 'É')), i FROM "
                    + NUMBERS)) {
      assertEven(check(connection, database, Chunk.Cut.KEY), 100);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void latinKey(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (name char(10) CHARACTER SET latin1 PRIMARY KEY)",
                "INSERT IGNORE INTO t SELECT CONCAT(ELT(1 + i % 4, 'a', 'Ä', 'ß', 'é'), i) FROM "
                    + NUMBERS
                    + " WHERE i < 1000")) {
      assertEven(check(connection, database, Chunk.Cut.KEY), 100);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void binaryKey(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (id binary(16) PRIMARY KEY)",
                "INSERT INTO t SELECT UNHEX(MD5(i)) FROM " + NUMBERS + " WHERE i < 3000",
                "INSERT INTO t VALUES (''), (REPEAT(x'ff', 16)), (x'00275C')")) {
      assertEven(check(connection, database, Chunk.Cut.KEY), 100);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void decimalKey(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (id decimal(30,10) PRIMARY KEY)",
                "INSERT INTO t SELECT (i - 500) / 7 + 1e15 FROM " + NUMBERS + " WHERE i < 1000")) {
      assertEven(check(connection, database, Chunk.Cut.KEY), 100);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void momentKeyWithFractionsAndZeros(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (at datetime(6) PRIMARY KEY)",
                "INSERT INTO t SELECT '2024-03-31 01:59:59.999000' + INTERVAL i * 13 MICROSECOND"
                    + " FROM "
                    + NUMBERS
                    + " WHERE i < 3000",
                "INSERT INTO t VALUES ('0000-00-00 00:00:00'), ('2009-00-12 00:00:00')")) {
      assertEven(check(connection, database, Chunk.Cut.KEY), 100);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void manyZeroMoments(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (at timestamp NOT NULL DEFAULT 0, n int NOT NULL, PRIMARY KEY (at,"
                    + " n))",
                "INSERT INTO t SELECT '0000-00-00 00:00:00', i FROM " + NUMBERS + " WHERE i < 500",
                // Twice the same hour on a clock that is not UTC.
                "INSERT INTO t SELECT '2024-10-27 00:30:00' + INTERVAL i MINUTE, i FROM "
                    + NUMBERS
                    + " WHERE i < 500")) {
      // Nothing is cut where only a zero date could be the bound; behind it all is even.
      List<Long> sizes = check(connection, database, Chunk.Cut.KEY);
      assertThat(sizes.get(0)).isBetween(500L, 1_000L);
      assertEven(sizes.subList(1, sizes.size()), 100);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void partialDatesLoseNoRow(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (at date NOT NULL, n int NOT NULL, PRIMARY KEY (at, n))",
                "INSERT INTO t SELECT CONCAT('20', 10 + i % 5, '-00-', 10 + i % 9), i FROM "
                    + NUMBERS
                    + " WHERE i < 500",
                "INSERT INTO t SELECT '2012-06-01' + INTERVAL i DAY, i FROM "
                    + NUMBERS
                    + " WHERE i < 500")) {
      assertThat(check(connection, database, Chunk.Cut.KEY)).hasSizeGreaterThan(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void oneValueInThousandsOfRows(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (k int NOT NULL, v int, KEY (k))",
                "INSERT INTO t SELECT IF(i < 5000, 42, i), i FROM " + NUMBERS)) {
      List<Long> sizes = check(connection, database, Chunk.Cut.KEY);
      assertThat(sizes).filteredOn(size -> size > 200).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void oneTextInManySpellings(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (k varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT"
                    + " NULL, v int, KEY (k))",
                "INSERT INTO t SELECT CASE WHEN i < 1000 THEN 'A' WHEN i < 3000 THEN ELT(1 + i % 5,"
                    + " 'same', 'SAME', 'sAme', 'samé', 'same  ') ELSE CONCAT('z', i) END, i FROM "
                    + NUMBERS
                    + " WHERE i < 4000 ORDER BY i")) {
      List<Long> sizes = check(connection, database, Chunk.Cut.KEY);
      assertThat(sizes).startsWith(0L, 1000L, 2000L);
      assertThat(sizes.subList(3, sizes.size())).allMatch(size -> size <= 200);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void withoutAnIndex(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (a int, b varchar(20), f float, g blob)",
                "INSERT INTO t SELECT i % 50, IF(i % 3 = 0, NULL, CONCAT('v', i)), i / 7, MD5(i)"
                    + " FROM "
                    + NUMBERS,
                "INSERT INTO t SELECT NULL, NULL, NULL, NULL FROM digit")) {
      List<Long> sizes = check(connection, database, Chunk.Cut.HASH);
      assertThat(sizes).hasSize(8);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void rowThatIsTooLongToBeHashedIsThereToo(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (a longblob, b longblob)",
                "INSERT INTO t SELECT MD5(i), NULL FROM " + NUMBERS + " WHERE i < 1000")) {
      String limit = Servers.rows(connection, "SELECT @@GLOBAL.max_allowed_packet").get(0);
      Servers.execute(
          connection, "INSERT INTO t VALUES (REPEAT('a', 700000), REPEAT('b', 700000))");
      try {
        Servers.execute(connection, "SET GLOBAL max_allowed_packet = 1048576");
        try (Connection narrow = Servers.open(database)) {
          SourceCatalog catalog =
              SourceSchemaReader.read(narrow, database.name(), name -> name.equals("t"));
          SourceTable table = catalog.tables().get(0);
          TableMapping all = Mappings.table(catalog, table, Map.of("public.t", Map.of("a", "a")));
          // The driver reads no longer rows than the server takes: without the other column.
          TableMapping mapping = new TableMapping(table, all.read().subList(0, 1), all.targets());
          List<Chunk> chunks = new ChunkPlanner(narrow, HUNDRED).plan(0, table);
          List<String> rows = new ArrayList<>();
          for (Chunk chunk : chunks) {
            assertThat(chunk.getCut()).isEqualTo(Chunk.Cut.HASH);
            read(narrow, mapping, chunk, rows);
          }
          assertThat(rows).hasSize(1001).filteredOn(row -> row.length() > 700_000).hasSize(1);
        }
      } finally {
        Servers.execute(connection, "SET GLOBAL max_allowed_packet = " + limit);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void withNothingToHash(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (f double)",
                "INSERT INTO t SELECT i / 3 FROM " + NUMBERS + " WHERE i < 1000")) {
      assertThat(check(connection, database, Chunk.Cut.WHOLE)).containsExactly(1000L);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void indexesThatCantBeUsed(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection =
            open(
                database,
                "CREATE TABLE t (a int, b text NOT NULL, e enum('z', 'a') NOT NULL, KEY (a), KEY"
                    + " (b(5)), KEY (e))",
                "INSERT INTO t SELECT IF(i % 2, NULL, i), i, 1 + i % 2 FROM "
                    + NUMBERS
                    + " WHERE i < 1000")) {
      assertThat(check(connection, database, Chunk.Cut.HASH)).hasSizeGreaterThan(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void emptyTables(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = open(database, "CREATE TABLE t (id int PRIMARY KEY)")) {
      assertThat(check(connection, database, Chunk.Cut.KEY)).containsExactly(0L);
      Servers.execute(connection, "DROP TABLE t", "CREATE TABLE t (id int)");
      assertThat(check(connection, database, Chunk.Cut.WHOLE)).containsExactly(0L);
      // What deleted rows leave behind may still be counted.
      Servers.execute(
          connection,
          "DROP TABLE t",
          "CREATE TABLE t (id int PRIMARY KEY)",
          "INSERT INTO t SELECT i FROM " + NUMBERS,
          "DELETE FROM t");
      assertThat(check(connection, database, Chunk.Cut.KEY)).allMatch(size -> size == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void smallTablesTogetherAreTwoQuestions(Source product) throws SQLException {
    List<String> statements = new ArrayList<>();
    for (int t = 0; t < 12; t++) {
      statements.add("CREATE TABLE t" + t + " (id int PRIMARY KEY, x int)");
      statements.add("INSERT INTO t" + t + " SELECT i, i FROM " + NUMBERS + " WHERE i < 10");
    }
    statements.add("CREATE TABLE u (id int PRIMARY KEY, x int)");
    statements.add("INSERT INTO u SELECT i, i FROM " + NUMBERS + " WHERE i < 1000");
    statements.add("CREATE TABLE v (x int)");
    try (FreshDatabase database = product.fresh();
        Connection connection = open(database, statements.toArray(String[]::new))) {
      Map<Integer, SourceTable> tables = new TreeMap<>();
      for (SourceTable table :
          SourceSchemaReader.read(connection, database.name(), name -> !name.equals("digit"))
              .tables()) {
        tables.put(tables.size(), table);
      }
      ChunkPlanner planner = new ChunkPlanner(connection, HUNDRED);
      Map<Integer, SourceTable> small = new TreeMap<>(tables);
      small.values().removeIf(table -> table.name().table().equals("u"));

      long before = questions(connection);
      Map<Integer, List<Chunk>> plans = planner.plan(small);
      long asked = questions(connection) - before - 1;

      assertThat(plans.values()).hasSize(13).allSatisfy(plan -> assertThat(plan).hasSize(1));
      assertThat(asked).isEqualTo(2);
      plans = planner.plan(tables);
      assertThat(plans.keySet()).isEqualTo(tables.keySet());
      for (Map.Entry<Integer, SourceTable> table : tables.entrySet()) {
        assertThat(plans.get(table.getKey()))
            .isEqualTo(planner.plan(table.getKey(), table.getValue()));
      }
      assertThat(plans.values().stream().filter(plan -> plan.size() > 5)).hasSize(1);
    }
  }

  /** How many statements the session has sent, this one among them. */
  private static long questions(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW SESSION STATUS LIKE 'Questions'")) {
      row.next();
      return row.getLong(2);
    }
  }
}
