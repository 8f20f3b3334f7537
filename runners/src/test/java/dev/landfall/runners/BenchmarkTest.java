package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.landfall.embedded.EmbeddedMySql;
import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.SharedServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/benchmark/run, with a few rows: it makes its data, and a round of it is a result. */
class BenchmarkTest {
  private static final String RUN = Path.of("..", "docs", "benchmark", "run").toString();

  /** What a round prints where both ways brought as many rows as there are. */
  private static final String ROUND =
      "(?s).*round 1: [a-z, ]+ [0-9.]+ s \\(.*\\)  landfall [0-9.]+ s \\(.*\\)  ratio [0-9.]+"
          + "  peak \\d+ MiB  rows %s\\R.*median ratio [0-9.]+\\R";

  @TempDir static Path home;

  @BeforeAll
  static void everythingIsInstalled() {
    for (String program : List.of("bash", "mariadb", "psql", "time")) {
      assumeTrue(installed(program), () -> program + " is not installed");
    }
    assumeTrue(EmbeddedMySql.missing().isEmpty(), EmbeddedMySql.missing()::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "migrate, users, 30, 30",
    "migrate, blobs, 2, 2",
    "verify, small, 2, 1800",
    // Two rows are left out; then two each are more, changed and fewer.
    "verify, differences, 12000, 11998",
    "move, link, 30, 30"
  })
  void aRoundIsAResult(String command, String name, String size, String rows) throws Exception {
    assertThat(run("data", name, size)).isEmpty();
    assertThat(run(command, name, "1")).matches(ROUND.formatted(rows));
    List<String> results = Files.readAllLines(home.resolve("results.tsv"));
    assertThat(results.get(results.size() - 1)).contains("\t" + name + "\t" + command + "\t");
    assertThat(run("drop", name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "narrow, 10",
    "wide, 10",
    "text, 10",
    "skewed, 10",
    "composite, 10",
    "uuid, 10",
    "uuid-binary, 10"
  })
  void everyCaseHasItsData(String name, String size) throws Exception {
    assertThat(run("data", name, size)).isEmpty();
    assertThat(run("drop", name)).isEmpty();
  }

  @Test
  void whatItDoesNotKnowItSays() throws Exception {
    assertThat(run("data", "mistyped")).startsWith("benchmark: mistyped: no such case. There are:");
    assertThat(run("migrate", "wide")).contains("no tables yet; run data wide makes them");
    assertThat(run("mistyped")).contains("run data CASE [SIZE]").contains("uuid-binary");
  }

  private static String run(String... words) throws Exception {
    EmbeddedServer source = SharedServers.mysql();
    EmbeddedServer target = SharedServers.postgres();
    List<String> command = new ArrayList<>(List.of(RUN));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "SOURCE", url("mysql", source),
                "TARGET", url("postgresql", target),
                "DATABASE_PREFIX", "benchmark_test_",
                "LANDFALL_BENCHMARK_HOME", home.toString(),
                "LANDFALL", landfall().toString()));
    Process process = builder.start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int unused = process.waitFor();
    return printed;
  }

  private static String url(String scheme, EmbeddedServer server) {
    return "%s://%s:%s@%s:%d"
        .formatted(scheme, server.user(), server.password(), server.host(), server.port());
  }

  /** Landfall as it is in this process's class path, not in a jar of another day. */
  private static Path landfall() throws IOException {
    Path script = home.resolve("landfall");
    if (!Files.exists(script)) {
      Files.writeString(
          script,
          """
          #!/bin/sh
          exec '%s/bin/java' -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' '%s' "$@"
          """
              .formatted(
                  System.getProperty("java.home"),
                  System.getProperty("java.class.path"),
                  Landfall.class.getName()));
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
    return script;
  }

  private static boolean installed(String program) {
    try {
      return new ProcessBuilder("bash", "-c", "type -P " + program)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
