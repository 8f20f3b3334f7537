package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.Move.Source;
import java.sql.SQLException;
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
}
