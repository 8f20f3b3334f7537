package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.api.Reconciliation;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.display.Console;
import dev.landfall.runners.display.Snapshots;
import dev.landfall.runners.display.Terminal;
import dev.landfall.transforms.ledger.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of a comparison that is made again and again, and what their page says of them. */
class OperationsTest {
  private static final Path PAGE = Path.of("..", "docs", "operations.md");

  private final FakeMigration migration = new FakeMigration();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path root;

  private int run(List<String> command) throws IOException {
    Path spec = root.resolve("landfall.yaml");
    Files.writeString(spec, "source: mysql://u@s/shop\ntarget: postgresql://u@t/shop\n");
    List<String> words =
        new ArrayList<>(
            command.stream()
                .map(word -> word.replace("/etc/landfall/spec/landfall.yaml", spec.toString()))
                .map(word -> word.equals("shop.yaml") ? spec.toString() : word)
                .filter(word -> !word.startsWith("--log="))
                .toList());
    words.add("--log=" + root.resolve("log"));
    Terminal terminal = new Terminal(false, 140, 0, false, false);
    return Landfall.run(
        words.toArray(String[]::new),
        options -> migration,
        new Console(stream(out), terminal, stream(err), terminal));
  }

  private int verify(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("verify", "--config=shop.yaml"));
    command.set(1, "--config=/etc/landfall/spec/landfall.yaml");
    command.addAll(Arrays.asList(options));
    return run(command);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static VerificationReport differs(long news) {
    return new VerificationReport(
            false,
            List.of(),
            List.of(
                new Difference("public.a", Map.of("id", "1"), Difference.Kind.MISSING, List.of())))
        .with(new Reconciliation(7, news, null));
  }

  @Test
  void thePagesCommandsAreUnderstood() throws IOException {
    String page = Files.readString(PAGE);
    List<List<String>> commands = new ArrayList<>();
    Matcher line = Pattern.compile("(?m)/usr/local/bin/landfall (verify [^>\\n]*)").matcher(page);
    while (line.find()) {
      commands.add(Arrays.asList(line.group(1).strip().split(" ")));
    }
    Matcher words = Pattern.compile("args:\\n((?: +- \\S+\\n)+)").matcher(page);
    while (words.find()) {
      commands.add(
          words
              .group(1)
              .lines()
              .map(word -> word.strip().substring(2))
              // Of the environment of a pod.
              .map(word -> word.replace("${HOOK_URL}", "https://h/x"))
              .toList());
    }
    assertThat(commands).hasSize(3);
    for (List<String> command : commands) {
      assertThat(run(command)).as(() -> command + said()).isZero();
    }
    assertThat(migration.calls.stream().filter("verify"::equals)).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"all, 2, 3", "all, 0, 3", "new, 2, 3", "new, 0, 0"})
  void alarmSaysWhichDifferencesCount(String alarm, long news, int code) throws IOException {
    migration.report = differs(news);

    assertThat(verify("--alarm", alarm)).isEqualTo(code);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .endsWith(news == 0 ? "None of the differences is new.\n" : "2 new differences.\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--max-rows-per-second 0 | --max-rows-per-second is 0; give a number from 1.",
        "--max-connections -1 | --max-connections is -1; give a number from 1.",
        "--pause 200 | --pause 200: expected a time such as 200ms (units: ms, s, m, h).",
        "--slice 0/24 | --slice 0/24: expected a share such as 1/24: a twenty-fourth of all rows.",
        "--alarm some | --alarm some: expected all or new.",
        "--keep 90d | --time-zone, --keep and --exit-on-new are for --schedule. Add that.",
        "--schedule hourly | --schedule \"hourly\" is no line of cron: ",
        "--schedule x --keep soon | --schedule \"x\" is no line of cron: ",
        "--webhook h/x | --webhook: it must begin with https:// or http:// and a host.",
        "--detach --alarm new | --detach hands over one comparison;"
      })
  void refusesWhatMakesNoSense(String options, String message) throws IOException {
    assertThat(verify(options.strip().split(" "))).isEqualTo(ExitCodes.USAGE);
    assertThat(said()).startsWith("landfall: " + message);
    assertThat(migration.calls).doesNotContain("verify");
  }

  @Test
  void aWebhooksAddressIsNotRepeated() throws IOException {
    migration.report = differs(0);

    verify("--webhook", "http://127.0.0.1:9/T0KEN");
    verify("--webhook=http://127.0.0.1:9/T0KEN");

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--webhook ").doesNotContain("T0KEN");
    assertThat(said()).doesNotContain("T0KEN");
  }

  @Test
  void historyIsADocument() throws IOException {
    assertThat(run(List.of("history", "-c", "shop.yaml", "--json", "-n", "3"))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"migration\":\"shop\",\"runs\":[]}\n");
    assertThat(run(List.of("history", "-c", "shop.yaml", "-n", "0"))).isEqualTo(ExitCodes.USAGE);
  }

  @Test
  void rejectsAreListed() throws IOException {
    migration.before =
        Snapshots.at(9, Snapshot.Phase.DONE, List.of(Snapshots.rejecting("users", 9, 3, 1)));
    assertThat(run(List.of("rejects", "-c", "shop.yaml", "--json"))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"migration\":\"shop\",\"standing\":3,\"mended\":1,\"rejects\":[{\"table\":"
                + "\"shop.users\",\"sourceTable\":\"shop.users\",\"targetTable\":\"public.users\",\"key\":{\"id\":\"7\"},\"column\":\"born\",\"reason\":"
                + "\"zero date\",\"value\":\"0000-00-00\",\"at\":\"1970-01-01T00:00:00Z\","
                + "\"mended\":null,\"mendedBy\":null}]}\n");
    out.reset();
    assertThat(run(List.of("rejects", "list", "-c", "shop.yaml", "--mask", "-n", "1"))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith(
            "3 rows could not be loaded. 1 mended since.\n\nshop.users  id = 7\n  zero date\n")
        .contains("born: 10 characters #", "and 2 more rows; -n N lists more")
        .doesNotContain("0000-00-00");
    assertThat(migration.journal.calls)
        .containsExactly("rejects [] false 20", "rejects [] false 1");
    for (List<String> wrong :
        List.of(List.of("waive"), List.of("-n", "0"), List.of("--table", "nix"))) {
      List<String> command = new ArrayList<>(List.of("rejects", "-c", "shop.yaml"));
      command.addAll(wrong);
      assertThat(run(command)).isEqualTo(ExitCodes.USAGE);
    }
  }
}
