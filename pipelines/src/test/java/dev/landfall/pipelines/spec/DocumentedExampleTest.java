package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.Sources.catalog;
import static dev.landfall.pipelines.spec.Sources.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.model.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/spec.md shows is a right spec and does what it says. */
class DocumentedExampleTest {
  @TempDir Path directory;

  @Test
  void theFullExampleResolves() throws IOException {
    String doc = Files.readString(Path.of("..", "docs", "spec.md"));
    int start = doc.indexOf("```yaml\n") + "```yaml\n".length();
    String yaml = doc.substring(start, doc.indexOf("```", start));
    Path secret = Files.writeString(directory.resolve("pg"), "x\n");
    Path file =
        Files.writeString(
            directory.resolve("shop.yaml"), yaml.replace("/run/secrets/pg", secret.toString()));

    Spec spec = SpecReader.read(file, Environment.of(Map.of("SHOP_PW", "x")));

    assertThat(spec.load()).isEqualTo(LoadSettings.DEFAULTS);
    Mapping mapping =
        MappingResolver.resolve(
            spec,
            catalog(
                table("users", List.of("id"), "id int NOT NULL", "email varchar(9)", "nick text"),
                table(
                    "orders",
                    List.of("id"),
                    "id int NOT NULL",
                    "amount bigint NOT NULL",
                    "country varchar(2)",
                    "note varchar(200)",
                    "paid_at datetime NOT NULL",
                    "internal_flag int"),
                table("orders_old", List.of(), "id int"),
                table(
                    "order_items",
                    List.of("order_id", "line"),
                    "order_id int NOT NULL",
                    "line int NOT NULL",
                    "product_code varchar(9) NOT NULL",
                    "qty int NOT NULL",
                    "price int")),
            Sources.TYPES);

    assertThat(MappingText.describe(mapping))
        .filteredOn(line -> !line.matches("[^ ]+ key .*") && !line.contains("PRIMARY"))
        .containsExactly(
            "shop.order_items.order_id int NOT NULL -> public.order_items.order_id integer NOT NULL",
            "shop.order_items.line int NOT NULL -> public.order_items.line integer NOT NULL",
            "shop.order_items.product_code varchar(9) NOT NULL -> public.order_items.product"
                + " varchar(9) NOT NULL",
            "shop.order_items.qty int NOT NULL -> public.order_items.quantity bigint NOT NULL",
            "shop.order_items.price int -> nothing",
            "shop.orders.id int NOT NULL -> public.purchases.id integer NOT NULL",
            "shop.orders.amount bigint NOT NULL -> public.purchases.total_cents bigint NOT NULL",
            "shop.orders.country varchar(2) -> public.purchases.country char(2) NOT NULL, NULL"
                + " becomes '--'",
            "shop.orders.note varchar(200) -> public.purchases.note text",
            "shop.orders.paid_at datetime NOT NULL -> public.purchases.paid_at timestamp through"
                + " DATE, rules {zeroDate: null}",
            "shop.orders constant 'shop' -> public.purchases.origin text NOT NULL",
            "shop.orders constant NULL -> public.purchases.reviewed boolean",
            "shop.orders.internal_flag int -> nothing",
            "shop.orders foreign key fk_user (user_id) -> shop.users (id) on update NO ACTION on"
                + " delete CASCADE",
            "shop.users.id int NOT NULL -> public.accounts.id integer NOT NULL",
            "shop.users.email varchar(9) -> public.accounts.email varchar(9)",
            "shop.users.id int NOT NULL -> public.profiles.legacy_user_id integer NOT NULL",
            "shop.users.nick text -> public.profiles.nick text NOT NULL, NULL becomes ''");
  }
}
