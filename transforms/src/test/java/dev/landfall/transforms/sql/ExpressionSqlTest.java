package dev.landfall.transforms.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.expr.Evaluator;
import dev.landfall.transforms.expr.Expression;
import dev.landfall.transforms.expr.ExpressionMistake;
import dev.landfall.transforms.expr.Variable;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.types.PgType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The source's judgement of rows with odd values is the expression's, on real servers. */
class ExpressionSqlTest {
  private static final int ROUNDS = 400;

  private static final List<String> INTEGERS =
      List.of("NULL", "0", "1", "-1", "7", "127", "-128", "100");
  private static final List<String> DECIMALS =
      List.of("NULL", "0", "1", "-1", "7", "0.10", "-0.01", "9999999999.99", "1.00");
  private static final List<String> TEXTS =
      List.of(
          "NULL",
          "''",
          "' '",
          "'a'",
          "'A'",
          "'a '",
          "'ä'",
          "'ß'",
          "'ss'",
          "'ab'",
          "'1'",
          "'01'",
          "'\uD83D\uDE00'",
          "'a\\0'",
          "'null'",
          "'\\\\'",
          "'%'",
          "'é'",
          "'e\u0301'",
          "'\\''");

  /** Columns, and what they become. */
  private static final Map<String, String> TYPES =
      Map.of(
          "id", "integer",
          "tiny", "smallint",
          "big", "bigint",
          "wide", "numeric(20)",
          "price", "numeric(12,2)",
          "name", "varchar(20)",
          "fixed", "char(8)",
          "latin", "text",
          "old", "varchar(20)",
          "exact", "text");

  private static final String TABLE =
      "CREATE TABLE t (id int PRIMARY KEY, tiny tinyint, big bigint, wide bigint unsigned,"
          + " price decimal(12,2),"
          + " name varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,"
          + " fixed char(8) CHARACTER SET utf8mb4,"
          + " latin text CHARACTER SET latin1,"
          + " old varchar(20) CHARACTER SET utf8,"
          + " exact longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin)";

  private final Random random = new Random(20260101);

  @ParameterizedTest
  @EnumSource(Source.class)
  void judgesAlike(Source product) throws Exception {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(connection, "SET sql_mode = ''", TABLE);
      for (int id = 0; id < 60; id++) {
        Servers.execute(connection, insert(id));
      }
      SourceTable table = table(connection, database);
      List<Map<String, @Nullable String>> rows = rows(connection);

      int translated = 0;
      for (int round = 0; round < ROUNDS; round++) {
        Expression expression = Expression.condition(condition(3), variables());
        Optional<BoundQuery> sql = ExpressionSql.condition(expression, name -> column(table, name));
        if (sql.isPresent()) {
          translated++;
          assertThat(ids(connection, sql.get()))
              .as("%s%n%s %s", expression, sql.get().sql(), sql.get().parameters())
              .isEqualTo(ids(expression, rows));
        }
      }
      assertThat(translated).isGreaterThan(ROUNDS / 2);
    }
  }

  private String insert(int id) {
    String big = pick(List.of("9223372036854775807", "-9223372036854775808", pick(INTEGERS)));
    String wide = pick(List.of("18446744073709551615", "9223372036854775808", "0", "7", "NULL"));
    // What latin1 and three bytes don't hold is a question mark there.
    return "INSERT IGNORE INTO t VALUES ("
        + String.join(
            ", ",
            String.valueOf(id),
            pick(INTEGERS),
            big,
            wide,
            pick(DECIMALS),
            pick(TEXTS),
            pick(TEXTS),
            pick(TEXTS),
            pick(TEXTS),
            pick(TEXTS))
        + ")";
  }

  private String condition(int depth) {
    int kind = random.nextInt(depth == 0 ? 6 : 10);
    String number = pick(List.of("tiny", "big", "wide", "price", "id"));
    String text = pick(List.of("name", "fixed", "latin", "old", "exact"));
    return switch (kind) {
      case 0, 1 -> number + pick(OPERATORS) + number();
      case 2 -> number() + pick(OPERATORS) + number;
      case 3 -> text + pick(List.of(" == ", " != ")) + pick(LITERALS);
      case 4 ->
          random.nextBoolean()
              ? number + " in [" + whole() + ", " + whole() + "]"
              : text + " in [" + pick(LITERALS) + ", " + pick(LITERALS) + "]";
      case 5 ->
          random.nextBoolean()
              ? pick(List.of(number, text)) + pick(List.of(" == ", " != ")) + "null"
              : text + ".startsWith(" + pick(LITERALS) + ")";
      case 6 -> "!(" + condition(depth - 1) + ")";
      case 7, 8 -> "(" + condition(depth - 1) + " && " + condition(depth - 1) + ")";
      default -> "(" + condition(depth - 1) + " || " + condition(depth - 1) + ")";
    };
  }

  private static final List<String> OPERATORS =
      List.of(" == ", " != ", " < ", " <= ", " > ", " >= ");

  private static final List<String> LITERALS =
      TEXTS.stream()
          .filter(text -> !text.equals("NULL"))
          .map(text -> text.replace("\\0", "\\x00"))
          .toList();

  private String number() {
    return random.nextInt(3) > 0
        ? whole()
        : pick(List.of("0.1", "-0.010", "1.0", "9999999999.99", "1e30", "0.000000000000000000001"));
  }

  private String whole() {
    return pick(List.of("0", "1", "-1", "7", "100", "9223372036854775807", "-9223372036854775808"));
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static List<Variable> variables() {
    return TYPES.entrySet().stream()
        .map(e -> new Variable(e.getKey(), PgType.parse(e.getValue()), true))
        .toList();
  }

  private static SourceTable table(Connection connection, FreshDatabase database)
      throws SQLException {
    return SourceSchemaReader.read(connection, database.name(), name -> true).tables().get(0);
  }

  private static Optional<ExpressionSql.Column> column(SourceTable table, String name) {
    SourceColumn column =
        table.columns().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    return Optional.of(new ExpressionSql.Column(Identifiers.mysql(name), column));
  }

  private static List<Map<String, @Nullable String>> rows(Connection connection)
      throws SQLException {
    List<Map<String, @Nullable String>> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM t");
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        Map<String, @Nullable String> row = new HashMap<>();
        for (String name : TYPES.keySet()) {
          row.put(name, result.getString(name));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static Set<Integer> ids(Connection connection, BoundQuery condition) throws SQLException {
    Set<Integer> ids = new TreeSet<>();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id FROM t WHERE " + condition.sql())) {
      condition.bind(statement);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          ids.add(result.getInt(1));
        }
      }
    }
    return ids;
  }

  private static Set<Integer> ids(Expression expression, List<Map<String, @Nullable String>> rows)
      throws Exception {
    Evaluator evaluator = expression.evaluator();
    Set<Integer> ids = new TreeSet<>();
    for (Map<String, @Nullable String> row : rows) {
      @Nullable String[] inputs = expression.used().stream().map(row::get).toArray(String[]::new);
      if (evaluator.passes(inputs)) {
        ids.add(Integer.valueOf(Objects.requireNonNull(row.get("id"))));
      }
    }
    return ids;
  }

  private static final SourceColumn DATE = declared("born", "date", "date", null);
  private static final SourceColumn NUMBER = declared("born", "int", "int unsigned", null);
  private static final SourceColumn GREEK = declared("born", "varchar", "varchar(9)", "greek");
  private static final SourceColumn LABEL = declared("born", "enum", "enum('a')", "utf8mb4");
  private static final SourceColumn TEXT = declared("born", "varchar", "varchar(9)", "utf8mb4");

  /** What the source might judge in another way, or a row has no outcome of. */
  @Test
  void leavesOutWhatIsNotCertain() throws Exception {
    assertThat(translated("born > '2000-01-01'", "date", DATE)).isEmpty();
    assertThat(translated("born == null", "date", DATE)).isEmpty();
    assertThat(translated("born > 1", "integer", NUMBER)).isEmpty();
    assertThat(translated("born > 1", "bigint", NUMBER)).contains("(`born` > ?)");
    assertThat(translated("born == 1.5e40", "bigint", NUMBER)).isEmpty();
    assertThat(translated("born + 1 > 1", "bigint", NUMBER)).isEmpty();
    assertThat(translated("born == null", "boolean", NUMBER)).isEmpty();
    assertThat(translated("born == 'a'", "varchar(9)", GREEK)).isEmpty();
    assertThat(translated("born == 'a'", "text", LABEL)).isEmpty();
    assertThat(translated("born == 'a'", "varchar(9)", TEXT))
        .contains("(CAST(`born` AS BINARY) = ?)");
    assertThat(translated("born == 'a'", "varchar(8)", TEXT)).isEmpty();
    assertThat(translated("born < 'a'", "text", TEXT)).isEmpty();
    assertThat(translated("lower(born) == 'a'", "text", TEXT)).isEmpty();
    assertThat(translated("born == '\uFFFD'", "text", TEXT)).isEmpty();
    assertThat(translated("born == 'a' && matches(born, 'a')", "text", TEXT)).isEmpty();
    Expression rule =
        Expression.condition(
            "born == 'a'", List.of(new Variable("born", PgType.parse("text"), true)));
    assertThat(ExpressionSql.condition(rule, name -> Optional.empty())).isEmpty();
  }

  private static Optional<String> translated(String text, String type, SourceColumn column)
      throws ExpressionMistake {
    Expression expression =
        Expression.condition(text, List.of(new Variable("born", PgType.parse(type), true)));
    return ExpressionSql.condition(
            expression, name -> Optional.of(new ExpressionSql.Column("`born`", column)))
        .map(BoundQuery::sql);
  }

  private static SourceColumn declared(
      String name, String dataType, String columnType, @Nullable String charset) {
    return new SourceColumn(
        name,
        dataType,
        columnType,
        true,
        null,
        false,
        false,
        null,
        charset,
        charset == null ? null : charset + "_general_ci",
        dataType.equals("varchar") ? 9L : null,
        null,
        null,
        null,
        false,
        "");
  }
}
