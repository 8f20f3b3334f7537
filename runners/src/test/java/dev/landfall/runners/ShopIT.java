package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.landfall.embedded.EmbeddedMySql;
import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.FreshDatabase;
import dev.landfall.embedded.SharedServers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The whole move of a small shop from two URLs, and what the target has afterwards. */
class ShopIT {
  @Test
  void fromMariaDb() throws Exception {
    movesTheShop(SharedServers.mariadb());
  }

  @Test
  void fromMySql() throws Exception {
    String missing = EmbeddedMySql.missing().orElse("");
    assumeTrue(missing.isEmpty(), missing);
    movesTheShop(SharedServers.mysql());
  }

  private static void movesTheShop(EmbeddedServer server) throws Exception {
    try (FreshDatabase source = server.freshDatabase("shop");
        FreshDatabase target = SharedServers.postgres().freshDatabase("shop")) {
      Shop.create(source);

      assertThat(run("status", source, target).out())
          .isEqualTo(source.name() + "  not started yet\n");
      assertThat(status(source, target)).containsExactly("new");

      Cli.Result first = run("migrate --no-verify", source, target);
      assertThat(first.err()).isEmpty();
      assertThat(first.out()).contains("Done. 17 rows moved in ");
      requireContent(target);
      requireDefinitions(target);
      Db.ledger(target);

      Cli.Result second = run("migrate --no-verify", source, target);
      assertThat(second.err())
          .isEqualTo("landfall: all 17 rows are committed already; nothing is loaded again\n");
      assertThat(second.out()).contains("Done. 0 rows of 17 moved by this run in ");
      requireContent(target);
      requireDefinitions(target);

      assertThat(run("status", source, target).out())
          .startsWith(source.name() + "  done  6 of 6 chunks  started ")
          .contains(source.name() + ".order_lines  > public.order_lines     4 ");
      assertThat(status(source, target))
          .containsExactly(
              "done",
              "customers 1/1 4=4+0+0",
              "events 1/1 3=3+0+0",
              "nothing 1/1 0=0+0+0",
              "order_lines 1/1 4=4+0+0",
              "orders 1/1 3=3+0+0",
              "products 1/1 3=3+0+0");
    }
  }

  private static Cli.Result run(String command, FreshDatabase source, FreshDatabase target) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(List.of("--source", source.url(), "--target", target.url()));
    return Cli.run(arguments).exits(0);
  }

  /** The phase and each table's counts, after checking that the output is one document. */
  private static List<String> status(FreshDatabase source, FreshDatabase target)
      throws IOException {
    Cli.Result result = run("status --json", source, target);
    assertThat(result.err()).isEmpty();
    List<String> values = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(result.out())) {
      StringBuilder table = new StringBuilder();
      assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      for (int depth = 1; depth > 0; ) {
        JsonToken token = json.nextToken();
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (!token.isScalarValue()) {
          continue;
        }
        switch (String.valueOf(json.currentName())) {
          case "phase" -> values.add(json.getText());
          case "table" ->
              table = new StringBuilder(json.getText().substring(source.name().length() + 1) + " ");
          case "chunks" -> table.append('/').append(json.getText());
          case "chunksDone" -> table.insert(table.indexOf("/"), json.getText());
          case "rowsRead" -> table.append(' ').append(json.getText());
          case "rowsLoaded" -> table.append('=').append(json.getText());
          case "rowsFiltered" -> table.append('+').append(json.getText());
          case "rowsRejected" -> values.add(table.append('+').append(json.getText()).toString());
          default -> {}
        }
      }
      assertThat(json.nextToken()).isNull();
    }
    return values;
  }

  private static void requireContent(FreshDatabase target) throws Exception {
    StringBuilder bytes = new StringBuilder("\\\\x");
    for (int i = 0; i < 256; i++) {
      bytes.append(String.format(java.util.Locale.ROOT, "%02x", i));
    }
    assertThat(Db.rows(target, "SELECT * FROM customers ORDER BY id"))
        .containsExactly(
            tabbed(
                "-7 | | | it's | {} | 1901 | f | -1 | 0000000000 | \\\\x | {} | | -0.0001"
                    + " | -838:59:59 | 1000-01-01 00:00:00 | 1970-01-01 00:00:01+00 | 1000-01-01"
                    + " | -1.5 | -2.5e-300 | 0"),
            tabbed(
                "1 | a@b | \\N | plain | \\N | \\N | t | \\N | \\N | \\N | \\N | \\N | \\N | \\N"
                    + " | \\N | \\N | \\N | \\N | \\N | \\N"),
            tabbed(
                "2 | \u4e2d\u6587@x | \ud83d\ude00 caf\u00e9 | vip | {a,c} | 2155 | t | 2"
                    + " | 1000000001 | "
                    + bytes
                    + " | {\"k\": [1, null, \"\u00e9\"]}"
                    + " | tab\\there\\nnewline\\\\backslash\\rreturn \\\\N"
                    + " | 1234567890123456.7891 | 838:59:59 | 9999-12-31 23:59:59.999999"
                    + " | 2038-01-19 03:14:07+00 | 9999-12-31 | 1.6777216e+07"
                    + " | 1.7976931348623157e+308 | 18446744073709551615"),
            tabbed(
                "3 | zero | x | x,y | {a,b,c} | 0 | f | 5 | 1111111111 | \\\\x61 | [] | NULL"
                    + " | 0.0000 | 00:00:00.001 | \\N | 2020-02-29 12:00:00+00 | \\N | 0.1 | 0.1"
                    + " | 1"));
    assertThat(Db.rows(target, "SELECT * FROM products ORDER BY code COLLATE \"C\""))
        .containsExactly(
            tabbed("A-1 | Anchor | 12.50"),
            tabbed("a 2 | Rope \"thin\" | 0.10"),
            tabbed("\u00df | Sail | 99999999.99"));
    assertThat(Db.rows(target, "SELECT * FROM orders ORDER BY id"))
        .containsExactly(
            tabbed("1 | 2 | 2024-01-01 10:00:00"),
            tabbed("5 | 2 | 2024-02-29 23:59:59"),
            tabbed("9000000000 | -7 | 2024-03-31 02:30:00"));
    assertThat(Db.rows(target, "SELECT * FROM order_lines ORDER BY order_id, line"))
        .containsExactly(
            tabbed("1 | 1 | A-1 | 1"),
            tabbed("1 | 2 | a 2 | 4294967295"),
            tabbed("5 | -1 | \u00df | 0"),
            tabbed("9000000000 | 32767 | A-1 | 7"));
    assertThat(Db.rows(target, "SELECT * FROM events ORDER BY at, what"))
        .containsExactly(
            tabbed("2024-01-01 00:00:00 | same"),
            tabbed("2024-01-01 00:00:00 | same"),
            tabbed("2024-01-02 00:00:00 | \\N"));
    assertThat(Db.rows(target, "SELECT * FROM nothing")).isEmpty();
    assertThat(
            Db.rows(target, "SELECT column_name, rule, rows FROM landfall.disposition ORDER BY 1"))
        .containsExactly(
            tabbed("birthday | zero date \u2192 NULL | 1"),
            tabbed("seen | zero date \u2192 NULL | 1"));
  }

  private static void requireDefinitions(FreshDatabase target) throws Exception {
    assertThat(
            Db.rows(
                target,
                "SELECT conrelid::regclass, pg_get_constraintdef(oid) FROM pg_constraint"
                    + " WHERE connamespace = 'public'::regnamespace AND contype <> 'n'"
                    + " ORDER BY conrelid::regclass::text, 2"))
        .containsExactly(
            tabbed("customers | CHECK ((flags <@ ARRAY['a'::text, 'b'::text, 'c'::text]))"),
            tabbed(
                "customers | CHECK ((kind = ANY (ARRAY['plain'::text, 'vip'::text, 'x,y'::text,"
                    + " 'it''s'::text, ''::text])))"),
            tabbed("customers | PRIMARY KEY (id)"),
            tabbed("customers | UNIQUE (email)"),
            tabbed("nothing | PRIMARY KEY (id)"),
            tabbed("order_lines | FOREIGN KEY (order_id) REFERENCES orders(id) ON DELETE CASCADE"),
            tabbed("order_lines | FOREIGN KEY (product_code) REFERENCES products(code)"),
            tabbed("order_lines | PRIMARY KEY (order_id, line)"),
            tabbed("orders | FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE"),
            tabbed("orders | PRIMARY KEY (id)"),
            tabbed("products | PRIMARY KEY (code)"));
    assertThat(
            Db.rows(
                target,
                "SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'public'"
                    + " AND indexdef NOT LIKE 'CREATE UNIQUE%' ORDER BY 1"))
        .containsExactly(
            tabbed("customers | customers_nick"),
            tabbed("order_lines | order_lines_product_code"),
            tabbed("orders | orders_customer"));
    assertThat(Db.number(target, "SELECT last_value + is_called::int FROM customers_id_seq"))
        .isEqualTo(1000);
    assertThat(Db.number(target, "SELECT last_value + is_called::int FROM orders_id_seq"))
        .isEqualTo(9000000001L);
    assertThat(Db.rows(target, "SELECT obj_description('customers'::regclass)"))
        .containsExactly("who buys");
  }

  /** Values as a table shows them, with COPY's separator. */
  private static String tabbed(String values) {
    return Arrays.stream(values.split("\\|", -1))
        .map(String::strip)
        .collect(Collectors.joining("\t"));
  }
}
