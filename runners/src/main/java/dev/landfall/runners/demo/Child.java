package dev.landfall.runners.demo;

import dev.landfall.runners.cli.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Landfall in a process of its own, on the same terminal, as a person would start it. */
final class Child implements AutoCloseable {
  private final Process process;
  private final Signals signals = new Signals();
  private final boolean json;

  private Child(Process process, boolean json) {
    this.process = process;
    this.json = json;
    // Ctrl-C reaches both; the child finishes what it has in hand, and this one waits for it.
    signals.on("INT", () -> {});
    signals.on("TERM", process::destroy);
  }

  /** Starts {@code landfall migrate} for that spec; with {@code json} its document is kept. */
  static Child migrate(Path spec, boolean json) {
    List<String> command = new ArrayList<>(launcher());
    command.addAll(List.of("migrate", "-c", spec.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    if (json) {
      command.add("--json");
      builder.redirectOutput(ProcessBuilder.Redirect.PIPE);
    }
    try {
      return new Child(builder.start(), json);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't start " + command.get(0), e);
    }
  }

  private static List<String> launcher() {
    String launcher = System.getProperty("landfall.launcher", "");
    return launcher.isEmpty()
        ? List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.landfall.runners.Landfall")
        : List.of(launcher);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it with signal 9: it can't tidy up anything. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** What it printed on standard output, once it has ended; empty without {@code json}. */
  String output() throws IOException {
    return json
        ? new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip()
        : "";
  }

  /** Waits for its end and returns its exit code. */
  int await() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    signals.close();
  }
}
