package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The mapping's sheet in all its forms. */
class MappingSheetIT {
  static final String[] SHOP = {
    "CREATE TABLE users (id int PRIMARY KEY AUTO_INCREMENT, email varchar(60) NOT NULL,"
        + " state enum('A','I','X') NOT NULL, first varchar(20), last varchar(20), boss int,"
        + " born date, internal_flag tinyint(1), note text,"
        + " UNIQUE KEY email (email), CONSTRAINT boss FOREIGN KEY (boss) REFERENCES users (id))",
    "CREATE TABLE orders (id bigint unsigned PRIMARY KEY, user_id int NOT NULL,"
        + " total decimal(10,2), CONSTRAINT buyer FOREIGN KEY (user_id) REFERENCES users (id))",
    "CREATE TABLE audit (id int PRIMARY KEY, what varchar(20))",
    "INSERT INTO users VALUES (1, '  Ann@Example.COM ', 'A', 'Ann', 'Lee', NULL, '2000-01-02', 1,"
        + " 'x'), (2, 'bob@example.com', 'I', NULL, 'Ray', 1, NULL, 0, NULL),"
        + " (3, 'C@D.E', 'X', NULL, NULL, 2, '1999-12-31', NULL, '=1+1')",
    "INSERT INTO orders VALUES (10, 1, 5.50), (11, 3, NULL)"
  };

  static final String SPEC =
      """
      tables: {exclude: [audit]}
      mappings:
        - table: users
          to: accounts
          omit: {internal_flag: "internal only, legal said no", note: ""}
          columns:
            id: {uuid: id}
            email: {apply: [trim, lower]}
            state: {apply: [{map: {A: active, I: inactive}}]}
            name: {from: [first, last], join: " ", ifNull: "?"}
            legacy_id: id
            born: {ifNull: 1900-01-01}
            origin: {constant: shop}
      """;

  private static String shown(Pair pair, String text) {
    return text.replace(pair.source().name(), "SRC")
        .replace(pair.source().name().replace("_", "\\_"), "SRC");
  }

  @Test
  void explainsEachColumn() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), SHOP);
      String spec = pair.spec(SPEC).toString();

      Cli.Result all = Cli.run("mapping", "explain", "-c", spec).exits(0);

      assertThat(all.err()).isEmpty();
      assertThat(shown(pair, all.out()))
          .startsWith(
              """
              public.orders  is made, key id
                from SRC.orders, all rows
                  id       bigint NOT NULL <- id bigint(20) unsigned NOT NULL
                  user_id  uuid NOT NULL   <- user_id int(11) NOT NULL
                      UUID of users:user_id
                      goes back: no, UUID of users:user_id can't be undone
                  total    numeric(10,2)   <- total decimal(10,2)

              public.accounts  is made, key id
                from SRC.users, all rows
                  id         uuid NOT NULL        <- id int(11) NOT NULL
                      UUID of users:id
                      goes back: no, UUID of users:id can't be undone
                  legacy_id  integer NOT NULL     <- id int(11) NOT NULL
                      renamed
                  email      varchar(60) NOT NULL <- email varchar(60) NOT NULL
                      email, trim, lower
                      goes back: no, trim can't be undone
                  state      text NOT NULL        <- state enum('A','I','X') NOT NULL
                      state, {map: {A: active, I: inactive}, else: refuse}
                  name       text NOT NULL        <- first varchar(20) and last varchar(20)
                      first + " " + last; NULL becomes '?'
                      goes back: no, first + " " + last can't be undone
                  boss       uuid                 <- boss int(11)
                      UUID of users:boss
                      goes back: no, UUID of users:boss can't be undone
                  born       date NOT NULL        <- born date
                      NULL becomes '1900-01-01'
                      zeroDate: null
                      goes back: partly, NULL and '1900-01-01' become one; zero date is changed
                  origin     text NOT NULL
                      'shop' in every row

              Stays behind
              """)
          .containsPattern("\n  SRC\\.audit +table not selected\n")
          .containsPattern(
              "\n  SRC\\.users\\.internal_flag tinyint\\(1\\) +omitted: internal only, legal said"
                  + " no\n")
          .containsPattern("\n  SRC\\.users\\.note text +omitted, no reason given\n")
          .contains(
              "\n  2 tables, 11 columns: 2 as they are, 9 by a rule, of which 5 can't go back. 2"
                  + " columns and 1 table of the source stay behind.\n  fingerprint ");

      String some = Cli.run("mapping", "explain", "orders", "-c", spec).exits(0).out();
      assertThat(some).contains("public.orders").doesNotContain("public.accounts", "Stays behind");
      assertThat(Cli.run("mapping", "explain", "users", "-c", spec).exits(0).out())
          .contains("public.accounts", "internal_flag")
          .doesNotContain("public.orders", "audit");
      assertThat(shown(pair, Cli.run("mapping", "explain", "user", "-c", spec).exits(2).message()))
          .isEqualTo(
              "There is no table user in this mapping; there are public.orders, public.accounts,"
                  + " and the tables of the source that they are made of.");
      // Nothing was made.
      assertThat(
              Db.number(
                  pair.target(), "SELECT count(*) FROM pg_namespace WHERE nspname = 'landfall'"))
          .isZero();
    }
  }

  @Test
  void tellsProgramsTheSame() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), SHOP);
      String spec = pair.spec(SPEC).toString();

      String json = Cli.run("mapping", "explain", "--json", "-c", spec).exits(0).out();

      assertThat(shown(pair, json))
          .contains(
              "{\"name\":\"born\",\"type\":\"date\",\"nullable\":false,\"from\":[{\"column\":\"born\","
                  + "\"type\":\"date\",\"nullable\":true}],\"rule\":\"NULL becomes '1900-01-01'\","
                  + "\"odd\":[{\"column\":\"born\",\"kind\":\"zeroDate\",\"policy\":\"null\","
                  + "\"set\":false},",
              "\"policy\":\"values that the map lacks: refuse\",\"back\":\"yes\",\"backNote\":\"\"}",
              "\"back\":\"nothing\",\"backNote\":\"a constant\"}",
              "\"left\":[{\"table\":\"SRC.audit\",\"column\":null,\"type\":null,"
                  + "\"how\":\"not_selected\",\"reason\":\"\"},{\"table\":\"SRC.users\","
                  + "\"column\":\"internal_flag\",\"type\":\"tinyint(1)\",\"how\":\"omitted\","
                  + "\"reason\":\"internal only, legal said no\"}")
          .startsWith("{\"migration\":\"move\",\"source\":\"root@127.0.0.1:")
          .hasLineCount(1);
      assertThat(
              Cli.run("mapping", "export", "--format", "md", "--json", "-c", spec).exits(0).out())
          .startsWith("{\"migration\":\"move\"");
    }
  }

  @Test
  void exportsASheetForSpreadsheets() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), SHOP);
      Db.run(pair.source(), "ALTER TABLE orders ADD COLUMN `=1+1` int, ADD COLUMN `a,\"b` int");
      String spec = pair.spec(SPEC).toString();
      Path file = pair.directory().resolve("sheet.csv");

      Cli.Result exported =
          Cli.run("mapping", "export", "--format=csv", "-o", file.toString(), "-c", spec).exits(0);

      assertThat(exported.out()).isEqualTo(file + "\n");
      String text = Files.readString(file);
      assertThat(text).startsWith("\uFEFFMigration,move,,,,,,,,,,,\r\n");
      assertThat(shown(pair, text))
          .contains(
              "\r\nSource table,Source column,Source type,Rows,Rule,Target table,Target column,Target"
                  + " type,NULL,Key,Policy,Can go back,Disposition\r\n",
              "\r\nSRC.orders,'=1+1,int(11),all rows,as it is,public.orders,'=1+1,integer,NULL,,,yes,"
                  + "moves\r\n",
              "\r\nSRC.orders,\"a,\"\"b\",int(11),",
              "\r\nSRC.users,\"first\nlast\",\"varchar(20)\nvarchar(20)\",all rows,\"first + \"\" \"\""
                  + " + last; NULL becomes '?'\",public.accounts,name,text,NOT NULL,,first nul: refuse;",
              "\r\nSRC.audit,,,,,,,,,,,,table not selected\r\n",
              "\r\nSRC.users,internal_flag,tinyint(1),,,,,,,,,,\"omitted: internal only, legal said"
                  + " no\"\r\n");
      // The same without the mark where nothing says that it is UTF-8 but the terminal.
      assertThat(Cli.run("mapping", "export", "--format", "csv", "-c", spec).exits(0).out())
          .startsWith("Migration,move,");
    }
  }

  @Test
  void exportsMarkdownAndAPage() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), SHOP);
      Db.run(pair.source(), "ALTER TABLE orders ADD COLUMN `<b>|` int COMMENT 'x'");
      String spec = pair.spec(SPEC).toString();

      String markdown = Cli.run("mapping", "export", "--format", "md", "-c", spec).exits(0).out();

      assertThat(shown(pair, markdown))
          .contains(
              "# Mapping of move\n",
              "\n## public.accounts\n\nis made, key id.\n\nFrom SRC.users, all rows:\n\n| Source column"
                  + " | Type | Rule | Column | Type | Policy | Can go back |\n| --- | --- |",
              "\n| \\<b\\>\\| | int(11) | as it is | \\<b\\>\\| | integer |  | yes |\n",
              "\n| first<br>last | varchar(20)<br>varchar(20) |",
              "\n| SRC.users | internal\\_flag | tinyint(1) | omitted: internal only, legal said no |\n");

      Path file = pair.directory().resolve("sheet.html");
      Cli.run("mapping", "export", "--format", "html", "-o", file.toString(), "-c", spec).exits(0);

      String page = Files.readString(file);
      assertThat(shown(pair, page))
          .contains(
              "<p class=\"kind\">Mapping sheet</p>",
              "<h2 id=\"table-1\">public.accounts</h2>",
              "<caption>From SRC.users, all rows</caption>",
              "&lt;b&gt;|",
              "legal said no",
              "Signature")
          .doesNotContain("<script", "http://", "https://", "<b>");
    }
  }

  @Test
  void theFingerprintIsThatOfWhatTheLedgerKeeps() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), SHOP);
      Db.run(pair.source(), "DELETE FROM orders WHERE id = 11", "DELETE FROM users WHERE id = 3");
      Path spec = pair.spec(SPEC);
      String signed = fingerprint(spec);

      Cli.migrate(spec).exits(0);

      assertThat(fingerprint(spec)).isEqualTo(signed);
      Path report = pair.directory().resolve("report.html");
      Cli.run("report", "-o", report.toString(), "-c", spec.toString()).exits(0);
      assertThat(Files.readString(report)).contains(signed);
      assertThat(fingerprint(pair.spec(SPEC.replace("internal only", "another reason"))))
          .isEqualTo(signed);
      assertThat(fingerprint(pair.spec(SPEC.replace("legacy_id", "old_id")))).isNotEqualTo(signed);
    }
  }

  private static String fingerprint(Path spec) {
    String out = Cli.run("mapping", "explain", "-c", spec.toString()).exits(0).out();
    return out.substring(out.indexOf("fingerprint ") + "fingerprint ".length()).strip();
  }

  @Test
  void schemaTellsWhyAColumnStaysBehind() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), SHOP);
      assertThat(Cli.run("schema", "--json", "-c", pair.spec(SPEC).toString()).exits(0).out())
          .contains(
              "\"name\":\"users.internal_flag\",\"outcome\":\"left to you\",\"note\":\"is not moved: the"
                  + " mapping leaves it out, internal only, legal said no\"",
              "\"name\":\"users.note\",\"outcome\":\"left to you\",\"note\":\"is not moved: the mapping"
                  + " leaves it out\"");
    }
  }

  @Test
  void theGroupNeedsACommandAndAnExportAFormat() {
    Cli.Result alone = Cli.run("mapping", "--help").exits(0);
    assertThat(alone.out()).contains("explain", "export");
    assertThat(Cli.run("mapping", "export", "--format", "xls", "-c", "x").exits(2).message())
        .startsWith("--format: expected one of csv, html, md.");
    assertThat(Cli.run("mapping", "explain", "-c", "/nowhere.yaml").exits(2).message())
        .startsWith("The spec /nowhere.yaml is not there.");
  }
}
