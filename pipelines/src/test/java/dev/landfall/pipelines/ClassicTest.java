package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.Move.Source;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.repair.RepairTask;
import dev.landfall.pipelines.verify.VerifyTask;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Users of several tenants become accounts, one for each address whatever tenant it is known to,
 * and a profile in each tenant; what refers to users refers to accounts.
 */
class ClassicTest {
  /** Tables that refer to users, with the column that does. */
  private static final List<String> REFERRING =
      List.of(
          "addresses.user_id",
          "orders.user_id",
          "payments.payer",
          "reviews.author",
          "sessions.user_id",
          "messages.sender",
          "messages.receiver",
          "memberships.user_id",
          "teams.owner",
          "audit.user_id",
          "settings.user_id");

  private static final String[] SHOP = {
    "CREATE TABLE tenants (id int PRIMARY KEY, name varchar(30) NOT NULL)",
    "CREATE TABLE users (id int unsigned PRIMARY KEY AUTO_INCREMENT, tenant_id int NOT NULL,"
        + " email varchar(80) NOT NULL, name varchar(60), state enum('A','I','X') NOT NULL,"
        + " updated_at datetime NOT NULL, UNIQUE KEY login (tenant_id, email),"
        + " CONSTRAINT of_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id))",
    "CREATE TABLE addresses (id int PRIMARY KEY, user_id int unsigned NOT NULL, town varchar(30),"
        + " CONSTRAINT a1 FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE)",
    "CREATE TABLE orders (id bigint PRIMARY KEY, user_id int unsigned NOT NULL, total decimal(9,2),"
        + " CONSTRAINT o1 FOREIGN KEY (user_id) REFERENCES users (id))",
    "CREATE TABLE order_items (order_id bigint, line int, sku varchar(20), PRIMARY KEY (order_id,"
        + " line), CONSTRAINT i1 FOREIGN KEY (order_id) REFERENCES orders (id))",
    "CREATE TABLE payments (id int PRIMARY KEY, order_id bigint NOT NULL, payer int unsigned,"
        + " CONSTRAINT p1 FOREIGN KEY (payer) REFERENCES users (id) ON DELETE SET NULL,"
        + " CONSTRAINT p2 FOREIGN KEY (order_id) REFERENCES orders (id))",
    "CREATE TABLE reviews (id int PRIMARY KEY, author int unsigned NOT NULL, stars tinyint,"
        + " CONSTRAINT r1 FOREIGN KEY (author) REFERENCES users (id))",
    "CREATE TABLE sessions (token varbinary(16) PRIMARY KEY, user_id int unsigned NOT NULL,"
        + " CONSTRAINT s1 FOREIGN KEY (user_id) REFERENCES users (id))",
    "CREATE TABLE messages (id int PRIMARY KEY, sender int unsigned NOT NULL, receiver int unsigned,"
        + " CONSTRAINT m1 FOREIGN KEY (sender) REFERENCES users (id),"
        + " CONSTRAINT m2 FOREIGN KEY (receiver) REFERENCES users (id))",
    "CREATE TABLE teams (id int PRIMARY KEY, owner int unsigned NOT NULL,"
        + " CONSTRAINT t1 FOREIGN KEY (owner) REFERENCES users (id))",
    "CREATE TABLE memberships (team_id int, user_id int unsigned, PRIMARY KEY (team_id, user_id),"
        + " CONSTRAINT g1 FOREIGN KEY (team_id) REFERENCES teams (id),"
        + " CONSTRAINT g2 FOREIGN KEY (user_id) REFERENCES users (id))",
    "CREATE TABLE audit (id int PRIMARY KEY, user_id int unsigned, what text,"
        + " CONSTRAINT u1 FOREIGN KEY (user_id) REFERENCES users (id))",
    "CREATE TABLE settings (user_id int unsigned PRIMARY KEY, theme varchar(10),"
        + " CONSTRAINT n1 FOREIGN KEY (user_id) REFERENCES users (id))",
    "INSERT INTO tenants VALUES (1, 'north'), (2, 'south'), (3, 'west')",
    "INSERT INTO users (id, tenant_id, email, name, state, updated_at) SELECT n, 1 + n % 3,"
        + " CONCAT(IF(n % 2, ' User', 'user'), n DIV 3, '@Example.COM'), CONCAT('N', n),"
        + " ELT(1 + n % 3, 'A', 'I', 'X'), '2024-01-01' + INTERVAL (n * 37 % 101) HOUR FROM (SELECT"
        + " a.x + 10 * b.x + 1 AS n FROM (SELECT 0 AS x UNION SELECT 1 UNION SELECT 2 UNION SELECT 3"
        + " UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)"
        + " a, (SELECT 0 AS x UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION"
        + " SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8) b) numbers",
    "INSERT INTO addresses SELECT id, id, CONCAT('town ', id) FROM users",
    "INSERT INTO orders SELECT id * 10, id, id / 4 FROM users",
    "INSERT INTO order_items SELECT id, 1, 'a' FROM orders",
    "INSERT INTO order_items SELECT id, 2, 'b' FROM orders",
    "INSERT INTO payments SELECT id, id * 10, IF(id % 5, id, NULL) FROM users",
    "INSERT INTO reviews SELECT id, id, id % 6 FROM users",
    "INSERT INTO sessions SELECT UNHEX(MD5(id)), id FROM users",
    "INSERT INTO messages SELECT id, id, IF(id > 1, id - 1, NULL) FROM users",
    "INSERT INTO teams SELECT id, id FROM users WHERE id <= 5",
    "INSERT INTO memberships SELECT 1 + id % 5, id FROM users WHERE id % 30 = 7",
    "INSERT INTO audit SELECT id, IF(id % 2, id, NULL), 'login' FROM users",
    "INSERT INTO settings SELECT id, 'dark' FROM users",
  };

  private static final String SPEC =
      """
      rules: {zeroDate: null}
      mappings:
        - table: users
          split:
            - to: accounts
              duplicates: {by: email, keep: {highest: updated_at}}
              columns:
                - id: {uuid: id}
                - email: {apply: [trim, lower]}
                - updated_at
            - to: profiles
              columns:
                - legacy_user_id: id
                - account_id: {uuid: id}
                - tenant_id
                - name
                - state: {apply: [{map: {A: active, I: inactive, X: deleted}}]}
        - {table: settings, duplicates: {keep: first}}
        - {table: memberships, duplicates: {keep: first}}
      """;

  @ParameterizedTest
  @EnumSource(Source.class)
  void usersBecomeAccountsAndProfiles(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      move.source(SHOP);

      assertThat(move.with(SPEC, Move::migrated).equal()).isTrue();

      // An account for each address: what the source would say, in its own words.
      assertThat(move.askSource("SELECT COUNT(DISTINCT LOWER(TRIM(email))) FROM users"))
          .isEqualTo(move.ask("SELECT count(*) FROM accounts"))
          .containsExactly("31");
      for (String referring : REFERRING) {
        String table = referring.substring(0, referring.indexOf('.'));
        String column = referring.substring(table.length() + 1);
        String key =
            switch (table) {
              case "sessions" -> "0";
              case "memberships" -> "team_id";
              // Of users that are one account the first one's count.
              case "settings" -> "0";
              default -> "t.id";
            };
        String theirs = " FROM " + table + " t LEFT JOIN accounts u ON u.id = t." + column;
        String ours = " FROM " + table + " t LEFT JOIN users u ON u.id = t." + column;
        String distinct = key.equals("0") || table.equals("memberships") ? "DISTINCT " : "";
        assertThat(move.ask("SELECT " + distinct + key + ", u.email" + theirs + " ORDER BY 1, 2"))
            .as(referring)
            .isEqualTo(
                move.askSource(
                    "SELECT "
                        + distinct
                        + key
                        + ", LOWER(TRIM(u.email)) COLLATE utf8mb4_bin"
                        + ours
                        + " ORDER BY 1, 2"));
      }
      assertThat(
              move.ask(
                  "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated"
                      + " AND confrelid = 'accounts'::regclass"))
          .containsExactly("11");

      move.target(
          "UPDATE accounts SET email = 'wrong@example.com' WHERE email = 'user7@example.com'");
      assertThat(
              move.with(SPEC, m -> m.perform(new VerifyTask(MovedDatabase.ONE_LOOK))).differences())
          .singleElement()
          .satisfies(d -> assertThat(d.columns()).containsExactly("email"));
      move.with(
          SPEC, m -> m.perform(new RepairTask(RepairRequest.builder().setExecute(true).build())));
      assertThat(move.with(SPEC, m -> m.perform(new VerifyTask(MovedDatabase.ONE_LOOK))).equal())
          .isTrue();
      assertThat(move.ask("SELECT count(*) FROM accounts WHERE email = 'user7@example.com'"))
          .containsExactly("1");
    }
  }
}
