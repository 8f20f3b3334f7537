package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.runners.display.Console;
import dev.landfall.runners.display.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code landfall mapping}, as far as it needs no database. */
class MappingCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    Terminal terminal = Terminal.file(Map.of());
    try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      Console console = new Console(outStream, terminal, errStream, terminal);
      return Landfall.run(
          arguments,
          options -> {
            throw new AssertionError("no migration is opened");
          },
          console);
    }
  }

  @Test
  void theSchemaIsTheOneOfTheDocuments() throws IOException {
    assertThat(run("mapping", "schema")).isZero();
    assertThat(Files.readString(Path.of("..", "docs", "spec.schema.json")))
        .as("after a change of the grammar: ./landfall mapping schema > docs/spec.schema.json")
        .isEqualTo(out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void theGroupSaysWhatIsInIt() {
    assertThat(run("mapping")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("landfall mapping", "schema");
  }
}
