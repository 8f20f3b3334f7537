package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.SharedServers;
import dev.landfall.runners.cli.ExitCodes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole databases as they are found in the wild, with their sins. */
class RealisticIT {
  /** What a table's foreign keys and unique keys are, checks apart. */
  private static final String CONSTRAINTS =
      "SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint"
          + " WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f')";

  private static Pair make(SourceServer server, String script) throws SQLException, IOException {
    Pair pair = Pair.make(server.get(), SharedServers.postgres());
    try (InputStream resource =
        Objects.requireNonNull(RealisticIT.class.getResourceAsStream(script))) {
      String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      Db.run(
          pair.source(),
          Arrays.stream(text.split(";\n\n|;\n$")).map(String::strip).toArray(String[]::new));
    }
    return pair;
  }

  /** Rows of both sides and how many of them are equal, for each table. */
  private static List<String> verified(Pair pair) throws SQLException {
    assertThat(Verdicts.schema(pair.target())).isEmpty();
    return Verdicts.texts(
        pair.target(),
        "SELECT concat_ws(' ', target_table, source_rows, target_rows, matched)"
            + " FROM landfall.verification WHERE run = (SELECT max(id) FROM landfall.run)"
            + " ORDER BY target_table COLLATE \"C\"");
  }

  @ParameterizedTest
  @EnumSource(SourceServer.class)
  void aShopWithTwelveYearsOfSloppyData(SourceServer server) throws Exception {
    try (Pair pair = make(server, "webshop.sql")) {
      String spec = pair.spec().toString();

      Cli.run("migrate", "-c", spec).exits(ExitCodes.DONE);

      assertThat(verified(pair))
          .containsExactly(
              "public.Customers 500 500 500",
              "public.category 5 5 5",
              "public.group 2 2 2",
              "public.hits 1000 1000 1000",
              "public.log 3000 3000 3000",
              "public.order 1000 1000 1000",
              "public.order_item 3000 3000 3000",
              "public.product 200 200 200");
      assertThat(Verdicts.texts(pair.target(), CONSTRAINTS))
          .containsExactlyInAnyOrder(
              "\"Customers\" PRIMARY KEY (\"CustomerID\")",
              "\"Customers\" UNIQUE (\"Email\")",
              "category PRIMARY KEY (id)",
              "category FOREIGN KEY (parent) REFERENCES category(id) ON DELETE SET NULL",
              "\"group\" PRIMARY KEY (\"select\", \"from\")",
              "\"group\" UNIQUE (\"where\", \"from\")",
              "log PRIMARY KEY (id, at)",
              "log_p2019 PRIMARY KEY (id, at)",
              "log_p2020 PRIMARY KEY (id, at)",
              "log_later PRIMARY KEY (id, at)",
              "\"order\" PRIMARY KEY (id)",
              "\"order\" FOREIGN KEY (\"user\") REFERENCES \"Customers\"(\"CustomerID\")",
              "order_item PRIMARY KEY (order_id, line)",
              "order_item FOREIGN KEY (order_id) REFERENCES \"order\"(id) ON DELETE CASCADE",
              "order_item FOREIGN KEY (sku) REFERENCES product(sku)",
              "product PRIMARY KEY (sku)",
              "product FOREIGN KEY (category_id) REFERENCES category(id) ON UPDATE CASCADE");
      assertThat(
              Db.rows(
                  pair.target(),
                  "SELECT \"CustomerID\", \"Email\", \"Name\", \"Street\", \"Salutation\", \"Level\","
                      + " \"Interests\", \"Newsletter\", \"Active\", \"Birthday\", \"LastLogin\","
                      + " \"Created\", \"Balance\" FROM \"Customers\""
                      + " WHERE \"CustomerID\" IN (3, 13, 14, 50, 60) ORDER BY 1"))
          .containsExactly(
              "3\tcustomer3@m\u00fcller.example\tJ\u00fcrgen \u0141uczak 3\tGr\u00fcner Weg 3\tn/a"
                  + "\tbronze\t{boats,ropes}\tt\t0\t1950-02-21\t2012-03-25 08:20:03"
                  + "\t2012-10-28 01:30:00+00\t-96.7",
              "13\tcustomer13@example.com\t\tGr\u00fcner Weg 13\tMrs\t\t{boats,sails}\tt\t1"
                  + "\t1950-08-10\t2012-03-26 03:46:53\t2012-10-28 06:30:00+00\t-85.7",
              // Encoded twice in the source: as it is, unless somebody asks for more.
              "14\tcustomer14@example.com\tJ\u00c3\u00bcrgen\tGr\u00fcner Weg 14\t\tgold"
                  + "\t{ropes,sails}\tf\t2\t1950-08-27\t2012-03-26 05:43:34"
                  + "\t2012-10-28 07:00:00+00\t-84.6",
              "50\tcustomer50@example.com\tJ\u00fcrgen \u0141uczak 50\t \t\tgold\t{ropes}\tf\t2"
                  + "\t\\N\t2012-03-29 03:44:10\t2012-10-29 01:00:00+00\t-45",
              "60\tcustomer60@m\u00fcller.example\tJ\u00fcrgen \u0141uczak 60\t \tMr\tbronze\t{sails}"
                  + "\tf\t0\t1952-10-17\t\\N\t2012-10-29 06:00:00+00\t-34");
      assertThat(
              Verdicts.texts(
                  pair.target(), "SELECT \"Notes\" FROM \"Customers\" WHERE \"CustomerID\" = 14"))
          .containsExactly("tab\there, line\nbreak, back\\\\slash, \u20ac, \\N");
      assertThat(
              Db.rows(
                  pair.target(),
                  "SELECT \"select\", \"from\", \"where\", \"User\", \"limit\", \"na\u00efve\""
                      + " FROM \"group\" ORDER BY 2"))
          .containsExactly("1\t2\tx\t111\ty\t3", "1\t3\t\\N\t000\t\\N\t\\N");
      assertThat(
              Db.rows(
                  pair.target(),
                  "SELECT target_table, column_name, sum(rows) FROM landfall.disposition"
                      + " GROUP BY 1, 2 ORDER BY 1, 2"))
          .containsExactly(
              "public.Customers\tBirthday\t10",
              "public.Customers\tLastLogin\t8",
              "public.Customers\tLevel\t1");
      assertThat(
              Db.number(
                  pair.target(),
                  "SELECT nextval(pg_get_serial_sequence('\"Customers\"', 'CustomerID'))"))
          .isEqualTo(5000);

      // What MySQL let in without looking: the rows arrive, and the key that they violate is named.
      Db.run(
          pair.source(),
          "SET FOREIGN_KEY_CHECKS = 0",
          "INSERT INTO `order` VALUES (2000, 4000000000, '2020-01-01', NULL, NULL, 2020, 'o', 1, 7)");
      Cli.Result orphan = Cli.run("migrate", "--restart", "--yes", "-c", spec);
      assertThat(orphan.out() + orphan.err()).contains("order_user");
      assertThat(Db.number(pair.target(), "SELECT count(*) FROM \"order\"")).isEqualTo(1001);
    }
  }

  @ParameterizedTest
  @EnumSource(SourceServer.class)
  void aContentManagementSystem(SourceServer server) throws Exception {
    try (Pair pair = make(server, "cms.sql")) {
      String spec =
          pair.spec(
                  """
                  mappings:
                    - table: cms_users
                      columns: {registered: {nullable: true}}
                    - table: cms_posts
                      columns: {post_date_gmt: {nullable: true}}
                  """)
              .toString();

      Cli.run("migrate", "-c", spec).exits(ExitCodes.DONE);

      assertThat(verified(pair))
          .containsExactly(
              "public.cms_comments 700 700 700",
              "public.cms_options 4 4 4",
              "public.cms_postmeta 3000 3000 3000",
              "public.cms_posts 1000 1000 1000",
              "public.cms_term_relationships 1500 1500 1500",
              "public.cms_terms 5 5 5",
              "public.cms_usermeta 800 800 800",
              "public.cms_users 50 50 50");
      assertThat(Verdicts.texts(pair.target(), CONSTRAINTS))
          .containsExactlyInAnyOrder(
              "cms_comments PRIMARY KEY (comment_id)",
              "cms_options PRIMARY KEY (option_id)",
              "cms_options UNIQUE (option_name)",
              "cms_postmeta PRIMARY KEY (meta_id)",
              "cms_posts PRIMARY KEY (\"ID\")",
              "cms_term_relationships PRIMARY KEY (object_id, taxonomy_id)",
              "cms_terms PRIMARY KEY (term_id)",
              "cms_terms UNIQUE (slug)",
              "cms_usermeta PRIMARY KEY (umeta_id)",
              "cms_users PRIMARY KEY (\"ID\")",
              "cms_users UNIQUE (nicename)");
      assertThat(
              Verdicts.texts(
                  pair.target(), "SELECT name || ' ' || slug FROM cms_terms ORDER BY term_id"))
          .containsExactly(
              "Uncategorized uncategorized",
              "Caf\u00e9 CAF\u00c9",
              "Stra\u00dfe stra\u00dfe",
              "\u0130stanbul istanbul",
              "\u6771\u4eac \u6771\u4eac");
      assertThat(
              Db.rows(
                  pair.target(),
                  "SELECT \"ID\", title, post_date, post_date_gmt, char_length(content), right(content, 2)"
                      + " FROM cms_posts WHERE \"ID\" IN (7, 10) ORDER BY 1"))
          .containsExactly(
              "7\tTitle 7 \ud83d\udc69\u200d\ud83d\ude80\t2011-01-01 17:00:00\t2011-01-01 16:00:00"
                  + "\t107\t\\r\\n",
              "10\tTitle 10\t2011-01-01 20:00:00\t\\N\t159\t\\r\\n");
      assertThat(
              Db.rows(
                  pair.target(),
                  "SELECT option_name, length(option_value) FROM cms_options ORDER BY option_id"))
          .containsExactly("siteurl\t19", "blogname\t15", "empty\t0", "_transient_long\t300000");
      assertThat(
              Db.rows(
                  pair.target(),
                  "SELECT target_table, column_name, sum(rows) FROM landfall.disposition"
                      + " GROUP BY 1, 2 ORDER BY 1, 2"))
          .containsExactly(
              "public.cms_posts\tpost_date_gmt\t100", "public.cms_users\tregistered\t1");
    }
  }

  @ParameterizedTest
  @EnumSource(SourceServer.class)
  void aLedgerOfAccounts(SourceServer server) throws Exception {
    try (Pair pair = make(server, "accounts.sql")) {
      Cli.run("migrate", "-c", pair.spec().toString()).exits(ExitCodes.DONE);

      assertThat(verified(pair))
          .containsExactly(
              "public.account 1000 1000 1000",
              "public.company 2 2 2",
              "public.employee 300 300 300",
              "public.entry 1000 1000 1000",
              "public.posting 4000 4000 4000");
      assertThat(Verdicts.texts(pair.target(), CONSTRAINTS))
          .containsExactlyInAnyOrder(
              "account PRIMARY KEY (company_id, code)",
              "account FOREIGN KEY (company_id) REFERENCES company(id)",
              "account FOREIGN KEY (company_id, parent_code) REFERENCES account(company_id, code)",
              "company PRIMARY KEY (id)",
              "company UNIQUE (name)",
              "company FOREIGN KEY (head) REFERENCES employee(id)",
              "employee PRIMARY KEY (id)",
              "employee FOREIGN KEY (company_id) REFERENCES company(id)",
              "employee FOREIGN KEY (manager) REFERENCES employee(id) ON DELETE SET NULL",
              "entry PRIMARY KEY (company_id, year, number)",
              "entry FOREIGN KEY (company_id) REFERENCES company(id)",
              "entry FOREIGN KEY (company_id, reversed_year, reversed_number)"
                  + " REFERENCES entry(company_id, year, number)",
              "posting PRIMARY KEY (company_id, year, number, line)",
              "posting FOREIGN KEY (account_company, account_code)"
                  + " REFERENCES account(company_id, code)",
              "posting FOREIGN KEY (company_id, year, number)"
                  + " REFERENCES entry(company_id, year, number) ON DELETE CASCADE");
      assertThat(
              Db.rows(
                  pair.target(),
                  "SELECT company_id, year, number, line, account_code, amount, rate FROM posting"
                      + " WHERE number IN (7, 10) AND line < 2 ORDER BY number, line"))
          .containsExactly(
              "1\t2023\t7\t0\t22\t7.123456789012345678\t1.000000000000000000000000000001",
              "1\t2023\t7\t1\t23\t-7.123456789012345678\t\\N",
              "18446744073709551615\t2022\t10\t0\t31\t10.123456789012345678"
                  + "\t1.000000000000000000000000000001",
              "18446744073709551615\t2022\t10\t1\t32\t-10.123456789012345678\t\\N");
      // What the source's view says: to the last digit.
      assertThat(
              Db.rows(
                  pair.target(),
                  "SELECT account_code, count(*), sum(amount) FROM posting"
                      + " GROUP BY account_company, account_code"))
          .hasSize(1000)
          .containsExactlyInAnyOrderElementsOf(balances(pair));
      assertThat(
              Db.rows(
                  pair.target(), "SELECT id, name, head, founded FROM company ORDER BY founded"))
          .containsExactly(
              "18446744073709551615\tGro\u00dfe & S\u00f6hne\t18446744073709551614\t1871-01-18",
              "1\tSmall\t18446744073709551614\t2020-02-29");
    }
  }

  private static List<String> balances(Pair pair) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = pair.source().connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT account_code, postings, total FROM balance")) {
      while (rows.next()) {
        lines.add(rows.getString(1) + "\t" + rows.getString(2) + "\t" + rows.getString(3));
      }
    }
    return lines;
  }
}
