package dev.landfall.runners;

import dev.landfall.embedded.FreshDatabase;
import java.sql.SQLException;

/** A small shop with values that other tools lose. */
final class Shop {
  private Shop() {}

  /** Makes it in a MySQL or MariaDB database. */
  static void create(FreshDatabase source) throws SQLException {
    Db.run(
        source,
        // As MySQL's defaults were when old databases were filled.
        "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'",
        """
        CREATE TABLE customers (
          id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
          email varchar(100) NOT NULL COMMENT 'as typed; may be ''odd''',
          nick varchar(40),
          kind enum('plain','vip','x,y','it''s') NOT NULL DEFAULT 'plain',
          flags set('a','b','c'),
          born year,
          active tinyint(1) NOT NULL DEFAULT 1,
          level tinyint(1),
          bits bit(10),
          photo varbinary(300),
          settings json,
          note text,
          balance decimal(20,4),
          worked time(3),
          seen datetime(6),
          created timestamp NULL,
          birthday date,
          score float,
          ratio double,
          big bigint unsigned,
          UNIQUE KEY email (email),
          KEY nick (nick)
        ) COMMENT 'who buys' AUTO_INCREMENT = 1000
        """,
        """
        CREATE TABLE products (
          code varchar(20) NOT NULL PRIMARY KEY,
          name varchar(100) NOT NULL,
          price decimal(10,2) NOT NULL DEFAULT 0.00
        )
        """,
        """
        CREATE TABLE orders (
          id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
          customer_id int NOT NULL,
          placed datetime NOT NULL,
          CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
            ON DELETE CASCADE
        )
        """,
        """
        CREATE TABLE order_lines (
          order_id bigint NOT NULL,
          line smallint NOT NULL,
          product_code varchar(20) NOT NULL,
          quantity int unsigned NOT NULL,
          PRIMARY KEY (order_id, line),
          KEY product_code (product_code),
          CONSTRAINT lines_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
          CONSTRAINT lines_product FOREIGN KEY (product_code) REFERENCES products (code)
        )
        """,
        "CREATE TABLE events (at datetime NOT NULL, what varchar(50))",
        "CREATE TABLE nothing (id int PRIMARY KEY)",
        """
        INSERT INTO customers VALUES
        (-7, '', '', 'it''s', '', 1901, 0, -1, 0, '', '{}', '', -0.0001,
          '-838:59:59', '1000-01-01 00:00:00', '1970-01-01 00:00:01', '1000-01-01',
          -1.5, -2.5e-300, 0),
        (1, 'a@b', NULL, 'plain', NULL, NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL,
          NULL, NULL, NULL, NULL, NULL, NULL, NULL),
        (2, '\u4e2d\u6587@x', '\ud83d\ude00 caf\u00e9', 'vip', 'a,c', 2155, 1, 2, b'1000000001',
          UNHEX('%s'),
          '{"k": [1, null, "\u00e9"]}', 'tab\\there\\nnewline\\\\backslash\\rreturn \\\\N',
          1234567890123456.7891, '838:59:59', '9999-12-31 23:59:59.999999',
          '2038-01-19 03:14:07', '9999-12-31', 16777216, 1.7976931348623157e308,
          18446744073709551615),
        (3, 'zero', 'x', 'x,y', 'a,b,c', 0, 0, 5, b'1111111111', 'a', '[]', 'NULL', 0,
          '00:00:00.001', '0000-00-00 00:00:00', '2020-02-29 12:00:00', '0000-00-00', 0.1, 0.1, 1)
        """
            .formatted(allBytes()),
        "INSERT INTO products VALUES ('A-1', 'Anchor', 12.50), ('a 2', 'Rope \"thin\"', 0.10),"
            + " ('\u00df', 'Sail', 99999999.99)",
        "INSERT INTO orders VALUES (1, 2, '2024-01-01 10:00:00'), (5, 2, '2024-02-29 23:59:59'),"
            + " (9000000000, -7, '2024-03-31 02:30:00')",
        "INSERT INTO order_lines VALUES (1, 1, 'A-1', 1), (1, 2, 'a 2', 4294967295),"
            + " (5, -1, '\u00df', 0), (9000000000, 32767, 'A-1', 7)",
        "INSERT INTO events VALUES ('2024-01-01 00:00:00', 'same'), ('2024-01-01 00:00:00', 'same'),"
            + " ('2024-01-02 00:00:00', NULL)");
  }

  private static String allBytes() {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < 256; i++) {
      hex.append(String.format(java.util.Locale.ROOT, "%02x", i));
    }
    return hex.toString();
  }
}
