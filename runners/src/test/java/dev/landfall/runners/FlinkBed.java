package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.EmbeddedFlink;
import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.FreshDatabase;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A Flink cluster of processes of its own, with two TaskManagers of two slots, and commands run
 * against it as a person would: the product's jar as it is shipped, in a process of its own. The
 * databases' password is in the environment of both, and nowhere else.
 */
final class FlinkBed implements AutoCloseable {
  static final int SLOTS = 2;

  private static final Map<String, String> SECRETS =
      Map.of("LANDFALL_TEST_PASSWORD", EmbeddedServer.PASSWORD);

  private final EmbeddedFlink cluster;
  private final List<EmbeddedFlink.Node> workers = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  private FlinkBed(EmbeddedFlink cluster) {
    this.cluster = cluster;
  }

  static FlinkBed start() throws IOException {
    EmbeddedFlink cluster = EmbeddedFlink.start(flink(), SLOTS);
    FlinkBed bed = new FlinkBed(cluster);
    bed.addWorker();
    bed.addWorker();
    cluster.awaitRest();
    return bed;
  }

  /** The jars of Flink, as the launcher has them. */
  private static List<Path> flink() throws IOException {
    return Arrays.stream(
            Files.readString(Path.of("target", "flink.classpath")).split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }

  EmbeddedFlink cluster() {
    return cluster;
  }

  /** TaskManagers that run or are frozen, in the order in which they came. */
  List<EmbeddedFlink.Node> workers() {
    workers.removeIf(worker -> !worker.isAlive());
    return workers;
  }

  void addWorker() {
    workers.add(cluster.addTaskManager(SECRETS));
  }

  /** In place of all others, one that does not know the databases' password. */
  void replaceByWorkerWithoutSecrets() {
    workers().forEach(EmbeddedFlink.Node::kill);
    workers.add(cluster.addTaskManager(Map.of()));
    Pair.await(() -> ask("/overview").contains("\"taskmanagers\":1,"));
  }

  /** Waits until the cluster has two TaskManagers with all their slots free. */
  void ready() {
    while (workers().size() < 2) {
      addWorker();
    }
    while (workers().size() > 2) {
      workers.get(2).kill();
    }
    Pair.await(
        () ->
            ask("/overview").contains("\"slots-available\":" + 2 * SLOTS)
                && ask("/overview").contains("\"jobs-running\":0"));
  }

  /** What the REST endpoint answers; empty while it does not. */
  String ask(String path) {
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://" + cluster.address() + path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A spec that a cluster may have: it names the password's variable. */
  static Path spec(Pair pair, String... lines) throws IOException {
    return Files.writeString(
        Files.createTempFile(pair.directory(), "spec", ".yaml"),
        "name: move\nsource: \"%s\"\ntarget: \"%s\"\n%s\n"
            .formatted(open(pair.source()), open(pair.target()), String.join("\n", lines)));
  }

  private static String open(FreshDatabase database) {
    return database.url().replace(EmbeddedServer.PASSWORD, "${LANDFALL_TEST_PASSWORD}");
  }

  /** A command in a process of its own. */
  static final class Running implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;

    private Running(Process process, Path out, Path err) {
      this.process = process;
      this.out = out;
      this.err = err;
    }

    void kill() {
      process.destroyForcibly().onExit().join();
    }

    boolean isAlive() {
      return process.isAlive();
    }

    /** Waits for its end. */
    Cli.Result await() throws IOException, InterruptedException {
      if (!process.waitFor(150, TimeUnit.SECONDS)) {
        throw new AssertionError("still running; it says:\n" + Files.readString(err));
      }
      Cli.Result result =
          new Cli.Result(process.exitValue(), Files.readString(out), Files.readString(err), "");
      Cli.requireDiscreet(result.out() + result.err(), "");
      return result;
    }

    @Override
    public void close() throws IOException {
      kill();
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Starts a command on the cluster, with that many slots. */
  Running start(Path spec, int parallelism, String... command) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Path.of("target", "landfall.jar").toAbsolutePath()
                    + File.pathSeparator
                    + Files.readString(Path.of("target", "flink.classpath")),
                "dev.landfall.runners.Landfall"));
    line.addAll(List.of(command));
    line.addAll(List.of("-c", spec.toString(), "--runner", "flink"));
    line.addAll(List.of("--flink-master", cluster.address()));
    line.addAll(List.of("--parallelism", Integer.toString(parallelism)));
    Path out = Files.createTempFile("landfall-it-", ".out");
    Path err = Files.createTempFile("landfall-it-", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(SECRETS);
    return new Running(builder.start(), out, err);
  }

  /** Runs a command on the cluster to its end. */
  Cli.Result run(Path spec, int parallelism, String... command)
      throws IOException, InterruptedException {
    try (Running running = start(spec, parallelism, command)) {
      return running.await();
    }
  }

  /** Checks that the cluster tells nobody the password: not its pages, not its logs. */
  void requireDiscreet() {
    StringBuilder all = new StringBuilder(cluster.logs());
    String jobs = ask("/jobs/overview");
    all.append(jobs);
    var id = Pattern.compile("\"jid\":\"([0-9a-f]{32})\"").matcher(jobs);
    int found = 0;
    while (id.find()) {
      found++;
      for (String page : List.of("", "/config", "/plan", "/exceptions", "/accumulators")) {
        all.append(ask("/jobs/" + id.group(1) + page));
      }
    }
    assertThat(found).isPositive();
    assertThat(all.toString()).doesNotContain(EmbeddedServer.PASSWORD);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
