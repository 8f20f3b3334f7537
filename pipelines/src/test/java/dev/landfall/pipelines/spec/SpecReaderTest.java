package dev.landfall.pipelines.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.ConnectionSettings.Product;
import dev.landfall.transforms.jdbc.Secret;
import dev.landfall.transforms.load.RejectLimit;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecReaderTest {
  private static final Environment ENVIRONMENT =
      Environment.of(Map.of("SHOP_PW", "hunter2", "SCHEMA", "crm"));

  @TempDir Path directory;

  private Spec read(String yaml) throws IOException {
    return SpecReader.read(write(yaml), ENVIRONMENT);
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(directory.resolve("shop.yaml"), yaml);
  }

  @Test
  void twoUrlsAreEnough() {
    Spec spec = SpecReader.ofUrls("mysql://db/shop", "postgresql://pg/x", ENVIRONMENT);

    assertThat(spec.name()).isEqualTo("shop");
    assertThat(spec.target().schema()).isEqualTo("public");
    assertThat(spec.tables()).isEqualTo(TableSelection.ALL);
    assertThat(spec.mappings()).isEmpty();
    assertThat(spec.load())
        .isEqualTo(
            new LoadSettings(
                25_000,
                16_777_216,
                0,
                new RejectLimit(null, new BigDecimal("0.1")),
                Duration.ofMinutes(1),
                false));
  }

  @Test
  void keysWinOverTheUrl() throws IOException {
    Spec spec =
        read(
            """
            source: {url: "mysql://root:old@db/shop", user: me, password: 'a${SHOP_PW}$${b}$c'}
            target: {url: "postgresql://me:pw@pg/shop", schema: '${SCHEMA}'}
            """);

    assertThat(spec.source().connection())
        .isEqualTo(
            new ConnectionSettings(
                Product.MYSQL, "db", 3306, "shop", "me", Secret.of("ahunter2${b}$c"), Map.of()));
    assertThat(spec.target())
        .isEqualTo(
            new TargetSpec(
                new ConnectionSettings(
                    Product.POSTGRESQL, "pg", 5432, "shop", "me", Secret.of("pw"), Map.of()),
                "crm"));
  }

  @Test
  void variablesNeedNoQuotes() throws IOException {
    Spec spec =
        read(
            """
            source:
              url: mysql://db/shop
              password: ${SHOP_PW}
            target: postgres://pg/shop
            """);

    assertThat(spec.source().connection().password()).isEqualTo(Secret.of("hunter2"));
  }

  @Test
  void secretsComeFromFilesBesideTheSpec() throws IOException {
    Files.writeString(directory.resolve("pw"), "hunter 2\n\n");
    Spec spec =
        read(
            """
            source: {url: mysql://db/shop, password: file:pw}
            target: {url: postgres://pg/shop, password: "file:%s"}
            """
                .formatted(directory.resolve("pw")));

    assertThat(spec.source().connection().password()).isEqualTo(Secret.of("hunter 2\n"));
    assertThat(spec.target().connection().password()).isEqualTo(Secret.of("hunter 2\n"));
  }

  @Test
  void urlsOfTheCommandLineReplaceTheFiles() throws IOException {
    Path file =
        write(
            """
            source: {url: "nonsense", user: me, password: "${UNSET}"}
            target: {url: postgres://pg/shop, user: me, password: x, schema: crm}
            """);

    Spec spec = SpecReader.read(file, "mysql://db/new", "postgres://pg2/new", ENVIRONMENT);

    assertThat(spec.name()).isEqualTo("new");
    assertThat(spec.source().connection().display()).isEqualTo("db:3306/new");
    assertThat(spec.target())
        .isEqualTo(
            new TargetSpec(
                new ConnectionSettings(
                    Product.POSTGRESQL, "pg2", 5432, "new", null, null, Map.of()),
                "crm"));
  }

  @Test
  void nothingPrintsASecret() throws IOException {
    Spec spec =
        read(
            """
            source: {url: "mysql://root@db/shop?password=${SHOP_PW}&password2=hunter2"}
            target: postgres://me:hunter2@pg/shop
            """);

    assertThat(spec.source().connection().password()).isEqualTo(Secret.of("hunter2"));
    assertThat(List.of(spec, spec.source(), spec.target(), spec.source().connection()).toString())
        .doesNotContain("hunter2")
        .contains("root@db:3306/shop");
  }

  @Test
  void readsLoadAndTables() throws IOException {
    Spec spec =
        read(
            """
            name: move
            source: mysql://db/shop
            target: postgres://pg/shop
            tables: {include: ["orders*", "u?ers"], exclude: ["*_old"]}
            load: {chunkRows: 5, chunkBytes: 4 MB, parallelism: 3, rejects: 500, outage: 5m, append: true}
            """);

    assertThat(spec.name()).isEqualTo("move");
    assertThat(spec.load())
        .isEqualTo(
            new LoadSettings(
                5, 4_000_000, 3, RejectLimit.ofRows(500), Duration.ofMinutes(5), true));
    List<SourceTable> tables =
        Stream.of("orders", "orders_x", "orders_old", "users", "usrs", "Users", "u.ers")
            .map(name -> Sources.table(name, List.of(), "id int"))
            .toList();
    SelectedTables selected = new SelectedTables(spec, tables);
    assertThat(tables)
        .extracting(table -> table.name())
        .filteredOn(selected::moves)
        .extracting(TableName::table)
        .containsExactly("orders", "orders_x", "users", "u.ers");
  }

  @Test
  void anchorsAliasesAndMergeKeysWork() throws IOException {
    Spec spec =
        read(
            """
            source: mysql://db/shop
            target:
              <<: {url: "postgresql://pg/x", schema: one}
              schema: two
            """);
    assertThat(spec.target().schema()).isEqualTo("two");
    assertThat(spec.target().connection().host()).isEqualTo("pg");
  }

  @Test
  void rejectsAreCountedAgainstAllRows() {
    RejectLimit share = RejectLimit.ofPercent(new BigDecimal("0.10"));
    assertThat(share.exceeded(20, 20_000)).isFalse();
    assertThat(share.exceeded(20, 19_999)).isTrue();
    assertThat(share.exceeded(10, 10)).isFalse();
    assertThat(share.exceeded(11, 10)).isTrue();
    assertThat(RejectLimit.ofPercent(BigDecimal.ZERO).exceeded(1, 1_000_000)).isTrue();
    assertThat(share).hasToString("0.1%");
    RejectLimit rows = RejectLimit.ofRows(5);
    assertThat(rows.exceeded(5, 5)).isFalse();
    assertThat(rows.exceeded(6, 1_000_000)).isTrue();
    assertThat(rows).hasToString("5");
  }
}
