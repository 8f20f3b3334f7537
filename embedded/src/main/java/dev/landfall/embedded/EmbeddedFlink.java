package dev.landfall.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Flink session cluster of processes of its own: one JobManager, and TaskManagers that come and
 * go as a test wants it. Started from Flink's published jars, listening on 127.0.0.1 only. All end
 * with this JVM, however that ends.
 */
public final class EmbeddedFlink implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final List<String> OPENED =
      List.of("java.lang", "java.util", "java.net", "java.nio", "java.time");

  private final String classPath;
  private final Path home;
  private final int slots;
  private final int restPort = Ports.free();
  private final int rpcPort = Ports.free();
  private final List<Node> taskManagers = new ArrayList<>();
  private Node jobManager;

  private EmbeddedFlink(List<Path> jars, int slots, Path home) throws IOException {
    this.classPath =
        jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    this.slots = slots;
    this.home = home;
    Files.createDirectory(home.resolve("conf"));
    Files.createDirectory(home.resolve("tmp"));
    Files.writeString(home.resolve("conf").resolve("flink-conf.yaml"), configuration());
    this.jobManager = startNode("jobmanager", Map.of());
  }

  /**
   * Starts a JobManager; TaskManagers are added one by one.
   *
   * @param jars Flink and what it needs, and nothing of the jobs that it is to run
   * @param slots of each TaskManager
   */
  public static EmbeddedFlink start(List<Path> jars, int slots) {
    try {
      return new EmbeddedFlink(jars, slots, Directories.temporary("landfall-flink-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The JobManager's REST address. */
  public String address() {
    return "127.0.0.1:" + restPort;
  }

  /** Adds a TaskManager with further variables in its environment; returns before it is known. */
  public Node addTaskManager(Map<String, String> environment) {
    Node node = startNode("taskmanager-" + (taskManagers.size() + 1), environment);
    taskManagers.add(node);
    return node;
  }

  /** The JobManager's process. */
  public Node jobManager() {
    return jobManager;
  }

  /**
   * Starts a JobManager anew, after the one before was killed: it knows nothing of that one's jobs.
   */
  public void restartJobManager() {
    jobManager = startNode("jobmanager", Map.of());
  }

  /** Waits until the REST endpoint can be connected to. */
  public void awaitRest() {
    long deadline = System.nanoTime() + START.toNanos();
    while (!Ports.answers(restPort)) {
      if (!jobManager.process.isAlive() || System.nanoTime() > deadline) {
        throw new EmbeddedServerException("The JobManager does not start; it says:\n" + logs());
      }
      ServerProcess.pause();
    }
  }

  /** What all processes logged. */
  public String logs() {
    try (Stream<Path> files = Files.list(home)) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(f -> f.toString().endsWith(".log")).sorted().toList()) {
        all.append(Files.readString(file));
      }
      return all.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Node startNode(String name, Map<String, String> environment) {
    boolean worker = name.startsWith("taskmanager");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            worker ? "-Xmx" + HEAP_MB + "m" : "-Xmx384m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:MaxMetaspaceSize=" + METASPACE_MB + "m",
            "-Djava.io.tmpdir=" + home.resolve("tmp")));
    for (String opened : OPENED) {
      command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", classPath));
    command.addAll(
        worker
            ? List.of("org.apache.flink.runtime.taskexecutor.TaskManagerRunner")
            : List.of("org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint"));
    command.addAll(List.of("--configDir", home.resolve("conf").toString()));
    if (!worker) {
      command.addAll(List.of("--executionMode", "cluster"));
    }
    ServerProcess process =
        ServerProcess.launch(command, environment, home, home.resolve(name + ".log"));
    return new Node(process, Watchdog.over(process, "KILL", Optional.empty()));
  }

  private static final int HEAP_MB = 512;
  private static final int METASPACE_MB = 256;

  /**
   * Outside Flink's own scripts, which work them out, all parts of a TaskManager's memory must be
   * given. Heartbeats are fast so that a frozen process is noticed in seconds.
   */
  private String configuration() {
    return """
        jobmanager.rpc.address: 127.0.0.1
        jobmanager.rpc.port: %1$d
        jobmanager.bind-host: 127.0.0.1
        rest.address: 127.0.0.1
        rest.bind-address: 127.0.0.1
        rest.port: %2$d
        io.tmp.dirs: %3$s
        heartbeat.interval: 1000
        heartbeat.timeout: 6000
        jobmanager.memory.heap.size: 256m
        jobmanager.memory.off-heap.size: 64m
        jobmanager.memory.jvm-metaspace.size: 256m
        taskmanager.host: 127.0.0.1
        taskmanager.bind-host: 127.0.0.1
        taskmanager.numberOfTaskSlots: %4$d
        taskmanager.cpu.cores: %4$d
        taskmanager.memory.framework.heap.size: 128m
        taskmanager.memory.framework.off-heap.size: 64m
        taskmanager.memory.task.heap.size: 384m
        taskmanager.memory.task.off-heap.size: 0m
        taskmanager.memory.managed.size: 96m
        taskmanager.memory.network.min: 64m
        taskmanager.memory.network.max: 64m
        taskmanager.memory.jvm-metaspace.size: %5$dm
        taskmanager.memory.jvm-overhead.min: 128m
        taskmanager.memory.jvm-overhead.max: 128m
        """
        .formatted(rpcPort, restPort, home.resolve("tmp"), slots, METASPACE_MB);
  }

  @Override
  public void close() {
    taskManagers.forEach(Node::kill);
    jobManager.kill();
    Directories.delete(home);
  }

  /** One of the cluster's processes. */
  public static final class Node {
    private final ServerProcess process;
    private final Watchdog watchdog;
    private boolean gone;

    private Node(ServerProcess process, Watchdog watchdog) {
      this.process = process;
      this.watchdog = watchdog;
    }

    /** Its process id. */
    public long pid() {
      return process.pid();
    }

    /** Whether it runs, frozen or not. */
    public boolean isAlive() {
      return process.isAlive();
    }

    /** Ends it at once, as signal 9 does. */
    public void kill() {
      if (!gone) {
        gone = true;
        process.kill();
        watchdog.release();
      }
    }

    /** Stops it where it is (SIGSTOP): its connections stay open, and it answers nobody. */
    public void freeze() {
      process.signal("STOP");
    }

    /** Lets a frozen one go on. */
    public void thaw() {
      process.signal("CONT");
    }
  }
}
