package dev.landfall.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The process of a server: a child of this JVM, or one found again by its id. */
final class ServerProcess {
  /**
   * The clock may be set while a process runs, and with it the time that it seems to have begun.
   */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  private static final long POLL_MILLIS = 10;

  private final ProcessHandle handle;

  private ServerProcess(ProcessHandle handle) {
    this.handle = handle;
  }

  /**
   * Starts a server in a session of its own, so that neither Ctrl-C nor the end of the terminal
   * reaches it. The process id is the server's own.
   */
  static ServerProcess launch(List<String> command, Path directory, Path log) {
    return launch(command, Map.of(), directory, log);
  }

  /** The same with further variables in its environment. */
  static ServerProcess launch(
      List<String> command, Map<String, String> environment, Path directory, Path log) {
    List<String> inSession = new ArrayList<>(List.of("setsid"));
    inSession.addAll(command);
    try {
      ProcessBuilder builder =
          Programs.builder(inSession)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      return new ServerProcess(builder.start().toHandle());
    } catch (IOException e) {
      throw new EmbeddedServerException("Can't run " + inSession + ": " + e.getMessage(), e);
    }
  }

  /** The process with that id if it is still the one that began then. */
  static Optional<ServerProcess> find(long pid, long startedMillis) {
    return ProcessHandle.of(pid)
        .map(ServerProcess::new)
        .filter(ServerProcess::isAlive)
        .filter(
            process ->
                Math.abs(process.startedMillis() - startedMillis) <= CLOCK_TOLERANCE.toMillis());
  }

  long pid() {
    return handle.pid();
  }

  /** When the process began, 0 when it has ended. */
  long startedMillis() {
    return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  boolean isAlive() {
    return isAlive(handle);
  }

  /** Sends a signal given by its name without SIG. */
  void signal(String name) {
    // The shell's own kill: the program of that name is not on every machine.
    int unused =
        Programs.exitCode(
            Programs.builder(
                List.of("sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(handle.pid()))));
  }

  /** Ends the process and all that it started, at once, and waits until they are gone. */
  void kill() {
    // Stopped first, so that it can't start another one meanwhile.
    signal("STOP");
    List<ProcessHandle> all = new ArrayList<>(handle.descendants().toList());
    all.add(handle);
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle each : all) {
      if (!awaitEnd(each, Duration.ofSeconds(30))) {
        throw new EmbeddedServerException("Process " + each.pid() + " does not end");
      }
    }
  }

  /** Whether the process ends in that time. */
  boolean awaitEnd(Duration timeout) {
    return awaitEnd(handle, timeout);
  }

  private static boolean awaitEnd(ProcessHandle handle, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (isAlive(handle)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      pause();
    }
    return true;
  }

  /** The shortest wait between two looks at a condition. */
  static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      throw Programs.interrupted(e);
    }
  }

  /**
   * A process that has ended stays listed until its parent asks for its exit code. This JVM does,
   * at once; in a container the parent of a detached server may be one that never does.
   */
  private static boolean isAlive(ProcessHandle handle) {
    if (!handle.isAlive()) {
      return false;
    }
    if (handle.parent().equals(Optional.of(ProcessHandle.current()))) {
      return true;
    }
    Path process = Path.of("/proc", Long.toString(handle.pid()));
    try (Stream<Path> threads = Files.list(process.resolve("task"))) {
      String stat = Files.readString(process.resolve("stat"));
      // With threads left, only the first of them has ended.
      return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z") || threads.count() > 1;
    } catch (IOException e) {
      return false;
    }
  }
}
