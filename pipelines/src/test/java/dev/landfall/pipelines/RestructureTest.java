package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.Move.Source;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.define.PreviewSchema;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.repair.RepairTask;
import dev.landfall.pipelines.verify.VerifyTask;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Specs that make another database of the source's, through whole migrations. */
class RestructureTest {
  private static final String[] SHOP = {
    "CREATE TABLE users (id int PRIMARY KEY AUTO_INCREMENT, email varchar(60) NOT NULL,"
        + " state char(1) NOT NULL, first varchar(20), last varchar(20), boss int,"
        + " UNIQUE KEY email (email), CONSTRAINT boss FOREIGN KEY (boss) REFERENCES users (id))",
    "CREATE TABLE orders (id bigint unsigned PRIMARY KEY, user_id int NOT NULL,"
        + " total decimal(10,2), CONSTRAINT buyer FOREIGN KEY (user_id) REFERENCES users (id))",
    "INSERT INTO users VALUES (1, '  Ann@Example.COM ', 'A', 'Ann', 'Lee', NULL),"
        + " (2, 'bob@example.com', 'I', NULL, 'Ray', 1), (3, 'C@D.E', 'A', NULL, NULL, 2)",
    "INSERT INTO orders VALUES (10, 1, 5.50), (11, 3, NULL)"
  };

  private static final String SPEC =
      """
      mappings:
        - table: users
          to: accounts
          columns:
            id: {uuid: id}
            email: {apply: [trim, lower]}
            state: {apply: [{map: {A: active, I: inactive}}]}
            name: {from: [first, last], join: " ", ifNull: "?"}
            legacy_id: id
      """;

  @ParameterizedTest
  @EnumSource(Source.class)
  void keysAreMadeAnewAndWhatRefersToThemFollows(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      move.source(SHOP);

      assertThat(move.with(SPEC, Move::migrated).equal()).isTrue();

      assertThat(move.ask("SELECT legacy_id, email, state, name FROM accounts ORDER BY legacy_id"))
          .containsExactly(
              "1|ann@example.com|active|Ann Lee",
              "2|bob@example.com|inactive|Ray",
              "3|c@d.e|active|?");
      assertThat(
              move.ask(
                  "SELECT a.legacy_id, b.legacy_id FROM accounts a JOIN accounts b ON a.boss = b.id"
                      + " ORDER BY 1"))
          .containsExactly("2|1", "3|2");
      assertThat(
              move.ask(
                  "SELECT o.id, a.legacy_id, o.total FROM orders o JOIN accounts a"
                      + " ON o.user_id = a.id ORDER BY 1"))
          .containsExactly("10|1|5.50", "11|3|null");
      assertThat(
              move.ask(
                  "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
                      + " WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f')"
                      + " ORDER BY conname"))
          .containsExactly(
              "accounts_email|UNIQUE (email)",
              "accounts_key|UNIQUE (legacy_id)",
              "accounts_pkey|PRIMARY KEY (id)",
              "boss|FOREIGN KEY (boss) REFERENCES accounts(id)",
              "buyer|FOREIGN KEY (user_id) REFERENCES accounts(id)",
              "orders_pkey|PRIMARY KEY (id)");
    }
  }

  /** Users of two shards become accounts, one for each address, and a profile for each user. */
  @ParameterizedTest
  @EnumSource(Source.class)
  void rowsThatAreOneBecomeOneAndWhatRefersToThemFollows(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      move.source(
          "CREATE TABLE users (id int PRIMARY KEY, tenant int NOT NULL, email varchar(60) NOT NULL,"
              + " nick varchar(20), seen datetime, boss int,"
              + " CONSTRAINT boss FOREIGN KEY (boss) REFERENCES users (id))",
          "CREATE TABLE orders (id int PRIMARY KEY, user_id int,"
              + " CONSTRAINT buyer FOREIGN KEY (user_id) REFERENCES users (id))",
          "INSERT INTO users VALUES (1, 1, 'ann@x.y', 'a', '2024-01-01', NULL),"
              + " (2, 1, 'bob@x.y', 'b', '2024-01-02', 1), (3, 2, ' ANN@x.y', 'c', '2024-01-03', 2),"
              + " (4, 2, 'Bob@X.Y ', 'd', NULL, 3), (5, 2, 'eve@x.y', 'e', NULL, 1)",
          "INSERT INTO orders VALUES (1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, NULL)");
      String spec =
          """
          mappings:
            - table: users
              split:
                - to: accounts
                  duplicates: {by: email, keep: {highest: seen}}
                  columns:
                    - id: {uuid: id}
                    - email: {apply: [trim, lower]}
                    - seen
                    - boss
                - to: profiles
                  columns:
                    - user_no: id
                    - account_id: {uuid: id}
                    - tenant
                    - nick
          """;

      assertThat(move.with(spec, Move::migrated).equal()).isTrue();

      assertThat(move.ask("SELECT email, seen FROM accounts ORDER BY email"))
          .containsExactly(
              "ann@x.y|2024-01-03 00:00:00", "bob@x.y|2024-01-02 00:00:00", "eve@x.y|null");
      assertThat(
              move.ask(
                  "SELECT p.user_no, a.email, p.tenant, b.email FROM profiles p"
                      + " JOIN accounts a ON a.id = p.account_id LEFT JOIN accounts b ON b.id = a.boss"
                      + " ORDER BY 1"))
          .containsExactly(
              "1|ann@x.y|1|bob@x.y",
              "2|bob@x.y|1|ann@x.y",
              "3|ann@x.y|2|bob@x.y",
              "4|bob@x.y|2|ann@x.y",
              "5|eve@x.y|2|ann@x.y");
      assertThat(
              move.ask(
                  "SELECT o.id, a.email FROM orders o LEFT JOIN accounts a ON a.id = o.user_id"
                      + " ORDER BY 1"))
          .containsExactly(
              "1|ann@x.y", "2|bob@x.y", "3|ann@x.y", "4|bob@x.y", "5|eve@x.y", "6|null");
      assertThat(
              move.ask(
                  "SELECT conname FROM pg_constraint WHERE contype = 'f' AND convalidated"
                      + " AND connamespace = 'public'::regnamespace ORDER BY 1"))
          .containsExactly("boss", "buyer");
      assertThat(
              move.ask(
                  "SELECT sum(rows_read), sum(rows_loaded), sum(rows_filtered)"
                      + " FROM landfall.chunk WHERE table_position = 1 AND plan = 'LOAD'"))
          .containsExactly("5|5|0");
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void shardsBecomeOneTable(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      for (int shard = 1; shard <= 2; shard++) {
        move.source(
            "CREATE TABLE users_%d (id int PRIMARY KEY, email varchar(60), seen int)"
                .formatted(shard),
            "INSERT INTO users_%d VALUES (1, 'a%1$d@x', %1$d), (2, 'both@x', %1$d), (3, NULL, 0)"
                .formatted(shard));
      }
      String union =
          """
          mappings:
            - {table: users_1, to: users, merge: true, key: [shard, id], columns: {shard: {constant: 1}}}
            - {table: users_2, to: users, merge: true, key: [shard, id], columns: {shard: {constant: 2}}}
          """;
      assertThat(move.with(union, Move::migrated).equal()).isTrue();
      assertThat(move.ask("SELECT shard, id, email FROM users ORDER BY 1, 2"))
          .containsExactly(
              "1|1|a1@x", "1|2|both@x", "1|3|null", "2|1|a2@x", "2|2|both@x", "2|3|null");
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void ofRowsWithOneKeyOneWins(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      for (int shard = 1; shard <= 2; shard++) {
        move.source(
            "CREATE TABLE users_%d (id int PRIMARY KEY, email varchar(60) NOT NULL, seen int)"
                .formatted(shard),
            "INSERT INTO users_%d VALUES (1, 'a%1$d@x', %1$d), (2, 'both@x', %1$d),"
                    .formatted(shard)
                + " (3, CONCAT('no', CHAR(0)), 0)");
      }
      String merged =
          """
          mappings:
            - {table: users_1, to: users, merge: true, key: email, columns: [email, seen],
               duplicates: {keep: last}}
            - {table: users_2, to: users, merge: true, key: email, columns: [email, seen],
               duplicates: {keep: last}}
          """;
      // A text with NUL is none of PostgreSQL's: both shards' is rejected, and settles nothing.
      assertThat(move.with(merged, Move::migrated).differences())
          .hasSize(2)
          .allSatisfy(d -> assertThat(d.reject()).contains("NUL"));
      assertThat(move.ask("SELECT email, seen FROM users ORDER BY 1"))
          .containsExactly("a1@x|1", "a2@x|2", "both@x|2");
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void valuesComeFromOtherTablesAndFromExpressionsOfTheSource(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      move.source(
          "CREATE TABLE countries (code char(2) PRIMARY KEY, name varchar(30), area decimal(12,3))"
              + " CHARACTER SET latin1",
          "INSERT INTO countries VALUES ('de', 'Österreich?', 357.5), ('at', NULL, NULL)",
          "CREATE TABLE towns (id int PRIMARY KEY, name varchar(30), country char(2), born date)",
          "INSERT INTO towns VALUES (1, 'Köln', 'de', '2020-02-29'), (2, 'Wien', 'at', NULL),"
              + " (3, 'Atlantis', NULL, NULL), (4, 'Mu', 'xx', '1999-12-31')");
      String spec =
          """
          tables: {include: [towns]}
          mappings:
            - table: towns
              columns:
                - id
                - name: {sql: "CONCAT(UPPER(name), '/', country)"}
                - weekday: {sql: "DAYOFWEEK(born)", type: int}
                - country: {lookup: {table: countries, by: {code: country}, value: name, missing: {value: "?"}},
                    apply: upper}
                - area: {lookup: {table: countries, by: {code: country}, value: area, missing: null}}
          """;

      assertThat(move.with(spec.replace("upper", "lower"), Move::migrated).equal()).isTrue();

      assertThat(move.ask("SELECT * FROM towns ORDER BY id"))
          .containsExactly(
              "1|KÖLN/de|7|österreich?|357.500",
              "2|WIEN/at|null|null|null",
              "3|null|null|null|null",
              "4|MU/xx|6|?|null");
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void numbersStandForKeysInEveryRun(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      move.source(
          "CREATE TABLE parts (vendor varchar(10), no int, PRIMARY KEY (vendor, no))",
          "CREATE TABLE uses (id int PRIMARY KEY, vendor varchar(10), no int,"
              + " CONSTRAINT part FOREIGN KEY (vendor, no) REFERENCES parts (vendor, no))",
          "INSERT INTO parts VALUES ('a:b', 1), ('a', 2), ('z', 3)",
          "INSERT INTO uses VALUES (1, 'a:b', 1), (2, 'z', 3), (3, NULL, 3)");
      String spec =
          """
          mappings:
            - {table: parts, columns: {part_id: {number: [vendor, no]}, vendor: vendor, no: no}}
            - {table: uses, omit: [vendor, no]}
          """;

      assertThat(move.with(spec, Move::migrated).equal()).isTrue();

      String joined =
          "SELECT u.id, p.vendor, p.no, p.part_id FROM uses u LEFT JOIN parts p"
              + " ON p.part_id = u.part ORDER BY 1";
      List<String> first = move.ask(joined);
      assertThat(first.stream().map(row -> row.replaceAll("\\|\\d+$", "")))
          .containsExactly("1|a:b|1", "2|z|3", "3|null|null|null");
      assertThat(move.ask("SELECT part_id FROM parts ORDER BY 1")).containsExactly("1", "2", "3");
      assertThat(move.ask("SELECT conname FROM pg_constraint WHERE contype = 'f' AND convalidated"))
          .contains("part");
      move.target("TRUNCATE uses, parts");
      move.source("INSERT INTO parts VALUES ('b', 1)");
      move.target("DELETE FROM landfall.migration");
      move.target("DROP TABLE uses, parts");
      assertThat(move.with(spec, Move::migrated).equal()).isTrue();
      assertThat(move.ask(joined)).isEqualTo(first);

      move.target("UPDATE landfall.key_number SET number = 77 WHERE key = 'z:3'");
      assertThatThrownBy(
              () -> move.with(spec, m -> m.perform(new VerifyTask(MovedDatabase.ONE_LOOK))))
          .hasStackTraceContaining("landfall.key_number has for the key z:3 of parts");
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void expressionsMakeValuesAndChooseRows(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      move.source(
          "CREATE TABLE orders (id int PRIMARY KEY, state varchar(10), net decimal(10,2),"
              + " pieces int, at datetime)",
          "INSERT INTO orders VALUES (1, 'open', 10.00, 4, '2024-02-29 10:00:00'),"
              + " (2, 'done', 7.50, 0, NULL), (3, NULL, 1.00, 1, NULL), (4, 'gone', 3, 3, NULL),"
              + " (5, 'done', 9.99, NULL, '1999-12-31 00:00:00')");
      String spec =
          """
          load: {rejects: 10}
          mappings:
            - table: orders
              split:
                - to: open_orders
                  where: state == 'open' || state == null
                  columns: [id, net]
                - to: prices
                  where: state == 'done' || state == 'open'
                  columns:
                    - id
                    - gross: {expr: "net * decimal('1.19')", type: "numeric(12,2)"}
                    - each: {expr: "pieces == null ? decimal(0) : net / pieces", type: numeric}
          """;
      move.with(
          spec.replace("type: \"numeric(12,2)\"", "type: numeric"),
          m -> m.perform(new MigrateTask(false)));

      assertThat(move.ask("SELECT * FROM open_orders ORDER BY id"))
          .containsExactly("1|10.00", "3|1.00");
      assertThat(
              move.ask(
                  "SELECT id, gross::numeric(12,4), each::numeric(12,4) FROM prices ORDER BY id"))
          .containsExactly("1|11.9000|2.5000", "5|11.8881|0.0000");
      assertThat(
              move.ask(
                  "SELECT rows_read, rows_loaded, rows_filtered, rows_rejected FROM landfall.chunk"))
          .containsExactly("5|3|1|1");
      assertThat(move.ask("SELECT key->>'id', reason FROM landfall.reject"))
          .singleElement()
          .asString()
          .startsWith("2|")
          .contains("net / pieces", "by 0", "pieces = \"0\"");
      assertThat(
              move.with(
                      spec.replace("type: \"numeric(12,2)\"", "type: numeric"),
                      m -> m.perform(new VerifyTask(MovedDatabase.ONE_LOOK)))
                  .differences())
          .singleElement()
          .satisfies(d -> assertThat(d.key()).containsEntry("id", "2"));
    }
  }

  @Test
  void wrongExpressionsAreShownWhereTheyStand() throws SQLException {
    try (Move move = new Move(Source.MARIADB)) {
      move.source("CREATE TABLE t (id int PRIMARY KEY, total decimal(8,2), note text)");
      String spec =
          """
          mappings:
            - table: t
              where: totl > 1
              columns:
                twice: {expr: 'total * note'}
          """;
      assertThatThrownBy(() -> move.with(spec, m -> m.perform(new PreviewSchema())))
          .hasMessageContaining("move.yaml:6:12  mappings[0].where: ")
          .hasMessageContaining("Did you mean \"total\"?\n    totl > 1\n    ^")
          .hasMessageContaining("move.yaml:8:28  mappings[0].columns.twice.expr: ")
          .hasMessageContaining("\n    total * note\n          ^");
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void partsOfAValueBecomeRows(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      move.source(
          "CREATE TABLE posts (id int PRIMARY KEY, tags varchar(100), items json, UNIQUE (tags))",
          "INSERT INTO posts VALUES (1, 'a, b,c', '[1, \"x\", null, {\"k\": [2]}]'), (2, '', '[]'),"
              + " (3, NULL, NULL), (4, 'solo', '[true]')");
      String spec =
          """
          mappings:
            - table: posts
              split:
                - {to: posts, columns: [id]}
                - to: post_tags
                  each: {from: tags, by: ","}
                  key: [post_id, no]
                  columns: [{post_id: id}, {no: number}, {tag: {from: part, apply: [trim]}}]
                - to: post_items
                  each: {from: items, json: true, part: item}
                  key: [id, number]
                  where: item != null
                  columns: [id, number, item]
          """;
      assertThat(move.with(spec, Move::migrated).equal()).isTrue();

      assertThat(move.ask("SELECT * FROM post_tags ORDER BY 1, 2"))
          .containsExactly("1|1|a", "1|2|b", "1|3|c", "4|1|solo");
      assertThat(
              move.ask("SELECT id, number, replace(item, ' ', '') FROM post_items ORDER BY 1, 2"))
          .containsExactly("1|1|1", "1|2|x", "1|4|{\"k\":[2]}", "4|1|true");
      assertThat(move.ask("SELECT rows_read, rows_loaded, rows_filtered FROM landfall.chunk"))
          .containsExactly("4|4|0");

      move.target(
          "UPDATE post_tags SET tag = 'B' WHERE tag = 'b'", "DELETE FROM post_tags WHERE no = 3");
      move.target("INSERT INTO post_tags VALUES (2, 1, 'extra')");
      assertThat(
              move.with(spec, m -> m.perform(new VerifyTask(MovedDatabase.ONE_LOOK))).differences())
          .extracting(d -> d.kind() + " " + d.key())
          .containsExactlyInAnyOrder(
              "CHANGED {post_id=1, no=2}", "MISSING {post_id=1, no=3}", "EXTRA {post_id=2, no=1}");
      move.with(
          spec,
          m ->
              m.perform(
                  new RepairTask(
                      RepairRequest.builder().setExecute(true).setDeleteExtra(true).build())));
      assertThat(move.with(spec, m -> m.perform(new VerifyTask(MovedDatabase.ONE_LOOK))).equal())
          .isTrue();
    }
  }

  /** The source leaves out what no target takes; where it can't judge that, whoever reads does. */
  @ParameterizedTest
  @EnumSource(Source.class)
  void rowsThatNobodyTakesAreCountedAndNotMoved(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      move.source(
          "CREATE TABLE t (id int PRIMARY KEY, v int, at date, w varchar(10) CHARACTER SET latin1)",
          "INSERT INTO t SELECT n, IF(n % 7 = 0, NULL, n % 10), '2020-01-01' + INTERVAL n DAY,"
              + " CONCAT('ä', n % 3) FROM (SELECT a.x + 10 * b.x + 100 * c.x AS n FROM "
              + DIGITS
              + " a, "
              + DIGITS
              + " b, "
              + DIGITS
              + " c) numbers");
      String simple =
          "mappings: [{table: t, where: \"v < 5 || w == 'ä2'\"}]\nload: {chunkRows: 100}\n";
      String dated = simple.replace("v < 5 ||", "at > parseDate('2020-06-30', 'yyyy-MM-dd') &&");
      for (String spec : List.of(simple, dated)) {
        String sql = spec.equals(simple) ? "v < 5 OR w = 'ä2'" : "at > '2020-06-30' AND w = 'ä2'";
        assertThat(move.with(spec, Move::migrated).equal()).isTrue();
        assertThat(
                move.ask(
                    "SELECT sum(rows_read), sum(rows_loaded) + sum(rows_filtered),"
                        + " sum(rows_loaded) = (SELECT count(*) FROM t) FROM landfall.chunk"))
            .containsExactly("1000|1000|t");
        assertThat(move.ask("SELECT count(*), count(*) FILTER (WHERE " + sql + ") FROM t"))
            .singleElement()
            .satisfies(n -> assertThat(n).matches("(\\d{3})\\|\\1"));
        assertThat(move.with(spec, m -> m.perform(new VerifyTask(COUNTS))).equal()).isTrue();
        move.target("DELETE FROM t WHERE id = (SELECT min(id) FROM t)");
        assertThat(move.with(spec, m -> m.perform(new VerifyTask(COUNTS))).equal()).isFalse();
        move.target("DROP TABLE t", "DROP SCHEMA landfall CASCADE");
      }
    }
  }

  private static final VerifyRequest COUNTS =
      VerifyRequest.builder().setLevel(VerifyRequest.Level.COUNT).setLooks(0).build();

  private static final String DIGITS =
      "(SELECT 0 AS x UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5"
          + " UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)";
}
