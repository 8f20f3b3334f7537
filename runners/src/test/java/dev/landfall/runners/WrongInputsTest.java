package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.spec.Environment;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.pipelines.spec.SpecReader;
import dev.landfall.runners.cli.BeamOptions;
import dev.landfall.runners.cli.CommonOptions;
import dev.landfall.runners.cli.Failures;
import dev.landfall.runners.cli.Logs;
import dev.landfall.runners.cli.Session;
import dev.landfall.runners.cli.WrongUsage;
import dev.landfall.runners.command.SpecMigrationFactory;
import dev.landfall.runners.display.Console;
import dev.landfall.runners.display.Terminal;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** Whatever is wrong with what is typed, nothing that is said about it tells of a password. */
class WrongInputsTest {
  private static final int INPUTS = 20_000;

  /** Making all commands takes milliseconds: the rest goes through the options that all have. */
  private static final int WHOLE_COMMAND_LINE = 100;

  @TempDir private Path directory;

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final Common common = new Common();
  private final CommandLine options = new CommandLine(common).setExpandAtFiles(false);

  /** What all commands have. */
  @Command(name = "landfall")
  private static final class Common {
    @Mixin private final CommonOptions options = new CommonOptions(List.of());
  }

  @Test
  void noPieceOfAPasswordIsShown() throws Exception {
    Path file = Files.writeString(directory.resolve("spec.yaml"), "");
    WrongInputs inputs = new WrongInputs(INPUTS, file);
    List<String> told = new ArrayList<>();
    List<WrongInputs.Input> everywhere = inputs.everywhere();
    int all = everywhere.size() + INPUTS;
    for (int i = 0; i < all; i++) {
      boolean systematic = i < everywhere.size();
      WrongInputs.Input input = systematic ? everywhere.get(i) : inputs.next();
      shown.reset();
      try (PrintStream stream = new PrintStream(shown, true, StandardCharsets.UTF_8)) {
        Terminal none = new Terminal(false, 140, 24, false, false);
        Console console = new Console(stream, none, stream, none);
        if (systematic || i % WHOLE_COMMAND_LINE == 0) {
          Files.writeString(file, input.spec());
          Landfall.run(input.arguments().toArray(String[]::new), WrongInputsTest::open, console);
        } else {
          read(input, file, console);
        }
      }
      String text = shown.toString(StandardCharsets.UTF_8);
      assertThat(text).isNotEmpty();
      if (WrongInputs.pieces(input.secret()).anyMatch(text::contains)) {
        told.add(input + "\n" + text);
      }
    }
    assertThat(told.stream().limit(10)).as(told.size() + " of " + all).isEmpty();
  }

  private void read(WrongInputs.Input input, Path file, Console console) {
    List<String> typed = input.arguments();
    try {
      options.parseArgs(Landfall.own(typed.subList(1, typed.size()).toArray(String[]::new)));
      common.options.check();
      startLog(common.options);
      requireBeamOptions(typed.stream().dropWhile(a -> !a.equals("--")).skip(1).toList());
      // What is in the file is at hand: writing it 6,000 times takes most of a minute.
      console
          .out()
          .println(
              names(
                  file.equals(common.options.config())
                      ? SpecReader.read(
                          input.spec(),
                          file,
                          common.options.source(),
                          common.options.target(),
                          Environment.ofProcess())
                      : SpecMigrationFactory.read(common.options)));
      console.out().println(new Session(typed, List.of(), WrongInputsTest::open, console).again());
    } catch (ParameterException e) {
      WrongUsage.report(e, typed, console);
    } catch (MigrationException e) {
      Failures.report(e, /* json= */ true, console);
    }
  }

  /** Where there is no directory for it, as there is none for a URL: nothing is to be made here. */
  private static void startLog(CommonOptions options) {
    Path log = options.log();
    if (log != null && log.getParent() != null && !Files.isDirectory(log.getParent())) {
      Logs.start(log, options.verbose());
    }
  }

  private static String names(Spec spec) {
    return spec.name() + spec.source().connection() + spec.target().connection();
  }

  private static void requireBeamOptions(List<String> given) {
    if (!given.isEmpty()) {
      BeamOptions.parse(given, DirectOptions.class);
    }
  }

  /** No database is asked: the work ends with the names of both, and the way to go on. */
  private static FakeMigration open(CommonOptions options) {
    Spec spec = SpecMigrationFactory.read(options);
    requireBeamOptions(options.beamOptions());
    FakeMigration migration = new FakeMigration();
    migration.work =
        () -> {
          throw new MigrationException(Kind.STOPPED, names(spec));
        };
    return migration;
  }
}
