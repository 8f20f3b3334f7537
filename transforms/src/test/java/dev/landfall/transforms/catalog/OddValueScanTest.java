package dev.landfall.transforms.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.ddl.Mappings;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.Policy.Outcome;
import dev.landfall.transforms.model.Rules;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of odd value in several rows, among values that come near and are not odd. */
@Timeout(300)
class OddValueScanTest {
  private final List<String> statements = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();

  /** A table of one column {@code c} and a NULL, unless it takes none. */
  private void column(String type, String values, String... found) {
    String table = "t%02d".formatted(statements.size() / 3);
    statements.add("CREATE TABLE " + table + " (c " + type + ")");
    statements.add("INSERT INTO " + table + " VALUES (" + values.replace("; ", "), (") + ")");
    statements.add(type.contains("NOT NULL") ? "DO 0" : "INSERT INTO " + table + " VALUES (NULL)");
    for (String odd : found) {
      expected.add(table + " " + type + ": " + odd);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void countsWhatIsOddAndNothingElse(Source product) throws Exception {
    String days =
        "'0000-00-00'; '0000-00-00'; '2020-00-10'; '2020-10-00'; '0000-05-00'; '2021-02-30';"
            + " '1900-02-29'; '2021-04-31'; '0000-02-30'; '0000-05-05'; '0000-02-29'; '2020-02-29';"
            + " '2000-02-29'; '0001-01-01'; '9999-12-31'; '2021-04-30'; '2021-01-31'";
    String[] dates = {
      "zeroDate 2 null", "partialDate 3 refuse", "impossibleDate 4 refuse", "range 2 refuse"
    };
    column("date", days, dates);
    column("datetime", days, dates);
    column("date NOT NULL", "'0000-00-00'; '2020-01-01'", "zeroDate 1 refuse");
    column(
        "datetime(3)",
        "'0000-00-00 00:00:00'; '0000-00-00 10:00:00'; '0000-00-00 00:00:00.5';"
            + " '2020-10-00 23:59:59.999'; '2021-04-31 01:02:03'; '2021-02-28 23:59:59.999';"
            + " '0000-12-31 23:59:59.999'; '2020-01-01 00:00:00'; '2021-06-30 23:59:59.999'",
        "zeroDate 1 null",
        "partialDate 3 refuse",
        "impossibleDate 1 refuse",
        "range 1 refuse");
    column(
        "timestamp(6) NULL",
        "'0000-00-00 00:00:00'; '1970-01-01 00:00:01'; '2020-01-01 00:00:00'",
        "zeroDate 1 null");
    column("datetime", "'2020-01-01 00:00:00'");
    column(
        "varchar(20) CHARACTER SET utf8mb4",
        "'a\\0b'; '\\0'; 'a0b'; '\\\\0'; ''; _utf8mb4 X'C480'",
        "nul 2 refuse");
    column(
        "text CHARACTER SET ucs2",
        "_ucs2 X'00610000'; _ucs2 X'00610062'; _ucs2 X'0100'; _ucs2 X''",
        "nul 1 refuse");
    column("longtext CHARACTER SET latin1", "'a\\0'; 'b'", "nul 1 refuse");
    column("varbinary(9)", "X'00'");
    column(
        "text CHARACTER SET cp1251",
        "_cp1251 X'613F98'; _cp1251 X'98'; 'a?b'; 'я'; ''",
        "badText 2 refuse");
    column(
        "varchar(9) CHARACTER SET sjis",
        "_sjis X'81AD'; _sjis X'5C'; _sjis X'83BF'; 'a?'",
        "badText 1 refuse");
    column("varchar(9) CHARACTER SET gbk", "_gbk X'A140'; _gbk X'C4E3'", "badText 1 refuse");
    column("varchar(9) CHARACTER SET ascii", "_ascii X'61E9'; 'a'", "badText 1 refuse");
    column(
        "varchar(20) CHARACTER SET latin1",
        "_latin1 X'4DC3BC'; _latin1 X'E282AC'; _latin1 X'F09F9880'; _latin1 X'4DFC';"
            + " _latin1 X'4DC3BCFC'; _latin1 X'C3'; _latin1 X'EDA080'; _latin1 X'C080'; 'M'; ''",
        "twiceEncoded 3 keep");
    String twice =
        "'MÃ¼ller'; 'Ã€'; 'Ã\u0081'; 'Müller'; 'MÃ'; 'Ã\u0080'; 'Ã¼я'; 'Миллер'; 'Miller'; ''; '?';"
            + " 'í\u00a0€'";
    column("varchar(20) CHARACTER SET utf8mb4", twice, "twiceEncoded 3 keep");
    column("varchar(20) CHARACTER SET utf8", twice, "twiceEncoded 3 keep");
    column("varchar(20) CHARACTER SET utf16", twice, "twiceEncoded 3 keep");
    column("varchar(9) CHARACTER SET utf8mb4", "'😀'; 'ð😀'");
    column("enum('a','b','0') CHARACTER SET utf8mb4", "0; 0; '0'; 'a'; 'b'", "emptyEnum 2 keep");
    column("enum('a') CHARACTER SET cp1251 NOT NULL", "0; 'a'; 'a'", "emptyEnum 1 keep");
    column("enum('','a') CHARACTER SET utf8mb4", "0; ''; 'a'");
    column("set('a','b') CHARACTER SET utf8mb4", "''; 'a,b'");
    column("int", "0");

    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(connection, "SET sql_mode = 'ALLOW_INVALID_DATES'");
      Servers.execute(connection, statements.toArray(String[]::new));
      Mapping mapping = Mappings.plain(read(connection, database), "public");
      OddValueScan scan = OddValueScan.of(mapping);
      assertThat(scan.scannedTables())
          .map(TableName::table)
          .hasSize(22)
          .doesNotContain("t09", "t23");
      for (String mode : List.of("TRADITIONAL", "ANSI_QUOTES,ALLOW_INVALID_DATES", "")) {
        assertThat(OddValueScan.of(mapping).run(() -> open(database, mode), 3))
            .as(mode)
            .extracting(
                c ->
                    c.table().table()
                        + " "
                        + statements
                            .get(Integer.parseInt(c.table().table().substring(1)) * 3)
                            .replaceAll("^.*? \\(c (.*)\\)$", "$1")
                        + ": "
                        + found(c))
            .containsExactlyElementsOf(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void tellsThePolicyOfEachTarget(Source product) throws Exception {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection,
          "SET sql_mode = ''",
          "CREATE TABLE `odd {``name` (id int PRIMARY KEY, `a {``?` date, b varchar(9) CHARACTER SET"
              + " utf8mb4, n int)",
          "INSERT INTO `odd {``name` VALUES (1, 0, 'a\\0b', 0), (2, 0, 'b', 0)");
      SourceTable table = read(connection, database).tables().get(0);
      Policy none = new Policy(Outcome.VALUE, "1970-01-01");
      PgType date = PgType.parse("date");
      Mapping mapping =
          new Mapping(
              List.of(
                  new TableMapping(
                      table,
                      table.columns(),
                      List.of(
                          target("x", mapped("d", date, 1, Conversion.DATE, Rules.DEFAULTS, null)),
                          target(
                              "y",
                              mapped(
                                  "d",
                                  date,
                                  1,
                                  Conversion.DATE,
                                  new Rules(Map.of(OddValue.ZERO_DATE, none)),
                                  null),
                              mapped(
                                  "b",
                                  PgType.parse("bytea"),
                                  2,
                                  Conversion.BYTEA,
                                  new Rules(Map.of(OddValue.BAD_TEXT, Policy.of(Outcome.BYTES))),
                                  null)),
                          // What the target makes itself is not read.
                          target(
                              "z",
                              mapped(
                                  "g",
                                  date,
                                  1,
                                  Conversion.DATE,
                                  new Rules(Map.of(OddValue.ZERO_DATE, Policy.of(Outcome.REFUSE))),
                                  "now()"))))));

      assertThat(OddValueScan.of(mapping).run(() -> Servers.open(database), 1))
          .extracting(c -> c.column() + " " + found(c))
          .containsExactly(
              "a {`? zeroDate 2 null", "a {`? zeroDate 2 {value: 1970-01-01}", "b nul 1 bytes");
    }
  }

  /** A scan that waits for a table, which nobody lets go, ends when it is told to. */
  @ParameterizedTest
  @EnumSource(Source.class)
  void isCancelledInTheSource(Source product) throws Exception {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database);
        Connection locking = Servers.open(database)) {
      Servers.execute(connection, "CREATE TABLE a (d date)", "CREATE TABLE b (d date)");
      OddValueScan scan = OddValueScan.of(Mappings.plain(read(connection, database), "public"));
      Servers.execute(locking, "LOCK TABLES a WRITE, b WRITE");
      CompletableFuture<Void> run =
          CompletableFuture.runAsync(
              () -> {
                try {
                  scan.run(() -> Servers.open(database), 2);
                } catch (SQLException | InterruptedException e) {
                  throw new CompletionException(e);
                }
              });
      String waiting =
          "SELECT COUNT(*) FROM information_schema.processlist WHERE state LIKE 'Waiting for table%'"
              + " AND db = '"
              + database.name()
              + "'";
      while (!Servers.rows(connection, waiting).equals(List.of("2"))) {
        assertThat(run).isNotDone();
      }
      scan.stop();
      assertThatThrownBy(run::join).hasCauseInstanceOf(SQLException.class);
      assertThat(Servers.rows(connection, waiting)).containsExactly("0");
      assertThatThrownBy(() -> scan.run(() -> Servers.open(database), 2))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("stopped");
    }
  }

  private static ColumnMapping mapped(
      String name,
      PgType type,
      int source,
      Conversion conversion,
      Rules rules,
      @Nullable String generated) {
    return new ColumnMapping(
        name, type, true, new ValueSource.Column(source), conversion, null, rules, generated);
  }

  private static TargetTable target(String name, ColumnMapping... columns) {
    return new TargetTable(new TableName("public", name), List.of(columns), List.of(), false);
  }

  private static String found(OddCount count) {
    return count.odd().key() + " " + count.rows() + " " + count.policy().written();
  }

  private static SourceCatalog read(Connection connection, FreshDatabase database)
      throws SQLException {
    return SourceSchemaReader.read(connection, database.name(), table -> true);
  }

  private static Connection open(FreshDatabase database, String mode) throws SQLException {
    Connection connection = Servers.open(database);
    Servers.execute(connection, "SET sql_mode = '" + mode + "'");
    return connection;
  }
}
