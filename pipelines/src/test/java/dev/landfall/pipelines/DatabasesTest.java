package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.pipelines.Move.Source;
import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.api.TableResult;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.define.PreviewSchema;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.transforms.MigrationException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several source databases in one migration. */
class DatabasesTest {
  /** Two databases with tables of the same name, and a foreign key from one to the other. */
  private static final class Beds implements AutoCloseable {
    final Move move;
    final FreshDatabase crm;

    Beds(Source server) throws SQLException {
      move = new Move(server);
      crm = server.fresh();
      move.source(
          "CREATE TABLE orders (id int PRIMARY KEY, total int)",
          "CREATE TABLE `users` (id int PRIMARY KEY AUTO_INCREMENT, name varchar(20))",
          "CREATE TABLE log_old (id int)",
          in(
              "CREATE TABLE CRM.`users` (id int PRIMARY KEY, email varchar(30) CHARACTER SET latin1,"
                  + " UNIQUE KEY email (email))"),
          in(
              "CREATE TABLE CRM.notes (id int PRIMARY KEY, user_id int, shop_user int,"
                  + " CONSTRAINT of_user FOREIGN KEY (user_id) REFERENCES CRM.`users` (id),"
                  + " CONSTRAINT of_shop_user FOREIGN KEY (shop_user) REFERENCES SHOP.`users` (id))"),
          in("CREATE TABLE CRM.trash_old (id int)"),
          "INSERT INTO orders VALUES (1, 10), (2, 20)",
          "INSERT INTO `users` VALUES (7, 'ann')",
          in("INSERT INTO CRM.`users` VALUES (1, 'a@x'), (2, 'b@x')"),
          in("INSERT INTO CRM.notes VALUES (1, 2, 7), (2, 1, NULL)"));
    }

    String in(String sql) {
      return sql.replace("CRM", crm.name()).replace("SHOP", move.sourceName());
    }

    /** A spec without its target; {@code URL} is the server's with the shop's database. */
    <T> T with(String spec, java.util.function.Function<Migration, T> work) {
      UnaryOperator<String> names = this::in;
      return move.withSource(names.apply(spec.replace("URL", move.sourceUrl())), "", work);
    }

    @Override
    public void close() throws SQLException {
      crm.close();
      move.close();
    }
  }

  private static final String TWO =
      """
      source:
        url: "URL"
        databases: {SHOP: public, CRM: crm}
      tables: {exclude: ["*_old"]}
      """;

  @ParameterizedTest
  @EnumSource(Source.class)
  void eachGoesToItsSchema(Source server) throws SQLException {
    try (Beds beds = new Beds(server)) {
      String shop = beds.move.sourceName();
      String crm = beds.crm.name();

      VerificationReport report = beds.with(TWO, Move::migrated);

      assertThat(report.equal()).isTrue();
      assertThat(report.tables())
          .extracting(t -> t.table() + " " + t.target() + " " + t.targetRows())
          .containsExactlyInAnyOrder(
              crm + ".notes crm.notes 2",
              crm + ".users crm.users 2",
              shop + ".orders public.orders 2",
              shop + ".users public.users 1");
      assertThat(
              beds.move.ask(
                  "SELECT conrelid::regclass, conname, confrelid::regclass FROM pg_constraint"
                      + " WHERE contype = 'f' AND connamespace = 'crm'::regnamespace ORDER BY 2"))
          .containsExactly("crm.notes|of_shop_user|users", "crm.notes|of_user|crm.users");
      assertThat(beds.move.stateOf("INSERT INTO crm.users VALUES (9, 'A@X')")).isEqualTo("23505");
      // The differences of tables that have the same name can be told apart.
      beds.move.target(
          "UPDATE users SET name = 'x'", "UPDATE crm.users SET email = 'y' WHERE id = 2");
      assertThat(beds.with(TWO, m -> m.perform(new VerifyTask())).differences())
          .containsExactlyInAnyOrder(
              new Difference(
                  "public.users", Map.of("id", "7"), Difference.Kind.CHANGED, List.of("name")),
              new Difference(
                  "crm.users", Map.of("id", "2"), Difference.Kind.CHANGED, List.of("email")));
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void tablesAreNamedWithTheirDatabase(Source server) throws SQLException {
    try (Beds beds = new Beds(server)) {
      String spec =
          """
          source:
            url: "URL"
            databases: [SHOP, CRM]
          tables: {include: [CRM.*, users, SHOP.ord*], exclude: [CRM.trash_old]}
          mappings:
            - table: CRM.users
              to: people
            - table: users
              omit: [name]
            - table: notes
              columns: {about: user_id}
          """;

      assertThat(beds.with(spec, Move::migrated).equal()).isTrue();

      assertThat(
              beds.move.ask(
                  "SELECT table_schema, table_name, string_agg(column_name, ',' ORDER BY"
                      + " ordinal_position) FROM information_schema.columns WHERE table_schema NOT IN"
                      + " ('pg_catalog', 'information_schema', 'landfall') GROUP BY 1, 2"))
          .containsExactlyInAnyOrder(
              beds.in("CRM|notes|id,about,shop_user"),
              beds.in("CRM|people|id,email"),
              beds.in("SHOP|orders|id,total"),
              beds.in("SHOP|users|id"));
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void theUrlNeedNoDatabase(Source server) throws SQLException {
    try (Beds beds = new Beds(server)) {
      String url = beds.move.sourceUrl().replace("/" + beds.move.sourceName(), "/");
      String spec =
          TWO.replace("URL", url).replace("exclude: [\"*_old\"]", "include: [orders, notes]");

      VerificationReport report = beds.with(spec, Move::migrated);

      assertThat(report.tables())
          .extracting(TableResult::target)
          .containsExactlyInAnyOrder("crm.notes", "public.orders");
      assertThat(beds.with(spec, m -> m.perform(new PreviewSchema())).notes())
          .contains(
              beds.in("foreign key CRM.notes.of_user: left to you: CRM.users is not migrated"));
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void whatIsNotThereIsSaid(Source server) throws SQLException {
    try (Beds beds = new Beds(server)) {
      assertThatThrownBy(
              () ->
                  beds.with(
                      TWO.replace("CRM: crm", "CRMS: crm"), m -> m.perform(new PreviewSchema())))
          .isInstanceOf(MigrationException.class)
          .hasMessageStartingWith(beds.in("Database CRMS of source.databases is not on "))
          .hasMessageEndingWith(
              ", or has no tables that the user may see; nothing was touched. Correct its name,"
                  + " grant the user SELECT on it, or leave it out.");
      String unclear =
          """
          source: {url: "URL", databases: [SHOP, CRM]}
          tables: {include: ["*s"], exclude: [id_none, both]}
          """;
      beds.move.source(beds.in("CREATE TABLE CRM.both_x (id int)"), "CREATE TABLE both_x (id int)");
      String otherHome =
          unclear
              .replace(
                  "\"URL\"",
                  "\"" + beds.move.sourceUrl().replace("/" + beds.move.sourceName(), "/") + "\"")
              .replace("[SHOP, CRM]", "[mysql, SHOP, CRM]")
              .replace("both]", "both_x]");
      assertThatThrownBy(() -> beds.with(otherHome, m -> m.perform(new PreviewSchema())))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("several databases have a table \"both_x\": ")
          .hasMessageContaining(". Write which is meant.");
      String mistakes =
          """
          source:
            url: "URL"
            databases: {CRM: crm, SHOP: public}
          tables: {include: [usrs, CRM.usres]}
          mappings:
            - table: CRM.users
            - table: users
            - table: SHOP.users
              to: people
          """;
      assertThatThrownBy(() -> beds.with(mistakes, m -> m.perform(new PreviewSchema())))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining(
              beds.in(
                  "none of the databases CRM, SHOP has a table \"usrs\". Did you mean \"users\"?"))
          .hasMessageContaining(
              beds.in(
                  "none of the databases CRM, SHOP has a table \"CRM.usres\". Did you mean"
                      + " \"CRM.users\"?"))
          .hasMessageContaining("the table is mapped twice; the first is in line 9.");
    }
  }
}
