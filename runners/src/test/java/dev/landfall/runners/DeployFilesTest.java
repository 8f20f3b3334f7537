package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.spec.Environment;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.pipelines.spec.SpecReader;
import dev.landfall.runners.cli.ExitCodes;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What docs/deploy runs is what Landfall understands, and what its pods mount is what is read. */
class DeployFilesTest {
  private static final Path DEPLOY = Path.of("..", "docs", "deploy");
  private static final Path KUBERNETES = DEPLOY.resolve("kubernetes");
  private static final String SPEC = "/etc/landfall/spec/landfall.yaml";
  private static final String SECRETS = "/etc/landfall/secret";

  /** What starts an application; the words behind are Landfall's. */
  private static final List<String> APPLICATION =
      List.of("standalone-job", "--job-classname", FlinkApplication.class.getName());

  @TempDir Path root;

  /**
   * A pod that some object makes.
   *
   * @param name the object's, for messages
   * @param containers its containers
   * @param volumes its volumes
   */
  record Pod(String name, List<Map<String, Object>> containers, List<Map<String, Object>> volumes) {
    @Override
    public String toString() {
      return name;
    }

    /** What is mounted: each file's path, with the object that it comes from. */
    Map<String, String> files() {
      Map<String, String> files = new LinkedHashMap<>();
      for (Map<String, Object> container : containers) {
        for (Map<String, Object> mount : maps(container.get("volumeMounts"))) {
          Map<String, Object> volume =
              volumes.stream()
                  .filter(v -> Objects.equals(mount.get("name"), v.get("name")))
                  .findFirst()
                  .orElseThrow();
          String kind = volume.containsKey("secret") ? "Secret" : "ConfigMap";
          Map<String, Object> origin =
              map(volume.get(kind.equals("Secret") ? "secret" : "configMap"));
          Object named = origin.get(kind.equals("Secret") ? "secretName" : "name");
          content(kind, String.valueOf(named))
              .forEach((file, text) -> files.put(mount.get("mountPath") + "/" + file, text));
        }
      }
      return files;
    }

    /** Its containers' command lines, as far as they are Landfall's. */
    List<List<String>> commands() {
      return containers.stream()
          .map(
              container ->
                  Stream.concat(
                          strings(container.get("command")).stream(),
                          strings(container.get("args")).stream())
                      .toList())
          .flatMap(
              words ->
                  behind(List.of("landfall"), words).or(() -> behind(APPLICATION, words)).stream())
          .toList();
    }

    private static Optional<List<String>> behind(List<String> program, List<String> words) {
      return Collections.indexOfSubList(words, program) == 0
          ? Optional.of(words.subList(program.size(), words.size()))
          : Optional.empty();
    }
  }

  static Stream<Pod> pods() {
    return objects().stream().flatMap(DeployFilesTest::pods);
  }

  static Stream<Pod> clients() {
    return pods().filter(pod -> !pod.commands().isEmpty());
  }

  @Test
  void findsThePods() {
    assertThat(pods())
        .extracting(Pod::toString)
        .containsExactlyInAnyOrder(
            "FlinkDeployment landfall",
            "Job landfall-migrate",
            "CronJob landfall-verify",
            "Job landfall-application",
            "Deployment landfall-application-taskmanager");
    assertThat(clients()).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aPodsCommandIsUnderstoodAndFindsItsSpec(Pod pod) throws IOException {
    for (Map.Entry<String, String> file : pod.files().entrySet()) {
      Path copy = root.resolve(file.getKey().substring(1));
      Files.createDirectories(copy.getParent());
      Files.writeString(copy, file.getValue().replace(SECRETS, root + SECRETS));
    }
    for (List<String> command : pod.commands()) {
      Spec spec = opened(command.stream().map(word -> word.replace(SPEC, root + SPEC)).toList());
      assertThat(spec.secretsThatStay()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("pods")
  void everyPodHasTheSecretsThatTheSpecNames(Pod pod) {
    Matcher file =
        Pattern.compile("file:(\\S+)")
            .matcher(content("ConfigMap", "landfall").get("landfall.yaml"));
    TreeSet<String> named = new TreeSet<>();
    while (file.find()) {
      named.add(file.group(1));
    }
    assertThat(named).hasSize(2);
    assertThat(pod.files()).containsKeys(named.toArray(String[]::new));
  }

  @Test
  void submittersNameTheSessionClustersEndpoint() {
    String cluster =
        objects().stream()
            .filter(object -> "FlinkDeployment".equals(object.get("kind")))
            .map(DeployFilesTest::name)
            .collect(Collectors.joining());
    List<String> masters =
        clients()
            .flatMap(pod -> pod.commands().stream())
            .flatMap(List::stream)
            .filter(word -> word.startsWith("--flink-master="))
            .toList();
    assertThat(masters)
        .containsOnly("--flink-master=" + cluster + "-rest:8081", "--flink-master=auto");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cron/landfall", "systemd/landfall-verify.service"})
  void aScheduledCommandIsUnderstood(String file) throws IOException {
    Matcher command =
        Pattern.compile("(?m)/usr/local/bin/landfall ([^>\\n]*)")
            .matcher(Files.readString(DEPLOY.resolve(file)));
    assertThat(command.find()).isTrue();
    Path spec = root.resolve("landfall.yaml");
    Files.writeString(spec, "source: mysql://u@s/shop\ntarget: postgresql://u@t/shop\n");
    opened(Arrays.asList(command.group(1).strip().replace(SPEC, spec.toString()).split(" ")));
    assertThat(command.find()).isFalse();
  }

  /** Runs a command up to where its migration would be opened, and returns the migration's spec. */
  private Spec opened(List<String> command) {
    List<Spec> specs = new ArrayList<>();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(false, 140, 0, false, false);
    PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
    List<String> arguments =
        command.stream().filter(word -> !word.startsWith("--log=")).collect(Collectors.toList());
    arguments.add("--log=" + root.resolve("log"));
    int code =
        Landfall.run(
            arguments.toArray(String[]::new),
            options -> {
              assertThat(options.flink()).isTrue();
              assertThat(options.flinkMaster()).isNotNull();
              assertThat(options.parallelism()).isPositive();
              specs.add(
                  SpecReader.read(
                      Objects.requireNonNull(options.config()), Environment.of(Map.of())));
              return new FakeMigration();
            },
            new Console(stream, terminal, stream, terminal));
    assertThat(code).as(output.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCodes.DONE);
    assertThat(specs).hasSize(1);
    return specs.get(0);
  }

  private static Stream<Pod> pods(Map<String, Object> object) {
    String name = object.get("kind") + " " + name(object);
    return switch (String.valueOf(object.get("kind"))) {
      case "FlinkDeployment" ->
          Stream.of(pod(name, at(object, "spec", "taskManager", "podTemplate")));
      case "Job", "Deployment" -> Stream.of(pod(name, at(object, "spec", "template")));
      case "CronJob" -> Stream.of(pod(name, at(object, "spec", "jobTemplate", "spec", "template")));
      default -> Stream.empty();
    };
  }

  private static Pod pod(String name, Map<String, Object> template) {
    Map<String, Object> spec = at(template, "spec");
    return new Pod(name, maps(spec.get("containers")), maps(spec.get("volumes")));
  }

  /** What a Secret or ConfigMap holds. */
  private static Map<String, String> content(String kind, String name) {
    Map<String, Object> found =
        objects().stream()
            .filter(object -> kind.equals(object.get("kind")) && name(object).equals(name))
            .findFirst()
            .orElseThrow();
    Map<String, String> content = new LinkedHashMap<>();
    map(found.get(kind.equals("Secret") ? "stringData" : "data"))
        .forEach((file, text) -> content.put(file, String.valueOf(text)));
    return content;
  }

  private static List<Map<String, Object>> objects() {
    try (Stream<Path> files = Files.list(KUBERNETES)) {
      List<Map<String, Object>> objects = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        new Load(LoadSettings.builder().setLabel(file.toString()).build())
            .loadAllFromString(Files.readString(file))
            .forEach(object -> objects.add(map(object)));
      }
      return objects;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Map<String, Object> object) {
    return String.valueOf(at(object, "metadata").get("name"));
  }

  private static Map<String, Object> at(Map<String, Object> object, String... path) {
    Map<String, Object> at = object;
    for (String key : path) {
      at = map(at.get(key));
    }
    return at;
  }

  private static Map<String, Object> map(@Nullable Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(value)).forEach((k, v) -> map.put(String.valueOf(k), v));
    return map;
  }

  private static List<Map<String, Object>> maps(@Nullable Object value) {
    return ((List<?>) Objects.requireNonNull(value)).stream().map(DeployFilesTest::map).toList();
  }

  private static List<String> strings(@Nullable Object value) {
    return value == null ? List.of() : ((List<?>) value).stream().map(String::valueOf).toList();
  }
}
