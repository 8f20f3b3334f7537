package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.Sources.catalog;
import static dev.landfall.pipelines.spec.Sources.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingTextTest {
  private static final String SPLIT =
      """
      mappings:
        - table: users
          split:
            - {to: accounts, columns: [id, email, {origin: {constant: "it's\\nnew"}}]}
            - {to: profiles, columns: [user_id: id, born: {ifNull: 2000-01-01}]}
      """;

  @TempDir Path directory;

  private static SourceTable users(long rows, String email) {
    return table(
        "users",
        List.of("id"),
        rows,
        "id int NOT NULL auto_increment",
        "email " + email,
        "born datetime",
        "nick varchar(9)");
  }

  private static SourceTable orders() {
    return table("orders", List.of("code"), "code varchar(9) NOT NULL", "user_id int NOT NULL");
  }

  private List<String> describe(String mappings, SourceCatalog catalog) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("shop.yaml"),
            "source: mysql://u:hunter2@db/shop\ntarget: postgres://u:hunter2@pg/shop\n" + mappings);
    Spec spec = SpecReader.read(file, Environment.of(Map.of()));
    return MappingText.describe(MappingResolver.resolve(spec, catalog, Sources.TYPES));
  }

  @Test
  void describesColumnsKeysIndexesAndForeignKeys() throws IOException {
    assertThat(describe(SPLIT, catalog(users(5, "varchar(120) NOT NULL"), orders())))
        .containsExactly(
            "shop.orders.code varchar(9) NOT NULL -> public.orders.code varchar(9) NOT NULL",
            "shop.orders.user_id int NOT NULL -> public.orders.user_id integer NOT NULL",
            "shop.orders key -> public.orders key (code)",
            "shop.orders key (code collate utf8mb4_bin)",
            "shop.orders unique index PRIMARY BTREE (code)",
            "shop.orders foreign key fk_user (user_id) -> shop.users (id) on update NO ACTION on"
                + " delete CASCADE",
            "shop.users.id int NOT NULL auto_increment -> public.accounts.id integer NOT NULL",
            "shop.users.email varchar(120) NOT NULL -> public.accounts.email varchar(120) NOT NULL",
            "shop.users constant 'it''s\\nnew' -> public.accounts.origin text NOT NULL",
            "shop.users key -> public.accounts key (id)",
            "shop.users.id int NOT NULL auto_increment -> public.profiles.user_id integer NOT NULL",
            "shop.users.born datetime -> public.profiles.born timestamp NOT NULL through DATE, NULL"
                + " becomes '2000-01-01 00:00:00'",
            "shop.users key -> public.profiles key (user_id)",
            "shop.users.nick varchar(9) -> nothing",
            "shop.users key (id)",
            "shop.users unique index PRIMARY BTREE (id)");
  }

  @Test
  void moreRowsAreNoDifference() throws IOException {
    List<String> before = describe(SPLIT, catalog(users(5, "int"), orders()));
    List<String> now = describe(SPLIT, catalog(users(6, "int"), orders()));

    assertThat(now).isEqualTo(before);
    assertThat(MappingText.difference(before, now)).isEmpty();
  }

  @Test
  void showsWhatChanged() throws IOException {
    List<String> before = describe("", catalog(users(5, "varchar(120) NOT NULL")));
    List<String> now =
        describe(
            "mappings: [{table: users, omit: [nick], columns: {x: {constant: 1}}}]\n",
            catalog(users(5, "varchar(130) NOT NULL")));

    assertThat(MappingText.difference(before, now))
        .containsExactly(
            "- shop.users.email varchar(120) NOT NULL -> public.users.email varchar(120) NOT NULL",
            "+ shop.users.email varchar(130) NOT NULL -> public.users.email varchar(130) NOT NULL",
            "- shop.users.nick varchar(9) -> public.users.nick varchar(9)",
            "+ shop.users.nick varchar(9) -> nothing",
            "+ shop.users constant '1' -> public.users.x bigint NOT NULL");
  }
}
