package dev.landfall.transforms.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.sql.PgStatements.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PgStatementsTest {
  private static List<String> texts(String text) {
    return PgStatements.split(text).stream().map(Statement::text).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select ';', e'\\';', E'a\\\\', 'it''s;', \";\"\";\"",
        "select $$;$$, $a$;$$;$b$;$a$, a$b$, $1",
        "select 1 /* ; /* ; */ ; */ + 1",
        "select 1 -- ;\n+ 1",
        "create rule r as on insert to t do (delete from a; delete from b)",
        "create function f() returns int begin atomic select case when true then 1 end; end",
        "create function f() returns int language sql as 'select 1; select 2'",
        "do $$ begin perform 1; end $$",
        "select 'open;",
        "select $x$;",
        "select \"é$$;$$\"",
        "select é$$",
        "select /* open;"
      })
  void oneStatementIsOne(String text) {
    assertThat(texts(text)).containsExactly(text);
    assertThat(SingleStatement.postgres(text + ";").orElseThrow())
        .isEqualTo(text.contains("open") || text.contains("$x$") ? text + ";" : text);
  }

  @Test
  void severalAreSeveral() {
    String text =
        "-- one;\nselect 1;;\n/* two */ select 2 -- end\n;\nbegin;\nselect case 1 when 1 then 2 end; x) ; (y";
    assertThat(texts(text))
        .containsExactly(
            "select 1", "select 2 -- end", "begin", "select case 1 when 1 then 2 end", "x)", "(y");
    for (Statement one : PgStatements.split(text)) {
      assertThat(text.substring(one.offset())).startsWith(one.text());
    }
    assertThat(SingleStatement.postgres("/*+ hint */ select 1; -- end"))
        .hasValue("/*+ hint */ select 1");
    assertThat(SingleStatement.postgres("select 1; select 2")).isEmpty();
    assertThat(PgStatements.split(" ;; -- nothing\n")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "vacuum t, VACUUM, -",
        "/* a */ Create  Database x, CREATE DATABASE, -",
        "create unique index concurrently i on t (a), CREATE … CONCURRENTLY, -",
        "refresh materialized view concurrently v, -, -",
        "select 'vacuum concurrently', -, -",
        "commit, -, COMMIT",
        "start transaction read only, -, START TRANSACTION",
        "start, -, -",
        "end, -, END",
        "analyze t, -, -",
        "beginning, -, -",
      })
  void whatCantBePartOfATransactionIsKnown(String text, String outside, String bounding) {
    Statement statement = PgStatements.split(text).get(0);
    assertThat(statement.outside().orElse(null)).isEqualTo(outside);
    assertThat(statement.bounding().orElse(null)).isEqualTo(bounding);
  }

  @Test
  void dataOfAClientIsKnown() {
    assertThat(PgStatements.split("copy t from stdin").get(0).copies()).isTrue();
    assertThat(PgStatements.split("copy t from '/stdin'").get(0).copies()).isFalse();
  }
}
