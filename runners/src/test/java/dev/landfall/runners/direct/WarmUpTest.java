package dev.landfall.runners.direct;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is loaded when: the start is quick only as long as nothing is loaded too early. */
class WarmUpTest {
  private static final String[] HEAVY = {
    "org.apache.beam.", "com.mysql.", "org.postgresql.Driver ", "dev.landfall.embedded."
  };

  @Test
  void theVersionLoadsNeitherBeamNorDrivers() throws Exception {
    assertThat(loadedBy("--version"))
        .contains("dev.landfall.runners.Landfall ")
        .doesNotContain(HEAVY);
  }

  @Test
  void warmingUpLoadsBoth() throws Exception {
    assertThat(loadedBy("warm-up"))
        .contains(
            "org.apache.beam.runners.direct.DirectRunner ",
            "com.mysql.cj.jdbc.Driver ",
            "org.postgresql.Driver ");
  }

  private static String loadedBy(String command) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.landfall.runners.Landfall",
                command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }
}
