package dev.landfall.transforms.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
  private static FreshDatabase database;
  private static Connection connection;

  @BeforeAll
  static void open() throws SQLException {
    database = Servers.target();
    connection = Servers.open(database);
    Servers.execute(
        connection,
        "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY, text text, number bigint,"
            + " truth boolean, decimal numeric, at timestamptz, bytes bytea, texts text[],"
            + " numbers bigint[], json jsonb)");
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
    database.close();
  }

  private static Query of(String sql) {
    return Query.of(connection, sql);
  }

  /** What is no parameter is sent as it is; {@code ~} stands for a line's end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '\0',
      value = {
        "SELECT :a # SELECT ? # a",
        "SELECT :a, :b_2 + :a # SELECT ?, ? + ? # a b_2 a",
        "SELECT :a::text, 'x'::text # SELECT ?::text, 'x'::text # a",
        "(ARRAY[1,2])[1:2], x[:a : :b] # (ARRAY[1,2])[1:2], x[? : ?] # a b",
        "f(x := :a) # f(x := ?) # a",
        "':a' || :a || 'it''s :b' # ':a' || ? || 'it''s :b' # a",
        "E'it\\'s :a' || :b || e'\\\\' || :c # E'it\\'s :a' || ? || e'\\\\' || ? # b c",
        "name'\\' || :a # name'\\' || ? # a",
        "\"a:b\" || \"c\"\":d\" || :a # \"a:b\" || \"c\"\":d\" || ? # a",
        "1 -- :a~+ :b # 1 -- :a~+ ? # b",
        "1 /* :a /* :b */ :c */ + :d / :e # 1 /* :a /* :b */ :c */ + ? / ? # d e",
        "$$:a$$ || $t$ $$ :b $t$ || :c # $$:a$$ || $t$ $$ :b $t$ || ? # c",
        "a$b$ = :a AND c$b$ = :b # a$b$ = ? AND c$b$ = ? # a b",
        "j ? 'k' AND j ->> ':a' = :b # j ?? 'k' AND j ->> ':a' = ? # b",
        "1 - :a -:b # 1 - ? -? # a b",
        "'open :a # 'open :a # ''",
        "/* open :a # /* open :a # ''",
        "$x$ open :a # $x$ open :a # ''",
        "1 : # 1 : # ''"
      })
  void parameters(String text, String sql, String names) {
    NamedParameters found = NamedParameters.of(text.replace('~', '\n'));
    assertThat(found.sql()).isEqualTo(sql.replace('~', '\n'));
    assertThat(String.join(" ", found.names())).isEqualTo(names.equals("''") ? "" : names);
  }

  @Test
  void everyKindOfValueAndNull() throws SQLException {
    Instant now = Instant.parse("2026-03-01T10:00:00.123456Z");
    byte[] bytes = "x".getBytes(StandardCharsets.UTF_8);
    Query insert =
        of(
            "INSERT INTO t (text, number, truth, decimal, at, bytes, texts, numbers, json) VALUES"
                + " (:text, :number, :truth, :decimal, :at, :bytes, :texts, :numbers,"
                + " :json::jsonb)");
    insert
        .bind("text", "it's :x ?")
        .bind("number", 7)
        .bind("truth", true)
        .bind("decimal", new BigDecimal("1.50"))
        .bind("at", now)
        .bind("bytes", bytes)
        .bind("texts", "text", List.of("a,b", "\"c\""))
        .bind("numbers", "bigint", List.of(1L, 2L))
        .bind("json", "{\"k\": 1}")
        .addBatch();
    for (String name :
        List.of("text", "number", "truth", "decimal", "at", "bytes", "texts", "numbers", "json")) {
      insert.bind(name, null);
    }
    insert.addBatch();
    insert.bind("texts", "text", List.of()).bind("numbers", "bigint", null).addBatch();
    insert.executeBatch();
    insert.executeBatch();
    assertThat(of("SELECT count(*) FROM t").number()).isEqualTo(3);

    Query select = of("SELECT * FROM t WHERE json ? 'k' AND id = :id OR id = :id ORDER BY id");
    assertThat(
            select
                .bind("id", 1L)
                .one(
                    row -> {
                      assertThat(row.text("text")).isEqualTo("it's :x ?");
                      assertThat(row.number("number")).isEqualTo(7);
                      assertThat(row.integer("number")).isEqualTo(7);
                      assertThat(row.decimal("decimal")).isEqualTo(1.5);
                      assertThat(row.isTrue("truth")).isTrue();
                      assertThat(row.instant("at")).isEqualTo(now);
                      assertThat(row.bytesOrNull("bytes")).isEqualTo(bytes);
                      assertThat(row.texts("texts")).containsExactly("a,b", "\"c\"");
                      assertThat(row.array("numbers")).containsExactly(1L, 2L);
                      return row.text("json");
                    }))
        .contains("{\"k\": 1}");
    select
        .bind("id", 2L)
        .each(
            row -> {
              assertThat(row.textOrNull("text")).isNull();
              assertThat(row.numberOrNull("number")).isNull();
              assertThat(row.instantOrNull("at")).isNull();
              assertThat(row.bytesOrNull("bytes")).isNull();
              assertThat(row.textsOrNull("texts")).isNull();
              assertThat(row.array("numbers")).isEmpty();
              assertThatThrownBy(() -> row.number("number")).hasMessage("number is NULL");
              assertThatThrownBy(() -> row.isTrue("truth")).hasMessage("truth is NULL");
              assertThatThrownBy(() -> row.text("text")).hasMessage("text is NULL");
            });
    assertThat(select.bind("id", 3L).list(row -> row.texts("texts"))).containsExactly(List.of());
    assertThat(select.bind("id", 4L).one(row -> row.text("text"))).isEmpty();
    assertThat(select.exists()).isFalse();
  }

  @Test
  void answers() throws SQLException {
    assertThat(of("SELECT :a = ANY (:b)").bind("a", "x").bind("b", "text", List.of("x")).isTrue())
        .isTrue();
    assertThat(of("SELECT 1 WHERE :a").bind("a", true).exists()).isTrue();
    assertThat(of("UPDATE t SET text = :a WHERE id < 0").bind("a", null).update()).isZero();
    assertThat(of("SELECT ARRAY['b', 'a'] AS n, ARRAY['1', NULL] AS v").one(r -> r.pairs("n", "v")))
        .hasValueSatisfying(pairs -> assertThat(pairs.toString()).isEqualTo("{b=1, a=null}"));
    Query bytes =
        of("SELECT coalesce(encode(string_agg(b, ''), 'hex'), '') AS b FROM unnest(:b) b");
    assertThat(
            bytes
                .bind("b", "bytea", List.of(new byte[] {1}, new byte[] {-1}))
                .one(r -> r.text("b")))
        .contains("01ff");
    assertThat(bytes.bind("b", "bytea", List.of()).one(r -> r.text("b"))).contains("");
    connection.setAutoCommit(false);
    long[] sum = new long[1];
    of("SELECT g FROM generate_series(1, :n::int) g")
        .bind("n", 2500)
        .each(1000, row -> sum[0] += row.number("g"));
    assertThat(sum[0]).isEqualTo(2500L * 2501 / 2);
    connection.setAutoCommit(true);
    assertThatThrownBy(() -> of("SELECT NULL::bigint").number())
        .hasMessage("There is no value of SELECT NULL::bigint");
    assertThatThrownBy(() -> of("SELECT 1 WHERE false").number())
        .hasMessage("There is no value of SELECT 1 WHERE false");
  }

  @Test
  void longBatchesAreSentInParts() throws SQLException {
    connection.setAutoCommit(false);
    Query insert = of("INSERT INTO t (number) VALUES (:n)");
    for (int i = 0; i < 2_345; i++) {
      insert.bind("n", i).addBatch();
    }
    Query count = of("SELECT count(DISTINCT number) FROM t");
    assertThat(count.number()).isEqualTo(2_000);
    insert.executeBatch();
    assertThat(count.number()).isEqualTo(2_345);
    connection.rollback();
    connection.setAutoCommit(true);
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> of("SELECT :a").bind("b", 1)).hasMessage("There is no :b in SELECT ?");
    assertThatThrownBy(() -> of("SELECT :a, :b").bind("a", 1).number())
        .hasMessage(":b is not bound in SELECT ?, ?");
    assertThatThrownBy(() -> of("SELECT :a").bind("a", Arrays.asList(1)).number())
        .hasMessageStartingWith("There is no way to bind a java.util.");
    Query update = of("UPDATE t SET text = :a WHERE number = :b").bind("a", "x");
    assertThatThrownBy(update::addBatch).hasMessageStartingWith(":b is not bound");
  }
}
