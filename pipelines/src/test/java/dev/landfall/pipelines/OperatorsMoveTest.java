package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.Move.Source;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.transforms.MigrationException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operators through whole migrations: what the target has, and which rows become rejects. */
class OperatorsMoveTest {
  private static final String PEOPLE =
      "CREATE TABLE people (id int PRIMARY KEY, email varchar(60) NOT NULL, phone varchar(30),"
          + " name varchar(40) CHARACTER SET latin1, note varchar(20), born date, seen datetime(3),"
          + " stamp timestamp NULL, day varchar(10), doc json, active tinyint(1), kind enum('a','b'),"
          + " price decimal(10,4), card varchar(20), tags varchar(40), no int)";

  private static final String SPEC =
      """
      types: {"tinyint(1)": boolean}
      mappings:
        - table: people
          columns:
            email: {apply: [trim, lower]}
            phone: {apply: [digits, emptyToNull]}
            first: {from: name, apply: [collapse, trim, {part: 1, of: " ", limit: 2}]}
            last: {from: name, apply: [collapse, trim, {part: 2, of: " ", limit: 2}, upper]}
            name: {apply: {normalize: NFKC}}
            note: {apply: [{emptyToNull: blank}, {replace: {from: "a", to: "bb"}}]}
            year: {from: born, apply: {date: year}}
            born: {apply: {format: "dd.MM.yyyy"}}
            seen_hour: {from: seen, apply: {date: hour}}
            seen: seen
            stamp_day: {from: stamp, apply: {format: "yyyy-MM-dd XXX"}}
            day: {apply: {parse: "dd.MM.yyyy", as: date}}
            city: {from: doc, apply: {json: "$.address.city"}}
            amount: {from: doc, apply: {json: $.amount}, type: "numeric(30,10)"}
            doc: doc
            active: {apply: {map: {true: "yes", false: "no", null: unknown}}, type: varchar(7)}
            kind: {apply: {map: {a: 1, b: 2}}, type: smallint}
            price: {apply: {round: 2}}
            mail_hash: {from: email, apply: [trim, lower, {hash: sha256, salt: "0123456789abcdef"}]}
            card: {apply: {mask: {keepLast: 4}}}
            mail_shown: {from: email, apply: [trim, {mask: email}]}
            tag: {from: tags, apply: [{pattern: '[;|]+', with: ","}, {part: -1, of: ","}]}
            short: {from: tags, apply: [{substring: {from: 1, length: 3}}]}
            no: {apply: {map: {0: null}, else: keep}}
      """;

  @ParameterizedTest
  @EnumSource(Source.class)
  void whatTheyMakeIsLoadedAndEqual(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      move.source(
          PEOPLE,
          "SET SESSION time_zone = '+00:00'",
          "INSERT INTO people VALUES (1, ' Ann@Example.COM', '+49 (0)30-12', ' Ann  Mary Müller ',"
              + " 'aha', '2024-02-29', '2024-02-29 23:01:02.5', '2024-02-29 23:01:02',"
              + " '29.02.2024', '{\"address\": {\"city\": \"Köln\"}, \"amount\": 1234567890.10}', 1,"
              + " 'a', 1.2350, '4111222233334444', 'x;y|z', 0),"
              + " (2, 'b@c.d', '-', 'Bob', '  ', NULL, NULL, NULL, NULL, '{\"address\": null}', 0,"
              + " 'b', -1, '1234', 'one', 7),"
              + " (3, 'ÄÖ@d.e', NULL, NULL, NULL, '1999-12-31', NULL, NULL, '01.01.2000', NULL,"
              + " NULL, NULL, NULL, NULL, NULL, NULL)");

      assertThat(move.with(SPEC, Move::migrated).equal()).isTrue();

      assertThat(
              move.ask(
                  "SELECT id, email, phone, first, last, note, year, born, seen_hour, stamp_day, day"
                      + " FROM people ORDER BY id"))
          .containsExactly(
              "1|ann@example.com|4903012|Ann|MARY MÜLLER|bbhbb|2024|29.02.2024|23|2024-02-29 Z"
                  + "|2024-02-29",
              "2|b@c.d|null|Bob|null|null|null|null|null|null|null",
              "3|äö@d.e|null|null|null|null|1999|31.12.1999|null|null|2000-01-01");
      // The hashes are those of Python's hmac.
      assertThat(
              move.ask(
                  "SELECT id, city, amount, active, kind, price, card, mail_shown, tag, short, no,"
                      + " mail_hash FROM people ORDER BY id"))
          .containsExactly(
              "1|Köln|1234567890.1000000000|yes|1|1.24|************4444|A***@Example.COM|z|x;y|null|"
                  + "9f70eb4f1d9f0194d58bc08c41ce2b3b2e4e580a424a246ce2484484122343df",
              "2|null|null|no|2|-1.00|****|***@c.d|one|one|7|"
                  + "4ee2c5c5e9a516535e13006a9c56874792ed68fd0a999cf3ffd80223f5b35e8c",
              "3|null|null|unknown|null|null|null|Ä***@d.e|null|null|null|"
                  + "f327b4442473b989ba22ad8ea01cb44326727f4f3c7fce32f638d48e95c7af79");
      assertThat(
              move.ask(
                  "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
                      + " WHERE attrelid = 'people'::regclass AND attnum > 0 ORDER BY attname"))
          .contains(
              "email|character varying(60)",
              "first|character varying(40)",
              "kind|smallint",
              "no|integer",
              "price|numeric(9,2)",
              "year|integer",
              "day|date",
              "born|text",
              "mail_hash|text");
    }
  }

  @Test
  void valuesThatDoNotFitMakeRejects() throws SQLException {
    try (Move move = new Move(Source.MARIADB)) {
      move.source(
          "CREATE TABLE t (id int PRIMARY KEY, a varchar(6), b varchar(40), c varchar(9))",
          "INSERT INTO t VALUES (1, 'ok', '{\"k\": 1}', 'x'), (2, 'straße', '{}', 'x'),"
              + " (3, 'ok', '{\"k\": ', 'x'), (4, 'ok', '{}', 'secret')");

      move.with(
          """
          load: {rejects: 3}
          mappings:
            - table: t
              columns:
                a: {apply: upper}
                b: {apply: {json: $.k}}
                c: {apply: [{map: {x: y}}, {hash: sha256, salt: "0123456789abcdef"}]}
          """,
          migration -> {
            migration.perform(new MigrateTask(false));
            return null;
          });

      assertThat(move.ask("SELECT id, a, b FROM t")).containsExactly("1|OK|1");
      assertThat(
              move.ask(
                  "SELECT key->>'id', column_name, value, reason FROM landfall.reject ORDER BY 1"))
          .containsExactly(
              "2|a|straße|what was made has 7 characters, varchar(6) takes 6; from a = \"straße\"",
              "3|b|{\"k\": |the text is no JSON: Unexpected end-of-input within/between Object"
                  + " entries, at character 7; from b = \"{\"k\": \"",
              "4|c|***|what is done to the value does not fit it; it is not to be seen");
      assertThat(move.ask("SELECT mapping::text FROM landfall.migration").toString())
          .doesNotContain("0123456789abcdef");
    }
  }

  @Test
  void anotherSaltIsAnotherMapping() throws SQLException {
    try (Move move = new Move(Source.MARIADB)) {
      move.source("CREATE TABLE t (id int PRIMARY KEY, a text)", "INSERT INTO t VALUES (1, 'x')");
      String spec =
          "mappings: [{table: t, columns: {a: {apply: {hash: sha256, salt: %s0123456789abcdef}}}}]";
      move.with(spec.formatted("one"), Move::migrated);

      assertThatThrownBy(() -> move.with(spec.formatted("two"), Move::migrated))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("made a, {hash: sha256, salt: \"*** ")
          .hasMessageNotContainingAny("0123456789abcdef");
      assertThat(move.with(spec.formatted("one"), Move::migrated).equal()).isTrue();
    }
  }
}
