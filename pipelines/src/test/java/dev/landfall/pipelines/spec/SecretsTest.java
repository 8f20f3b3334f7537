package dev.landfall.pipelines.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.Serialized;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ThisProcess;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Secret;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which secrets another process can find, and how it fares where it can't. */
class SecretsTest {
  private static final String TRUST = "trustCertificateKeyStorePassword";
  private static final String TARGET = "target: postgres://pg/x";

  private static final Map<String, String> VARIABLES =
      Map.of(
          "PW", "hunter2",
          "LETTER", "h",
          "URL", "mysql://root:%68unter2@db/shop",
          "SERVER", "mysql://root:hunter2@db",
          "TLS_URL", "mysql://root:hunter2@db/shop?" + TRUST + "=hunter2",
          "OPEN_URL", "mysql://root@db/shop",
          "PG", "postgres://me:hunter2@pg/x?sslpassword=hunter2");

  @TempDir Path directory;

  private Spec read(String source, String target) throws IOException {
    Path file = Files.writeString(directory.resolve("shop.yaml"), source + "\n" + target + "\n");
    return SpecReader.read(file, Environment.of(VARIABLES));
  }

  static Stream<Arguments> sources() {
    return Stream.of(
        travels("mysql://db/shop"),
        travels("mysql://root:${PW}@db/shop"),
        travels("mysql://root:@db/shop"),
        travels("mysql://root:${LETTER}${PW}@db/shop"),
        travels("jdbc:mysql://db/shop?user=root&password=${PW}&" + TRUST + "=${PW}"),
        travels("${URL}"),
        travels(" ${URL} "),
        travels("${SERVER}/shop"),
        travels("${SERVER}/shop?sslMode=REQUIRED&" + TRUST + "=${PW}"),
        travels("${TLS_URL}"),
        travels("${TLS_URL}&sslMode=REQUIRED"),
        stays("mysql://root:hunter2@db/shop", "password"),
        stays("mysql://root:${LETTER}unter2@db/shop", "password"),
        stays("mysql://root:%68unter2@db/shop", "password"),
        stays("mysql://root:$${hunter2}@db/shop", "password"),
        stays("mysql://root:${PW}@db/shop?" + TRUST + "=hunter2", TRUST),
        stays("mysql://root:hunter2@db/shop?" + TRUST + "=${PW}", "password"),
        stays("mysql://root:${PW}@db/shop?PASSWORD2=hunter2", "PASSWORD2"),
        // Reading this text again would take the written secret along.
        stays("${SERVER}/shop?" + TRUST + "=hunter2", "password", TRUST),
        stays("${TLS_URL}hunter2", TRUST, "password"),
        travels("mysql://db/shop", "${PW}"),
        travels("mysql://db/shop", "file:secret"),
        travels("mysql://root:hunter2@db/shop", "${PW}"),
        travels("mysql://root:hunter2@db/shop?" + TRUST + "=${PW}", "${LETTER}${PW}"),
        stays("mysql://db/shop", List.of("password"), "hunter2"),
        stays("mysql://root:${PW}@db/shop", List.of("password"), "${LETTER}unter2"));
  }

  private static Arguments travels(String url) {
    return stays(url);
  }

  private static Arguments travels(String url, String password) {
    return stays(url, List.of(), password);
  }

  private static Arguments stays(String url, String... secrets) {
    return Arguments.of("source: \"" + url + "\"", List.of(secrets));
  }

  private static Arguments stays(String url, List<String> secrets, String password) {
    return Arguments.of("source: {url: \"" + url + "\", password: \"" + password + "\"}", secrets);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sources")
  void whatIsWrittenOutStays(String source, List<String> secrets) throws IOException {
    Files.writeString(directory.resolve("secret"), "hunter2");

    Spec spec = read(source, TARGET);

    assertThat(spec.secretsThatStay())
        .allMatch(text -> text.contains(" of the source is written out"))
        .extracting(text -> text.replaceAll("The (?:parameter )?(\\w+) of .*", "$1"))
        .containsExactlyInAnyOrderElementsOf(secrets);
    byte[] bytes = Serialized.bytes(spec.source().connection());
    assertThat(Serialized.contain(bytes, "db")).isTrue();
    assertThat(Serialized.contain(bytes, "unter2")).isFalse();
  }

  @Test
  void saysWhatToWriteInstead() {
    Spec spec =
        SpecReader.ofUrls(
            "${OPEN_URL}", "postgres://me:pw@pg/x?sslpassword=pw", Environment.of(VARIABLES));

    String why =
        " of the target is written out, or a part of it is: it would have to travel with the job to"
            + " the cluster, where its web page and logs can show it. Set an environment variable"
            + " for the client and the TaskManagers and write ${NAME} in its place (on the command"
            + " line in single quotes)";
    assertThat(spec.secretsThatStay())
        .containsExactly(
            "The password" + why + ", or name a file: password: file:/run/secrets/target.",
            "The parameter sslpassword" + why + ".");
  }

  @Test
  void anotherProcessFindsThem() throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), "hunter 5\n");
    Spec spec =
        read(
            "source: {url: \"mysql://db/shop?" + TRUST + "=${PW}\", password: \"file:secret\"}",
            "target: ${PG}");

    assertThat(worker(spec, Map.of("PW", "elsewhere", "PG", VARIABLES.get("PG"))))
        .containsExactly("hunter 5", "elsewhere", "hunter2", "hunter2");
    Files.writeString(file, "changed");
    assertThat(worker(spec, Map.of("PW", "", "PG", "postgres://pg2/x?password=b&sslpassword=c")))
        .containsExactly("changed", "", "b", "c");
  }

  @Test
  void anotherProcessSaysWhatIsMissing() throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), "hunter2");
    Spec spec =
        read(
            "source: {url: \"mysql://db/shop?"
                + TRUST
                + "=${PW}\", user: me,"
                + " password: \"file:secret\"}",
            "target: ${PG}");
    Files.delete(file);

    String advice =
        " Secrets do not travel with a job, each process finds them itself: set the variable, or put"
            + " the file in its place, for the Flink TaskManagers as well as for the client, and run"
            + " the same command again.";
    String on = " was not found on " + ThisProcess.host() + ": ";
    assertThat(worker(spec, Map.of("PG", "postgres://me@pg/x?sslpassword=%")))
        .containsExactly(
            "USAGE The password of the source database me@db:3306/shop"
                + on
                + "the secret file "
                + file.toAbsolutePath()
                + " does not exist."
                + advice,
            "USAGE The parameter trustCertificateKeyStorePassword of the source database"
                + " db:3306/shop"
                + on
                + "environment variable PW is not set."
                + advice,
            "USAGE The password of the target database me@pg:5432/x"
                + on
                + "\"%\" must be followed by two hexadecimal digits; write %25 for the sign itself."
                + " (postgres://me@pg/x?***)"
                + advice,
            "USAGE The parameter sslpassword of the target database me@pg:5432/x"
                + on
                + "\"%\" must be followed by two hexadecimal digits; write %25 for the sign itself."
                + " (postgres://me@pg/x?***)"
                + advice);
    assertThat(worker(spec, Map.of("PG", "postgres://me@pg/x")))
        .contains(
            "USAGE The password of the target database me@pg:5432/x"
                + on
                + "the URL that ${PG} stands for does not have it."
                + advice);
  }

  @Test
  void anotherProcessDoesNotKnowWhatWasWrittenOut() throws Exception {
    Spec spec = read("source: mysql://root:hunter2@db/shop", TARGET);

    assertThat(worker(spec, VARIABLES))
        .singleElement()
        .asString()
        .startsWith("USAGE A password is not known on " + ThisProcess.host() + ": it was written")
        .doesNotContain("hunter2");
  }

  /** What another process finds for each secret of the source, then of the target. */
  private List<String> worker(Spec spec, Map<String, String> variables) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName())
            .directory(Path.of("/").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeAll(VARIABLES.keySet());
    builder.environment().putAll(variables);
    Process process = builder.start();
    process
        .getOutputStream()
        .write(
            Serialized.bytes(
                new ConnectionSettings[] {spec.source().connection(), spec.target().connection()}));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output.lines().toList();
  }

  /** The other process. */
  public static final class Worker {
    private Worker() {}

    /** Reads settings, and prints each secret or why there is none. */
    public static void main(String[] args) throws Exception {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      ConnectionSettings[] received;
      try (ObjectInputStream in = new ObjectInputStream(System.in)) {
        received = (ConnectionSettings[]) in.readObject();
      }
      for (ConnectionSettings settings : received) {
        Stream.concat(Stream.ofNullable(settings.password()), settings.secrets().values().stream())
            .map(Worker::reveal)
            .forEach(out::println);
      }
    }

    private static String reveal(Secret secret) {
      try {
        return secret.reveal();
      } catch (MigrationException e) {
        return e.kind() + " " + e.getMessage();
      }
    }
  }
}
