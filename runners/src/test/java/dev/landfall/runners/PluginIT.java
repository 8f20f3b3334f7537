package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plug-ins that make values of columns, and plug-ins that don't. */
class PluginIT {
  @TempDir private Path jars;

  private static final String[] ACCOUNTS = {
    "CREATE TABLE accounts (id int PRIMARY KEY, bank char(8), no bigint, opened date)",
    "INSERT INTO accounts VALUES (1, '37040044', 532013000, '2020-01-31'),"
        + " (2, '10020030', 7, NULL), (3, NULL, 5, NULL)"
  };

  private static Path spec(Pair pair, String plugins, String column) throws IOException {
    return pair.spec(
        plugins.isEmpty() ? "" : "plugins: [" + plugins + "]",
        "mappings:",
        "  - table: accounts",
        "    columns:",
        "      id: id",
        "      made: " + column);
  }

  @Test
  void theExampleMovesIsVerifiedAndRepaired() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), ACCOUNTS);
      Path jar = PluginJar.example(jars);
      String spec =
          spec(
                  pair,
                  jar.toString(),
                  "{plugin: iban, from: [bank, no], with: {country: DE}, type: char(22)}")
              .toString();

      Cli.run("migrate", "-c", spec).exits(0);

      assertThat(Db.rows(pair.target(), "SELECT id, made FROM accounts ORDER BY id"))
          .containsExactly("1\tDE89370400440532013000", "2\tDE16100200300000000007", "3\t\\N");
      assertThat(Cli.run("mapping", "explain", "-c", spec).exits(0).out())
          .contains("plug-in iban(bank, no) with {country: DE}, version 1; as char(22)\n");

      Db.run(pair.target(), "UPDATE accounts SET made = 'DE' WHERE id = 2");
      Cli.run("verify", "-c", spec).exits(3);
      Cli.run("repair", "--execute", "-c", spec).exits(0);
      Cli.run("verify", "-c", spec).exits(0);

      Db.run(pair.source(), "INSERT INTO accounts VALUES (4, 'x', 1, NULL)");
      Cli.run("migrate", "--restart", "--yes", "-c", spec).exits(3);
      assertThat(Db.rows(pair.target(), "SELECT column_name, reason FROM landfall.reject"))
          .containsExactly(
              "\\N\tthe target's column made: plug-in iban: \"x\" is no number of 8 digits; from bank ="
                  + " \"x\", no = \"1\"");
    }
  }

  @Test
  void aValueIsOneOfTheColumnsType() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), ACCOUNTS);
      Path jar =
          PluginJar.of(
              jars,
              "year.jar",
              "year",
              PluginJar.value("inputs.get(0) == null ? \"none\" : inputs.get(0).substring(0, 4)"));

      Cli.run(
              "migrate",
              "-c",
              spec(
                      pair,
                      jar.toString(),
                      "{plugin: year, from: opened, type: integer, nullable: false}")
                  .toString())
          .exits(3);

      assertThat(Db.rows(pair.target(), "SELECT id, made FROM accounts"))
          .containsExactly("1\t2020");
      assertThat(Db.rows(pair.target(), "SELECT DISTINCT reason FROM landfall.reject"))
          .containsExactly(
              "\"none\" is no value of integer, or would be rounded; from opened = NULL");
    }
  }

  @Test
  void whatAPluginDoesWrongIsToldInOneSentence() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), ACCOUNTS);
      String nul = PluginJar.of(jars, "nul.jar", "nul", PluginJar.value("\"a\\0\"")).toString();
      Path half = PluginJar.of(jars, "half.jar", "half", PluginJar.value("\"\\uD83D\""));
      Path silent =
          PluginJar.of(
              jars,
              "silent.jar",
              "silent",
              "public String value(List<String> inputs) { throw new IllegalStateException(); }");
      Path broken =
          PluginJar.of(
              jars,
              "deep.jar",
              "deep",
              "public String value(List<String> inputs) { return value(inputs) + 1; }");

      assertThat(reason(pair, nul, "nul"))
          .isEqualTo(
              "plug-in nul gave a text with a NUL or half a surrogate pair in it; from opened ="
                  + " \"2020-01-31\"");
      assertThat(reason(pair, half.toString(), "half")).startsWith("plug-in half gave a text with");
      assertThat(reason(pair, silent.toString(), "silent"))
          .startsWith("plug-in silent: IllegalStateException; from");
      Path spec = spec(pair, broken.toString(), "{plugin: deep, from: opened}");
      assertThat(Cli.migrate(spec, "--restart", "--yes").exits(1).message())
          .isEqualTo(
              "Plug-in deep is broken: StackOverflowError. Its jar, or one beside it, needs all"
                  + " classes that it uses, in a form that Java "
                  + Runtime.version().feature()
                  + " takes. What was committed is safe.");
    }
  }

  private static String reason(Pair pair, String jar, String name) throws Exception {
    Path spec = spec(pair, jar, "{plugin: " + name + ", from: opened}");
    Cli.migrate(spec, "--restart", "--yes").exits(3);
    return Db.rows(pair.target(), "SELECT reason FROM landfall.reject WHERE key->>'id' = '1'")
        .get(0);
  }

  @Test
  void whatCannotBeUsedIsRefusedBeforeAnythingIsTouched() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), ACCOUNTS);
      String same = PluginJar.value("\"x\"");
      Path good = PluginJar.of(jars, "good.jar", "upperCase", same);
      Path twin = PluginJar.of(jars, "twin.jar", "Twin", "upperCase", same);
      Path thrower =
          PluginJar.of(
              jars,
              "thrower.jar",
              "thrower",
              "public Thrower() { throw new IllegalStateException(\"no licence\"); }" + same);
      Path hidden = PluginJar.of(jars, "hidden.jar", "hidden", "private Hidden() {}" + same);
      Path empty =
          PluginJar.pack(
              Files.createDirectory(jars.resolve("none")), jars.resolve("empty.jar"), "");
      Path astray =
          PluginJar.pack(jars.resolve("none"), jars.resolve("astray.jar"), "example.Gone");
      Path newer = newer(good);

      assertThat(refused(pair, good.toString(), "{plugin: uperCase, from: bank}"))
          .endsWith("there is no plug-in \"uperCase\". Did you mean \"upperCase\"?");
      assertThat(refused(pair, good.toString(), "{plugin: iban, from: bank}"))
          .endsWith("there is no plug-in \"iban\". Known: upperCase.");
      assertThat(refused(pair, "", "{plugin: iban, from: bank}"))
          .endsWith(
              "there is no plug-in \"iban\". None was found: name its jar, plugins:"
                  + " [plug-in.jar], or set LANDFALL_PLUGINS.");
      assertThat(refused(pair, empty.toString(), "{plugin: iban, from: bank}"))
          .endsWith(
              "there is no plug-in \"iban\". None was found in empty.jar: there is no"
                  + " META-INF/services/dev.landfall.plugin.ColumnPlugin.");
      assertThat(refused(pair, thrower.toString(), "{plugin: thrower, from: bank}"))
          .endsWith(
              "there is no plug-in \"thrower\". Some can't be used: example.Thrower can't be made:"
                  + " no licence.");
      assertThat(refused(pair, hidden.toString(), "{plugin: hidden, from: bank}"))
          .contains("Some can't be used: example.Hidden ");
      assertThat(refused(pair, astray.toString(), "{plugin: gone, from: bank}"))
          .endsWith("Some can't be used: Provider example.Gone not found.");
      assertThat(refused(pair, newer.toString(), "{plugin: upperCase, from: bank}"))
          .endsWith(
              "Some can't be used: example.UpperCase is compiled for Java 50, and this is Java "
                  + Runtime.version().feature()
                  + ".");
      assertThat(refused(pair, good.toString(), "{plugin: upperCase, from: bank, with: {a: b}}"))
          .endsWith("plug-in upperCase can't be used like this: it takes nothing in `with`.");
      assertThat(
              refused(pair, jars.resolve("gone.jar").toString(), "{plugin: upperCase, from: bank}"))
          .endsWith("the jar " + jars.resolve("gone.jar") + " does not exist.");
      assertThat(refused(pair, good + ", " + twin, "{plugin: upperCase, from: bank}"))
          .contains("several plug-ins have this name: ", "in good.jar", "in twin.jar")
          .endsWith(". Leave one of their jars out.");
      assertThat(
              Db.number(
                  pair.target(), "SELECT count(*) FROM pg_namespace WHERE nspname = 'landfall'"))
          .isZero();
    }
  }

  private static String refused(Pair pair, String plugins, String column) throws Exception {
    return Cli.run("migrate", "-c", spec(pair, plugins, column).toString()).exits(2).message();
  }

  /**
   * The same plug-in as if another compiler had made it; nothing else of the class is looked at.
   */
  private Path newer(Path jar) throws IOException {
    Path classes = unpacked(jar);
    Path file = classes.resolve(Path.of("example", "UpperCase.class"));
    byte[] bytes = Files.readAllBytes(file);
    bytes[7] = 44 + 50;
    Files.write(file, bytes);
    return PluginJar.pack(classes, jars.resolve("newer.jar"), "example.UpperCase");
  }

  private Path unpacked(Path jar) throws IOException {
    Path to = Files.createTempDirectory(jars, "unpacked");
    try (var zip = new java.util.zip.ZipFile(jar.toFile())) {
      Path file = to.resolve(Path.of("example", "UpperCase.class"));
      Files.createDirectories(file.getParent());
      try (var in = zip.getInputStream(zip.getEntry("example/UpperCase.class"))) {
        Files.copy(in, file);
      }
    }
    return to;
  }

  @Test
  void anotherVersionIsAnotherMapping() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), ACCOUNTS);
      String column = "{plugin: same, from: bank}";
      Path one = PluginJar.of(jars, "one.jar", "same", PluginJar.value("\"a\""));
      Path again = PluginJar.of(jars, "again.jar", "same", PluginJar.value("\"a\""));
      Path two = PluginJar.of(jars, "two.jar", "same", PluginJar.value("\"b\""));

      String first = explained(pair, one, column);

      assertThat(explained(pair, again, column)).isEqualTo(first);
      assertThat(explained(pair, two, column)).isNotEqualTo(first);
      Cli.migrate(spec(pair, one.toString(), column)).exits(0);
      Cli.migrate(spec(pair, again.toString(), column)).exits(0);
      assertThat(Cli.migrate(spec(pair, two.toString(), column)).exits(2).message())
          .contains("- shop_", "+ shop_", ".accounts made plug-in same(bank), version ");
    }
  }

  private static String explained(Pair pair, Path jar, String column) throws Exception {
    return Cli.run("mapping", "explain", "-c", spec(pair, jar.toString(), column).toString())
        .exits(0)
        .out();
  }
}
