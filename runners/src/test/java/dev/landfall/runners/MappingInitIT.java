package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.EmbeddedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writes specs of real sources, and moves with them. */
@Timeout(180)
class MappingInitIT {
  @Test
  void isWrittenEditedAndMoved() throws Exception {
    try (Pair pair = Pair.make()) {
      Shop.create(pair.source());
      Path file = pair.directory().resolve("shop.yaml");
      String source = pair.source().url();
      String output = "--output=" + file;

      Cli.Result made = Cli.run("mapping", "init", "--source", source, output).exits(0);

      assertThat(made.out())
          .startsWith(file + ": 6 tables, ")
          .contains(
              " columns\nIt needs the environment: SOURCE_PASSWORD, TARGET_URL\n",
              "To see what comes of it:  landfall schema -c " + file + "\n");
      String text = Files.readString(file);
      assertThat(text)
          .doesNotContain(EmbeddedServer.PASSWORD)
          .contains("  password: ${SOURCE_PASSWORD} ", "  url: ${TARGET_URL} ");

      // It is nobody's to write over.
      assertThat(Cli.run("mapping", "init", "--source", source, output).exits(2).message())
          .isEqualTo(
              file
                  + " is there already. Name another file with --output, or give --force to write"
                  + " over it. Nothing was written.");
      Files.writeString(file, "mine");
      assertThat(
              Cli.run("mapping", "init", "--source", source, output, "--force", "--json")
                  .exits(0)
                  .out())
          .startsWith("{\"output\":\"" + file + "\",\"tables\":6,\"columns\":")
          .contains("\"variables\":[\"SOURCE_PASSWORD\",\"TARGET_URL\"]");
      assertThat(Files.readString(file)).isEqualTo(text);
      assertThat(Cli.run("mapping", "init", "--source", source, "--output", "-").exits(0).out())
          .isEqualTo(text);

      // By way of a spec that knows the databases, edited and moved.
      Path spec = pair.spec("rules: {zeroDate: null}");
      Files.writeString(spec, Files.readString(spec).replace(EmbeddedServer.PASSWORD, "${PW}"));
      Map<String, String> pw = Map.of("PW", EmbeddedServer.PASSWORD);
      Path whole = pair.directory().resolve("whole.yaml");
      Path log = pair.directory().resolve("log");
      run(log, pw, "mapping", "init", "-c", spec.toString(), "--output=" + whole);
      String edited =
          Files.readString(whole)
              .replaceFirst("nick: +\\{type", "alias: {from: nick, type")
              .replaceFirst("table: products\n", "table: products\n    to: goods\n");
      assertThat(edited).contains("alias: {from: nick", "to: goods");
      Files.writeString(whole, edited);
      run(log, pw, "migrate", "-c", whole.toString());
      assertThat(Db.rows(pair.target(), "SELECT count(*) FROM goods WHERE code IS NOT NULL"))
          .isNotEmpty();
      assertThat(Db.rows(pair.target(), "SELECT alias FROM customers WHERE id = 1")).hasSize(1);
      assertThat(Files.readString(log)).contains("equal");
    }
  }

  private static void run(Path log, Map<String, String> environment, String... arguments)
      throws Exception {
    Process process = Cli.start(log, environment, List.of(arguments));
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
  }

  @Test
  void whatIsWrongIsSaid() throws Exception {
    try (Pair pair = Pair.make()) {
      assertThat(Cli.run("mapping", "init").exits(2).message())
          .startsWith("Which source? Give --source URL");
      assertThat(Cli.run("mapping", "inti").exits(2).message()).contains("Did you mean init?");
      String source = pair.source().url();
      Path file = pair.directory().resolve("x.yaml");
      assertThat(
              Cli.run("mapping", "init", "--source", source, "--output=/nowhere/x")
                  .exits(2)
                  .message())
          .isEqualTo(
              "--output /nowhere/x: there is no directory /nowhere. Make it first, or name another. Nothing was written.");
      assertThat(
              Cli.run("mapping", "init", "--source", source, "--output=" + file).exits(2).message())
          .contains("nothing to move");
      assertThat(
              Cli.run("mapping", "init", "--source", "mysql://a@127.0.0.1:1/x", "--output=" + file)
                  .exits(6)
                  .message())
          .contains("can't be reached");
      Path spec = pair.spec();
      assertThat(Cli.run("mapping", "init", "-c", spec.toString(), "-o", "-").exits(2).message())
          .contains("has a secret written out");
      Path mapped = pair.spec("mappings: [{table: a}]");
      assertThat(Cli.run("mapping", "init", "-c", mapped.toString(), "-o", "-").exits(2).message())
          .contains("has mappings already");
      assertThat(
              Cli.run("mapping", "init", "-c", spec.toString(), "--source", source, "-o", "-")
                  .exits(2)
                  .message())
          .startsWith("Give -c FILE, whose databases stay as it says, or --source URL");
      assertThat(file).doesNotExist();
    }
  }

  /** Five thousand tables, a hundred thousand lines. */
  @Test
  void manyTables() throws Exception {
    try (Pair pair = Pair.make()) {
      String columns =
          IntStream.range(0, 20)
              .mapToObj(i -> "a_column_" + i + " int")
              .reduce((a, b) -> a + ", " + b)
              .orElseThrow();
      Db.run(pair.source(), "CREATE TABLE t0 (id int PRIMARY KEY, " + columns + ") ENGINE=MyISAM");
      Db.run(
          pair.source(),
          IntStream.range(1, 5_000)
              .mapToObj(i -> "CREATE TABLE t" + i + " LIKE t0")
              .toArray(String[]::new));
      Path file = pair.directory().resolve("many.yaml");
      String source = pair.source().url();
      Cli.run(
              "mapping",
              "init",
              "--source",
              source,
              "--target",
              pair.target().url(),
              "-o",
              file.toString())
          .exits(0);
      assertThat(Files.readString(file).lines().count()).isGreaterThan(100_000);
      Path log = pair.directory().resolve("log");
      run(
          log,
          Map.of(
              "SOURCE_PASSWORD", EmbeddedServer.PASSWORD,
              "TARGET_PASSWORD", EmbeddedServer.PASSWORD),
          "schema",
          "-c",
          file.toString());
      assertThat(Files.readString(log)).contains("CREATE TABLE \"public\".\"t4999\"");
    }
  }
}
