package dev.landfall.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs to their end, quietly: what they print goes to a log file. */
final class Programs {
  private static final long TIMEOUT_MINUTES = 5;
  private static final int TAIL_LINES = 20;

  /** Enough for the lines of the tail, also with long paths in them. */
  private static final int TAIL_BYTES = 16 * 1024;

  private Programs() {}

  /** A program without input whose environment can't change what a server does. */
  static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(
            name ->
                name.startsWith("PG") || name.startsWith("MYSQL") || name.startsWith("MARIADB"));
    return builder
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  /** Runs a program that must succeed. */
  static void run(List<String> command, Path log) {
    run(command, Path.of("/dev/null"), log);
  }

  /** Runs a program that must succeed, with a file as its input. */
  static void run(List<String> command, Path input, Path log) {
    int code =
        exitCode(
            builder(command)
                .redirectInput(input.toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectErrorStream(true));
    if (code != 0) {
      throw new EmbeddedServerException(
          command.get(0) + " ended with code " + code + "; it printed:\n" + tail(log, 0));
    }
  }

  /** Runs a program and returns its exit code. */
  static int exitCode(ProcessBuilder builder) {
    String name = builder.command().get(0);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new EmbeddedServerException("Can't run " + name + ": " + e.getMessage(), e);
    }
    try {
      if (process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      process.destroyForcibly();
    }
    throw new EmbeddedServerException(name + " did not end in " + TIMEOUT_MINUTES + " minutes");
  }

  /** The last lines of what a log holds after {@code offset}. */
  static String tail(Path log, long offset) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(offset, file.length() - TAIL_BYTES);
      byte[] bytes = new byte[(int) Math.max(0, file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  /** Keeps the interruption for whoever is above, who gets the exception. */
  static EmbeddedServerException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new EmbeddedServerException("Interrupted while waiting for a server's process", e);
  }
}
