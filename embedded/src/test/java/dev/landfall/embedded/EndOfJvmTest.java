package dev.landfall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of servers when the JVM that started them ends without closing them. */
class EndOfJvmTest {
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Starts servers, tells about them and waits for the end, or ends by itself. */
  static final class Starter {
    private Starter() {}

    public static void main(String[] arguments) throws Exception {
      EmbeddedServer own = EmbeddedPostgres.start();
      EmbeddedServer shared = SharedServers.mariadb();
      for (EmbeddedServer server : List.of(own, shared)) {
        System.out.println(server.pid() + " " + server.home());
      }
      if (arguments[0].equals("wait")) {
        Thread.currentThread().join();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait", "end"})
  void serversEndWithIt(String mode) throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName(),
                mode)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = jvm.inputReader()) {
      String own = output.readLine();
      String shared = output.readLine();
      assertThat(own).contains("landfall-postgres-");
      assertThat(shared).contains("landfall-mariadb-");
      if (mode.equals("wait")) {
        jvm.toHandle().destroyForcibly();
      }
      assertThat(jvm.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(output.readLine()).isNull();
      for (String line : List.of(own, shared)) {
        String[] words = line.split(" ", 2);
        await(line + " ends", () -> !EmbeddedServerTest.runs(Long.parseLong(words[0])));
        await(line + " is deleted", () -> Files.notExists(Path.of(words[1])));
      }
    } finally {
      jvm.destroyForcibly();
    }
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TIMEOUT_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
