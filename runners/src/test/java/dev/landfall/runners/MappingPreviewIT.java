package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.mapping.Preview;
import dev.landfall.pipelines.mapping.PreviewMapping;
import dev.landfall.runners.cli.CommonOptions;
import dev.landfall.runners.command.SpecMigrationFactory;
import dev.landfall.runners.display.PreviewText;
import dev.landfall.runners.display.Terminal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows before and after, on a terminal and for programs. */
class MappingPreviewIT {
  private static String shown(Pair pair, String text) {
    return text.replace(pair.source().name(), "SRC")
        .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID5");
  }

  @Test
  void showsRowsBeforeAndAfter() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), MappingSheetIT.SHOP);
      Db.run(
          pair.source(),
          "SET SESSION sql_mode = ''",
          "INSERT INTO users (id, email, state, born) VALUES (4, 'd@e', 'A', '0000-00-00')");
      String spec = pair.spec(MappingSheetIT.SPEC).toString();

      String out = Cli.run("mapping", "preview", "accounts", "-c", spec).exits(0).out();

      assertThat(shown(pair, out))
          .isEqualTo(
              """
              SRC.users  id = 1
                -> public.accounts
                  id         1 -> UUID5  (UUID of users:id)
                  legacy_id  1  (renamed)
                  email      '  Ann@Example.COM ' -> ann@example.com  (email, trim, lower)
                  state      A -> active  (state, {map: {A: active, I: inactive}, else: refuse})
                  name       Ann + Lee -> Ann Lee  (first + " " + last; NULL becomes '?')
                  boss       NULL  (UUID of users:boss)
                  born       2000-01-02  (NULL becomes '1900-01-01')
                  origin     -> shop  ('shop' in every row)

              SRC.users  id = 2
                -> public.accounts
                  id         2 -> UUID5  (UUID of users:id)
                  legacy_id  2  (renamed)
                  email      bob@example.com  (email, trim, lower)
                  state      I -> inactive  (state, {map: {A: active, I: inactive}, else: refuse})
                  name       NULL + Ray -> Ray  (first + " " + last; NULL becomes '?')
                  boss       1 -> UUID5  (UUID of users:boss)
                  born       NULL -> 1900-01-01  (NULL becomes '1900-01-01')
                  origin     -> shop  ('shop' in every row)

              SRC.users  id = 3
                rejected: column state: "X" is none of the map's values: A, I; from state = "X"

              SRC.users  id = 4
                -> public.accounts
                  id         4 -> UUID5  (UUID of users:id)
                  legacy_id  4  (renamed)
                  email      d@e  (email, trim, lower)
                  state      A -> active  (state, {map: {A: active, I: inactive}, else: refuse})
                  name       NULL + NULL -> ?  (first + " " + last; NULL becomes '?')
                  boss       NULL  (UUID of users:boss)
                  born       0000-00-00 -> 1900-01-01  (NULL becomes '1900-01-01'; born: zero date → 1900-01-01)
                  origin     -> shop  ('shop' in every row)

              4 rows of SRC.users: 3 move, 0 filtered, 1 rejected
              """);
      // Nothing was made.
      assertThat(
              Db.number(
                  pair.target(), "SELECT count(*) FROM pg_namespace WHERE nspname = 'landfall'"))
          .isZero();
      assertThat(
              Db.number(pair.target(), "SELECT count(*) FROM pg_class WHERE relname = 'accounts'"))
          .isZero();

      String json =
          Cli.run("mapping", "preview", "users", "--rows", "1", "--json", "-c", spec)
              .exits(0)
              .out();
      assertThat(shown(pair, json))
          .startsWith(
              "{\"migration\":\"move\",\"tables\":[{\"source\":\"SRC.users\",\"rows\":[{\"key\":{\"id\":"
                  + "\"1\"},\"fate\":\"moves\",\"reason\":null,\"targets\":[{\"target\":"
                  + "\"public.accounts\",\"columns\":[{\"column\":\"id\",\"before\":{\"id\":\"1\"},"
                  + "\"after\":\"UUID5\",\"changed\":true,\"rule\":\"UUID of users:id\",\"odd\":[]},")
          .contains(
              "{\"column\":\"name\",\"before\":{\"first\":\"Ann\",\"last\":\"Lee\"},\"after\":\"Ann Lee\","
                  + "\"changed\":true,");
    }
  }

  @Test
  void choosesRows() throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(2_000);
      String spec = pair.spec("").toString();

      assertThat(keys(spec, "--rows", "3")).containsExactly("1", "2", "3");
      List<String> spread = keys(spec, "--rows", "5", "--seed", "7");
      assertThat(spread).hasSize(5).isEqualTo(keys(spec, "--rows", "5", "--seed", "7"));
      assertThat(spread.stream().mapToInt(Integer::parseInt).max().orElseThrow())
          .isGreaterThan(100);
      assertThat(spread).isNotEqualTo(keys(spec, "--rows", "5", "--seed", "8"));
      assertThat(keys(spec, "--where", "id > 1999 or id = 5 -- these"))
          .containsExactly("5", "2000");
      assertThat(
              Cli.run("mapping", "preview", "big", "--where", "nope = 9", "-c", spec)
                  .exits(2)
                  .message())
          .matches(
              "The source refused the condition of --where: Unknown column 'nope' in '.*'\\. It is a"
                  + " condition on columns of the source's table, in the source's words\\.");
      assertThat(Cli.run("mapping", "preview", "big", "--rows", "0", "-c", spec).exits(2).message())
          .isEqualTo("--rows is 0; give a number from 1 to 1000.");
      assertThat(Cli.run("mapping", "preview", "bog", "-c", spec).exits(2).message())
          .isEqualTo(
              "There is no table bog in this mapping; there are "
                  + pair.source().name()
                  + ".big, public.big.");
    }
  }

  private static List<String> keys(String spec, String... more) {
    List<String> arguments = new ArrayList<>(List.of("mapping", "preview", "big", "-c", spec));
    arguments.addAll(List.of(more));
    return Cli.run(arguments)
        .exits(0)
        .out()
        .lines()
        .filter(line -> line.contains(".big  id = "))
        .map(line -> line.substring(line.indexOf("= ") + 2))
        .toList();
  }

  @Test
  void fitsANarrowTerminal() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(
          pair.source(),
          "CREATE TABLE t (id int PRIMARY KEY, a varchar(200), b blob)",
          "INSERT INTO t VALUES (1, repeat('long ', 30), x'00ff')");
      Preview preview;
      try (Migration migration =
          new SpecMigrationFactory()
              .open(
                  CommonOptions.ofSpec(
                      pair.spec(
                          "mappings: [{table: t, columns: {a: {apply: [trim, {map: {"
                              + "A-rather-long-value: another-long-value, B: c}, else: keep}]}}}]")))) {
        preview = migration.perform(new PreviewMapping("t", 20, null, null));
      }
      List<String> lines = new PreviewText(new Terminal(true, 80, 24, false, true)).lines(preview);

      assertThat(lines).allMatch(line -> line.length() <= 80);
      assertThat(String.join("\n", lines))
          .contains("\n  → public.t\n    id  1\n    a   'long ", "\n    b   \\x00ff  (bytes to ")
          .containsPattern("long.*… ?' → long.*…\n +\\(a, trim, \\{map: \\{A-rather-long-value: ");
    }
  }

  @Test
  void tellsOfRowsThatNoTableTakes() throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(2);
      String spec =
          pair.spec(
                  "mappings: [{table: big, split: [{to: small, columns: [id], where: id < 2},"
                      + " {to: all, columns: [id]}]}]")
              .toString();

      String one = Cli.run("mapping", "preview", "small", "-c", spec).exits(0).out();
      assertThat(shown(pair, one))
          .isEqualTo(
              """
              SRC.big  id = 1
                -> public.small
                  id  1

              SRC.big  id = 2
                does not move: public.small takes rows where id < 2

              2 rows of SRC.big: 1 moves, 1 filtered, 0 rejected
              """);
      assertThat(shown(pair, Cli.run("mapping", "preview", "big", "-c", spec).exits(0).out()))
          .contains("SRC.big  id = 2\n  -> public.all\n    id  2\n")
          .endsWith("2 rows of SRC.big: 2 move, 0 filtered, 0 rejected\n");
    }
  }

  @Test
  void givesNoNumbersAway() throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(2);
      String spec =
          pair.spec("mappings: [{table: big, columns: {id: {number: id}, old: id}}]").toString();

      assertThat(Cli.run("mapping", "preview", "big", "-c", spec).exits(0).out())
          .contains(" 2  (number of big:id)", "2 move");
      assertThat(
              Db.number(
                  pair.target(), "SELECT count(*) FROM pg_namespace WHERE nspname = 'landfall'"))
          .isZero();
    }
  }
}
