package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.command.SpecMigrationFactory;
import dev.landfall.runners.display.Console;
import dev.landfall.runners.display.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command line in this process, with everything behind it. Whatever a command does, it shows no
 * stack trace and no password, neither on its streams nor in its log; each run checks that.
 */
final class Cli {
  private Cli() {}

  /** What a command left: its exit code and what it printed. */
  record Result(int code, String out, String err, String log) {
    /** The same, after checking the exit code; what was printed is shown if it is another. */
    Result exits(int expected) {
      assertThat(code).as("out:\n%s\nerr:\n%s", out, err).isEqualTo(expected);
      return this;
    }

    /** What went wrong: the last thing that was said on standard error, without the prefix. */
    String message() {
      return err.substring(err.lastIndexOf("landfall: ") + "landfall: ".length()).strip();
    }
  }

  /** Runs a command line. */
  static Result run(List<String> arguments) {
    try {
      Path log = Files.createTempFile("landfall-it-", ".log");
      List<String> all = new ArrayList<>(arguments);
      // Behind the command, which may be one of a group.
      int words = all.isEmpty() ? 0 : all.get(0).equals("mapping") ? 2 : 1;
      all.add(words, "--log=" + log);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Terminal terminal = Terminal.file(Map.of());
      int code;
      try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
          PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
        code =
            Landfall.run(
                all.toArray(String[]::new),
                options -> new SpecMigrationFactory().open(options),
                new Console(outStream, terminal, errStream, terminal));
      }
      Result result =
          new Result(
              code,
              out.toString(StandardCharsets.UTF_8),
              err.toString(StandardCharsets.UTF_8),
              Files.readString(log));
      requireDiscreet(result.out() + result.err(), result.log());
      Files.delete(log);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs {@code migrate --no-verify} for a spec, with further arguments. */
  static Result migrate(Path spec, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("migrate", "--no-verify", "-c", spec.toString()));
    arguments.addAll(List.of(more));
    return run(arguments);
  }

  /** Runs {@code status} for a spec. */
  static Result status(Path spec) {
    return run("status", "-c", spec.toString()).exits(ExitCodes.DONE);
  }

  /** The same, the words given one by one. */
  static Result run(String... arguments) {
    return run(List.of(arguments));
  }

  /** Refuses what nobody may get to see. */
  static void requireDiscreet(String shown, String log) {
    assertThat(shown)
        .doesNotContain(EmbeddedServer.PASSWORD)
        .doesNotContainPattern("(?m)^\\s+at \\S+\\(")
        .doesNotContain("unexpected failure");
    assertThat(log).doesNotContain(EmbeddedServer.PASSWORD);
  }

  /** A process of its own, as a person would start it. */
  static Process start(Path output, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.landfall.runners.Landfall"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(output.toFile()));
    builder.environment().putAll(environment);
    return builder.start();
  }
}
