package dev.landfall.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A shell that waits beside a server for the end of this JVM: its input is a pipe from the JVM,
 * which the system closes also when the JVM is killed. Then it stops the server.
 */
final class Watchdog {
  /** Arguments: signal, process id, directory to delete or nothing. */
  private static final String SCRIPT =
      """
      if read -r released; then exit 0; fi
      kill -s "$1" "$2"
      tries=0
      while kill -0 "$2" && [ "$tries" -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
      kill -s KILL "$2"
      if [ -n "$3" ]; then rm -rf -- "$3"; fi
      """;

  private final Process shell;

  private Watchdog(Process shell) {
    this.shell = shell;
  }

  /** Watches until {@link #release}. */
  static Watchdog over(ServerProcess server, String signal, Optional<Path> delete) {
    try {
      return new Watchdog(
          Programs.builder(
                  List.of(
                      "setsid",
                      "sh",
                      "-c",
                      SCRIPT,
                      "landfall-watchdog",
                      signal,
                      Long.toString(server.pid()),
                      delete.map(Path::toString).orElse("")))
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .start());
    } catch (IOException e) {
      throw new EmbeddedServerException("Can't run setsid or sh: " + e.getMessage(), e);
    }
  }

  /** Stops watching; the server is left alone. */
  void release() {
    try (OutputStream pipe = shell.getOutputStream()) {
      pipe.write("released\n".getBytes(StandardCharsets.US_ASCII));
      pipe.flush();
      int unused = shell.waitFor();
    } catch (IOException e) {
      // The shell was ended by somebody else: nothing watches any more.
      shell.destroyForcibly();
    } catch (InterruptedException e) {
      throw Programs.interrupted(e);
    }
  }
}
