package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.Sources.catalog;
import static dev.landfall.pipelines.spec.Sources.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MappingResolverTest {
  private static final String URLS =
      """
      source: mysql://db/shop
      target: {url: postgres://pg/shop, schema: crm}
      """;

  private static final SourceCatalog SHOP =
      catalog(
          table(
              "users",
              List.of("id"),
              "id int NOT NULL auto_increment",
              "email varchar(120) NOT NULL",
              "nick varchar(20)",
              "loud varchar(20) generated",
              "born datetime NOT NULL"),
          table("orders", List.of("user_id", "no"), "no int NOT NULL", "user_id int NOT NULL"),
          table("log", List.of(), "line varchar(9)", "at datetime"));

  @TempDir Path directory;

  private Mapping resolve(String mappings, SourceCatalog catalog) throws IOException {
    Path file = Files.writeString(directory.resolve("shop.yaml"), URLS + mappings);
    Spec spec = SpecReader.read(file, Environment.of(Map.of()));
    return MappingResolver.resolve(spec, catalog, Sources.TYPES);
  }

  private TableMapping users(String mapping) throws IOException {
    return resolve("mappings:\n  - {table: users, " + mapping + "}\n", SHOP).tables().get(2);
  }

  /** {@code name type [NOT NULL] <- source column or constant [else default]}. */
  private static List<String> columns(TableMapping table, TargetTable target) {
    return target.columns().stream()
        .map(
            c ->
                c.name()
                    + " "
                    + c.type()
                    + (c.nullable() ? "" : " NOT NULL")
                    + " <- "
                    + (c.source() instanceof ValueSource.Constant constant
                        ? "'" + constant.text() + "'"
                        : table.sourceOf(c).orElseThrow().name())
                    + (c.nullDefault() == null ? "" : " else '" + c.nullDefault() + "'"))
        .toList();
  }

  private static List<String> columns(TableMapping table) {
    assertThat(table.targets()).hasSize(1);
    return columns(table, table.targets().get(0));
  }

  private static List<String> read(TableMapping table) {
    return table.read().stream().map(SourceColumn::name).toList();
  }

  @Test
  void aTableThatIsNotMentionedMovesAsItIs() throws IOException {
    Mapping mapping = resolve("", SHOP);

    assertThat(mapping.tables().stream().map(t -> t.targets().get(0).name().toString()))
        .containsExactly("crm.log", "crm.orders", "crm.users");
    TableMapping users = mapping.table(2);
    assertThat(read(users)).containsExactly("id", "email", "nick", "loud", "born");
    TargetTable target = users.targets().get(0);
    assertThat(target.columns().stream().flatMap(c -> c.source().positions().stream()))
        .containsExactly(0, 1, 2, 3, 4);
    assertThat(columns(users))
        .containsExactly(
            "id integer NOT NULL <- id",
            "email varchar(120) NOT NULL <- email",
            "nick varchar(20) <- nick",
            "loud varchar(20) <- loud",
            "born timestamp NOT NULL <- born");
    assertThat(target.key()).containsExactly("id");
    assertThat(target.existing()).isFalse();
    assertThat(mapping.table(1).targets().get(0).key()).containsExactly("user_id", "no");
    assertThat(read(mapping.table(1))).containsExactly("no", "user_id");
    assertThat(mapping.table(0).targets().get(0).key()).isEmpty();
  }

  @Test
  void aMapChangesOnlyWhatItMentions() throws IOException {
    TableMapping users =
        users(
            """
            to: people, omit: [born], columns: {
              legacy_id: id, shout: loud, source: {constant: shop}, none: {constant: null},
              alias: {from: NICK, ifNull: "-", type: "varchar(40)"}, mail: email, e_mail: email}""");

    assertThat(users.targets().get(0).name()).hasToString("crm.people");
    assertThat(users.targets().get(0).key()).containsExactly("legacy_id");
    assertThat(read(users)).containsExactly("id", "email", "nick", "loud");
    assertThat(columns(users))
        .containsExactly(
            "legacy_id integer NOT NULL <- id",
            "mail varchar(120) NOT NULL <- email",
            "e_mail varchar(120) NOT NULL <- email",
            "alias varchar(40) NOT NULL <- nick else '-'",
            "shout varchar(20) <- loud",
            "source text NOT NULL <- 'shop'",
            "none text <- 'null'");
  }

  @Test
  void aListIsComplete() throws IOException {
    TableMapping users =
        users("columns: [email, key: id, {when: {from: born, nullable: true, type: timestamptz}}]");

    assertThat(users.targets().get(0).name()).hasToString("crm.users");
    assertThat(read(users)).containsExactly("id", "email", "born");
    assertThat(columns(users))
        .containsExactly(
            "email varchar(120) NOT NULL <- email",
            "key integer NOT NULL <- id",
            "when timestamptz <- born");
    assertThat(users.targets().get(0).key()).containsExactly("key");
  }

  @Test
  void aSplitGivesEachTargetItsColumnsAndKey() throws IOException {
    TableMapping users =
        users(
            """
            split: [
              {to: accounts, columns: [id, email]},
              {to: profiles, columns: {legacy_user_id: id, nick: {ifNull: x}, v: {constant: 2}}}]""");

    assertThat(users.targets().stream().map(t -> t.name() + " " + t.key()))
        .containsExactly("crm.accounts [id]", "crm.profiles [legacy_user_id]");
    assertThat(read(users)).containsExactly("id", "email", "nick");
    assertThat(columns(users, users.targets().get(0)))
        .containsExactly("id integer NOT NULL <- id", "email varchar(120) NOT NULL <- email");
    assertThat(columns(users, users.targets().get(1)))
        .containsExactly(
            "legacy_user_id integer NOT NULL <- id",
            "nick varchar(20) NOT NULL <- nick else 'x'",
            "v bigint NOT NULL <- '2'");
  }

  @Test
  void aGeneratedKeyIsReadAndWritten() throws IOException {
    Mapping mapping =
        resolve("", catalog(table("g", List.of("k"), "a int", "k int NOT NULL generated")));

    assertThat(columns(mapping.table(0)))
        .containsExactly("a integer <- a", "k integer NOT NULL <- k");
    assertThat(mapping.table(0).targets().get(0).key()).containsExactly("k");
  }

  @Test
  void namesThatPostgresWouldCutAreShortenedWithAHash() throws IOException {
    String first = "ä".repeat(40) + "1";
    String second = "ä".repeat(40) + "2";
    Mapping mapping =
        resolve("", catalog(table("t", List.of(), first + " int", second + " int", "b int")));

    assertThat(columns(mapping.table(0)))
        .hasSize(3)
        .doesNotHaveDuplicates()
        .anySatisfy(c -> assertThat(c).matches("ä{27}_[0-9a-f]{8} integer <- ä{40}1"))
        .contains("b integer <- b");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        wrong(
            "tables: {include: [user, 'x*'], exclude: [nothing]}\n",
            "3:20  tables.include[0]: database shop has no table \"user\". Did you mean"
                + " \"users\"?"),
        wrong(
            "tables: {include: ['x*']}\n",
            "3:20  tables.include[0]: nothing to move: tables.include and tables.exclude leave none"
                + " of the 3 tables."),
        wrong(
            """
            tables: {exclude: [log]}
            mappings:
              - {table: log, to: logs}
              - {table: Users}
              - table: users
                columns: {mail: e-mail, nick: {type: int}, born: {type: tomestamp}}
                omit: [lout]
            """,
            "5:13  mappings[0].table: table log has a mapping, but tables.include and"
                + " tables.exclude leave it out. Remove the mapping or select the table.",
            "6:13  mappings[1].table: database shop has no table \"Users\". Did you mean"
                + " \"users\"?",
            "8:21  mappings[2].columns.mail: table shop.users has no column \"e-mail\". Did you mean"
                + " \"email\"?",
            "8:42  mappings[2].columns.nick.type: values of shop.users.nick (varchar(20)) can't"
                + " become integer without loss: text is no number. Choose another type, or leave the type out.",
            "8:61  mappings[2].columns.born.type: \"tomestamp\" is no type.",
            "9:12  mappings[2].omit[0]: table shop.users has no column \"lout\". Did you mean"
                + " \"loud\"?"),
        wrong(
            """
            mappings:
              - table: users
                split:
                  - {to: accounts, columns: [id, email]}
                  - {to: profiles, columns: [email, nick]}
              - {table: orders, omit: [no]}
            """,
            "7:14  mappings[0].split[1].to: target table profiles lacks the key of shop.users: no"
                + " column is made from \"id\". Without it a row can't be found again; list it,"
                + " under its own name or another, or say with `key` which columns tell the rows apart.",
            "8:13  mappings[1].table: target table orders lacks the key of shop.orders: no column is"
                + " made from \"no\". Without it a row can't be found again; do not omit it, or say with `key` which columns tell the rows apart."),
        wrong(
            "mappings: [{table: users, to: log}]\n",
            "3:31  mappings[0].to: target table crm.log is written by both shop.log and shop.users."
                + " Rename one with `to`, or exclude one; if it is to have the rows of both, say `merge: true` in both mappings."),
        wrong(
            """
            mappings:
              - table: users
                columns:
                  id: {nullable: true}
                  email: {ifNull: x}
                  born: {ifNull: "2024-01-01 1"}
                  nick: {constant: x}
                  a: {constant: null, nullable: false}
                  b: {constant: 70000000000, type: int}
                  c: {constant: abc, type: varchar(2)}
                  d: {constant: 1.25, type: "numeric(4,1)"}
            """,
            "6:7  mappings[0].columns.id: column id belongs to the key of shop.users and can't be"
                + " nullable.",
            "7:23  mappings[0].columns.email.ifNull: column shop.users.email is NOT NULL, so ifNull"
                + " never applies. Remove it.",
            "8:22  mappings[0].columns.born.ifNull: \"2024-01-01 1\" is no value of timestamp, or"
                + " would be rounded.",
            "9:7  mappings[0].columns.nick: the source has a column \"nick\" of its own, which is"
                + " carried over under that name. Omit it, or rename one of the two.",
            "10:21  mappings[0].columns.a.constant: the constant is NULL and the column is not"
                + " nullable.",
            "11:21  mappings[0].columns.b.constant: \"70000000000\" is no value of integer, or would be"
                + " rounded.",
            "12:21  mappings[0].columns.c.constant: the value has 3 characters, varchar(2) takes 2.",
            "13:21  mappings[0].columns.d.constant: \"1.25\" is no value of numeric(4,1), or would be"
                + " rounded."),
        wrong(
            "mappings: [{table: users, omit: [email], columns: {mail: email}}]\n",
            "3:58  mappings[0].columns.mail: the column is read here and omitted as well."));
  }

  private static Arguments wrong(String yaml, String... lines) {
    return Arguments.of(yaml, List.of(lines));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void allMistakesAreListedWithTheirPlace(String yaml, List<String> lines) {
    MigrationException thrown =
        catchThrowableOfType(MigrationException.class, () -> resolve(yaml, SHOP));

    Path file = directory.resolve("shop.yaml");
    assertThat(thrown.kind()).isEqualTo(MigrationException.Kind.USAGE);
    assertThat(String.valueOf(thrown.getMessage()).lines().skip(1))
        .containsExactlyElementsOf(lines.stream().map(l -> file + ":" + l).toList());
  }

  @Test
  void tablesThatNoRuleNamesAreToldTheirMistakesToo() {
    MigrationException thrown =
        catchThrowableOfType(
            MigrationException.class,
            () -> resolve("", catalog(table("t", List.of(), "g geometry"))));
    assertThat(thrown)
        .hasMessage("1 mistake, nothing was touched:\nshop.t.g  geometry is not known.");

    thrown = catchThrowableOfType(MigrationException.class, () -> resolve("", catalog()));
    assertThat(thrown)
        .hasMessage(
            "1 mistake, nothing was touched:\nsource  nothing to move: database db:3306/shop has no"
                + " tables that the user may see.");
  }
}
