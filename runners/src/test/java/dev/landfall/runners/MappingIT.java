package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mappings, tables of the user's own, and what changed since the first run. */
class MappingIT {
  private static final String ORDERS = "tables: {include: [orders, order_lines, products]}";

  @Test
  void splitsRenamesOmitsAndFillsIn() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(
          pair.source(),
          "CREATE TABLE users (id int PRIMARY KEY AUTO_INCREMENT, email varchar(50) NOT NULL,"
              + " nick varchar(20), secret varchar(20), n int)",
          "INSERT INTO users VALUES (1, 'a@b', NULL, 'x', 7), (5, 'c@d', 'cee', NULL, NULL)",
          "CREATE TABLE items (id int PRIMARY KEY, user_id int, qty int, old int,"
              + " FOREIGN KEY f (user_id) REFERENCES users (id))",
          "INSERT INTO items VALUES (1, 1, 3, 3), (2, 5, NULL, 4)");
      Path spec =
          pair.spec(
              """
              mappings:
                - table: users
                  split:
                    - {to: accounts, columns: [id, email]}
                    - to: profiles
                      columns:
                        - legacy_user_id: id
                        - nick: {ifNull: ''}
                        - n: {type: bigint}
                        - origin: {constant: shop}
                - table: items
                  to: pieces
                  columns:
                    quantity: {from: qty, ifNull: 0, type: bigint}
                    flag: {constant: true}
                  omit: [old]
              """);

      Cli.migrate(spec).exits(0);

      assertThat(Db.rows(pair.target(), "SELECT * FROM accounts ORDER BY id"))
          .containsExactly("1\ta@b", "5\tc@d");
      assertThat(Db.rows(pair.target(), "SELECT * FROM profiles ORDER BY 1"))
          .containsExactly("1\t\t7\tshop", "5\tcee\t\\N\tshop");
      assertThat(Db.rows(pair.target(), "SELECT * FROM pieces ORDER BY id"))
          .containsExactly("1\t1\t3\tt", "2\t5\t0\tt");
      assertThat(
              Db.rows(
                  pair.target(),
                  "SELECT conrelid::regclass, pg_get_constraintdef(oid) FROM pg_constraint"
                      + " WHERE connamespace = 'public'::regnamespace AND contype <> 'n'"
                      + " ORDER BY conrelid::regclass::text, 2"))
          .containsExactly(
              "accounts\tPRIMARY KEY (id)",
              "pieces\tFOREIGN KEY (user_id) REFERENCES accounts(id)",
              "pieces\tPRIMARY KEY (id)",
              "profiles\tPRIMARY KEY (legacy_user_id)");
      assertThat(
              Db.rows(
                  pair.target(),
                  "SELECT table_name, column_name, data_type, is_nullable FROM"
                      + " information_schema.columns WHERE table_schema = 'public'"
                      + " AND column_name IN ('n', 'nick', 'origin', 'quantity', 'flag')"
                      + " ORDER BY 2"))
          .containsExactly(
              "pieces\tflag\tboolean\tNO",
              "profiles\tn\tbigint\tYES",
              "profiles\tnick\tcharacter varying\tNO",
              "profiles\torigin\ttext\tNO",
              "pieces\tquantity\tbigint\tNO");
      assertThat(Db.number(pair.target(), "SELECT nextval('accounts_id_seq')")).isEqualTo(6);
    }
  }

  @Test
  void misfitsOfOwnTablesComeAtOnceBeforeAnythingIsTouched() throws Exception {
    try (Pair pair = Pair.make()) {
      Shop.create(pair.source());
      Db.run(
          pair.target(),
          "CREATE TABLE products (code varchar(20) PRIMARY KEY, price numeric(5,2),"
              + " extra text NOT NULL)",
          "CREATE TABLE orders (id integer PRIMARY KEY, customer_id int, placed timestamp)");
      String source = pair.source().name();

      Cli.Result refused = Cli.migrate(pair.spec(ORDERS)).exits(2);

      assertThat(refused.message())
          .isEqualTo(
              "The mapping does not fit the tables of the target database "
                  + pair.target().name()
                  + "; nothing was touched. Change the tables or the mapping:\n"
                  + "  public.orders.id: integer is narrower than the source's bigint(20) "
                  + source
                  + ".orders.id\n"
                  + "  public.products.name: there is no such column; "
                  + source
                  + ".products.name is mapped to it\n"
                  + "  public.products.price: numeric(5,2) is narrower than the source's"
                  + " decimal(10,2) "
                  + source
                  + ".products.price\n"
                  + "  public.products.extra: is NOT NULL and has no default, but nothing is mapped"
                  + " to it; map a column or a `constant:` to it");
      requireNoLedger(pair);
    }
  }

  @Test
  void ownTablesAreLoadedInTheOrderOfTheirKeys() throws Exception {
    try (Pair pair = Pair.make()) {
      Shop.create(pair.source());
      ownTables(pair);
      Cli.migrate(pair.spec(ORDERS)).exits(0);
      assertThat(Db.rows(pair.target(), "SELECT * FROM order_lines ORDER BY order_id, line"))
          .containsExactly(
              "1\t1\tA-1\t1",
              "1\t2\ta 2\t4294967295",
              "5\t-1\t\u00df\t0",
              "9000000000\t32767\tA-1\t7");
      assertThat(Db.rows(pair.target(), "SELECT code, price, extra FROM products ORDER BY price"))
          .containsExactly("a 2\t0.10\tdflt", "A-1\t12.50\tdflt", "\u00df\t99999999.99\tdflt");

      // They were empty, so beginning anew empties them again.
      Cli.migrate(pair.spec(ORDERS), "--restart", "--yes").exits(0);
      assertThat(Db.number(pair.target(), "SELECT count(*) FROM order_lines")).isEqualTo(4);
    }
  }

  @Test
  void rowsThatWereThereAreNeverMixedUpOrLost() throws Exception {
    try (Pair pair = Pair.make()) {
      Shop.create(pair.source());
      ownTables(pair);
      Db.run(pair.target(), "INSERT INTO products VALUES ('own', 'mine', 1)");

      assertThat(Cli.migrate(pair.spec(ORDERS)).exits(2).message())
          .isEqualTo(
              "These target tables have rows that migration \"move\" did not load:"
                  + " public.products. Empty them, or say \"append: true\" under \"load\" in the"
                  + " spec to add to them. Nothing was touched.");
      requireNoLedger(pair);

      Path appending = pair.spec(ORDERS, "load: {append: true}");
      Cli.migrate(appending).exits(0);
      Cli.migrate(appending).exits(0);
      List<String> codes = List.of("A-1", "a 2", "own", "\u00df");
      assertThat(Db.rows(pair.target(), "SELECT code FROM products ORDER BY code COLLATE \"C\""))
          .isEqualTo(codes);

      // With or without append by now: rows of the user's own must not be emptied with the others.
      for (Path spec : List.of(appending, pair.spec(ORDERS))) {
        assertThat(Cli.migrate(spec, "--restart", "--yes").exits(2).message())
            .isEqualTo(
                "Migration \"move\" added rows to tables that had rows of their own:"
                    + " public.products. Nobody can tell them apart, so --restart can't take them"
                    + " back; nothing was touched. Remove the added rows yourself and give the spec"
                    + " another name.");
        assertThat(Db.rows(pair.target(), "SELECT code FROM products ORDER BY code COLLATE \"C\""))
            .isEqualTo(codes);
      }
    }
  }

  @Test
  void whatChangedSinceIsShown() throws Exception {
    try (Pair pair = Pair.make()) {
      Shop.create(pair.source());
      String tables = "tables: {include: [orders, products]}";
      Path spec = pair.spec(tables);
      Cli.migrate(spec).exits(0);
      String source = pair.source().name();
      String go = "\nNothing was touched. Change the spec or the source back to go on";
      String end =
          "; or begin anew with"
              + " --restart, which empties the tables that were loaded; or give the spec another"
              + " name and other tables.";
      String begin =
          "Migration \"move\" was begun with another mapping or another schema of the source."
              + " Since then (- before, + now):\n  ";

      Path other = pair.spec(tables, "mappings: [{table: products, omit: [price]}]");
      assertThat(Cli.migrate(other).exits(2).message())
          .isEqualTo(
              begin
                  + "- S.products.price decimal(10,2) NOT NULL -> public.products.price"
                      .replace("S", source)
                  + " numeric(10,2) NOT NULL\n  "
                  + "+ S.products.price decimal(10,2) NOT NULL -> nothing".replace("S", source)
                  + go
                  + end);

      Db.run(
          pair.source(),
          "ALTER TABLE orders ADD note varchar(10)",
          "ALTER TABLE products MODIFY name varchar(200) NOT NULL");
      assertThat(Cli.migrate(spec).exits(2).message())
          .isEqualTo(
              begin
                  + ("- S.products.name varchar(100) NOT NULL -> public.products.name varchar(100)"
                          + " NOT NULL through TEXT\n  "
                          + "+ S.products.name varchar(200) NOT NULL -> public.products.name"
                          + " varchar(200) NOT NULL through TEXT\n  "
                          + "+ S.orders.note varchar(10) -> public.orders.note varchar(10) through"
                          + " TEXT")
                      .replace("S.", source + ".")
                  + go
                  + " (what is new can be left out: mappings: [{table: S.orders, omit: [note]}])"
                      .replace("S.", source + ".")
                  + end);

      Cli.migrate(spec, "--restart", "--yes").exits(0);
      assertThat(Db.rows(pair.target(), "SELECT * FROM orders ORDER BY id"))
          .containsExactly(
              "1\t2\t2024-01-01 10:00:00\t\\N",
              "5\t2\t2024-02-29 23:59:59\t\\N",
              "9000000000\t-7\t2024-03-31 02:30:00\t\\N");

      // A table made and loaded, then dropped by somebody: not to be called done.
      Db.run(pair.target(), "DROP TABLE orders");
      assertThat(Cli.migrate(spec).exits(2).message())
          .isEqualTo(
              "Migration \"move\" has loaded rows into tables that are gone from the target:"
                  + " public.orders. Put them back with their rows, or begin anew with --restart."
                  + " Nothing was touched.");
      Cli.migrate(spec, "--restart", "--yes").exits(0);
      assertThat(Db.number(pair.target(), "SELECT count(*) FROM orders")).isEqualTo(3);
    }
  }

  /** Tables with keys and foreign keys in force, in an order that the alphabet does not give. */
  private static void ownTables(Pair pair) throws Exception {
    Db.run(
        pair.target(),
        "CREATE TABLE products (code varchar(20) PRIMARY KEY, name text NOT NULL,"
            + " price numeric(10,2), extra text NOT NULL DEFAULT 'dflt')",
        "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id int, placed timestamp NOT NULL)",
        "CREATE TABLE order_lines (order_id bigint NOT NULL REFERENCES orders, line int,"
            + " product_code varchar(20) REFERENCES products DEFERRABLE INITIALLY DEFERRED,"
            + " quantity bigint CHECK (quantity >= 0), PRIMARY KEY (order_id, line))");
  }

  private static void requireNoLedger(Pair pair) throws Exception {
    assertThat(Db.rows(pair.target(), "SELECT to_regnamespace('landfall')")).containsExactly("\\N");
  }
}
