package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ctrl-C, as a process gets it. */
@Timeout(60)
class InterruptTest {
  @Test
  void theFirstLetsChunksFinishAndSaysHowToGoOn() throws Exception {
    // Without a terminal a line is printed after five seconds: then the run is going on.
    Process process = start("20000");
    try (BufferedReader err = errors(process)) {
      assertThat(err.readLine()).startsWith("landfall: loading: ");
      signal(process);
      assertThat(err.readLine())
          .isEqualTo("landfall: finishing the chunks in hand; press Ctrl-C again to stop at once");
      assertThat(rest(err))
          .isEqualTo(
              """
              landfall: Stopped; 12 of 40 chunks are committed.
              To go on from here:
                landfall migrate --source "${SOURCE:?set it to the URL given as --source}" --target \
              t""");
      assertThat(process.waitFor()).isEqualTo(130);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void theSecondStopsAtOnce() throws Exception {
    // That slow, the migration never finishes what it has in hand.
    Process process = start("999");
    try (BufferedReader err = errors(process)) {
      assertThat(err.readLine()).startsWith("landfall: loading: ");
      signal(process);
      assertThat(err.readLine()).startsWith("landfall: finishing the chunks in hand");
      signal(process);
      assertThat(rest(err))
          .startsWith("landfall: stopped at once. Nothing is lost: ")
          .endsWith(
              "  landfall migrate --source \"${SOURCE:?set it to the URL given as --source}\""
                  + " --target t");
      assertThat(process.waitFor()).isEqualTo(130);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void beforeARunThereIsAWordAsWellAndTheSecondEndsWhateverHangs() throws Exception {
    Process process = start("0", "1");
    try (BufferedReader err = errors(process)) {
      assertThat(err.readLine()).isEqualTo("hanging");
      signal(process);
      assertThat(err.readLine())
          .isEqualTo(
              "landfall: stopped at once. Nothing is lost: what was committed stays, the rest was"
                  + " rolled back.");
      // By now a hook of the JVM's end hangs.
      signal(process);
      assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void nobodyReadingWhatIsSaidKeepsNoProcessAlive() throws Exception {
    Process process = start("-1", "1");
    try (BufferedReader err = errors(process)) {
      assertThat(err.readLine()).isEqualTo("hanging");
      signal(process);
      // Two of a kind are one while the first is not taken.
      signal(process, "-TERM");
      assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(String rate) throws IOException {
    return start("1", rate);
  }

  private static Process start(String tables, String rate) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.landfall.runners.MovingMigration",
            tables,
            rate,
            "migrate",
            "--source",
            "mysql://a:b@h/d",
            "--target",
            "t")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static BufferedReader errors(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
  }

  private static void signal(Process process) throws Exception {
    signal(process, "-INT");
  }

  private static void signal(Process process, String name) throws Exception {
    assertThat(new ProcessBuilder("kill", name, String.valueOf(process.pid())).start().waitFor())
        .isZero();
  }

  private static String rest(BufferedReader err) {
    return err.lines().collect(Collectors.joining("\n"));
  }
}
