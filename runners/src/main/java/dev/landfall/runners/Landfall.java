package dev.landfall.runners;

import dev.landfall.pipelines.Migration;
import dev.landfall.runners.cli.CommandLists;
import dev.landfall.runners.cli.CommonOptions;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Failures;
import dev.landfall.runners.cli.MigrationFactory;
import dev.landfall.runners.cli.Session;
import dev.landfall.runners.cli.Signals;
import dev.landfall.runners.cli.Version;
import dev.landfall.runners.cli.WrongUsage;
import dev.landfall.runners.command.BackfillCommand;
import dev.landfall.runners.command.CancelCommand;
import dev.landfall.runners.command.HistoryCommand;
import dev.landfall.runners.command.LiveRun;
import dev.landfall.runners.command.MappingCommand;
import dev.landfall.runners.command.MigrateCommand;
import dev.landfall.runners.command.RejectsCommand;
import dev.landfall.runners.command.RepairCommand;
import dev.landfall.runners.command.ReportCommand;
import dev.landfall.runners.command.SchemaCommand;
import dev.landfall.runners.command.SpecMigrationFactory;
import dev.landfall.runners.command.StatusCommand;
import dev.landfall.runners.command.VerifyCommand;
import dev.landfall.runners.command.WarmUpCommand;
import dev.landfall.runners.demo.DemoCommand;
import dev.landfall.runners.display.Console;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
    name = "landfall",
    mixinStandardHelpOptions = true,
    description = "Moves a MySQL or MariaDB database to PostgreSQL and proves that it arrived.",
    synopsisHeading = "",
    customSynopsis =
        "landfall COMMAND [-c FILE] [--source URL --target URL] [OPTIONS] [-- BEAM OPTIONS]",
    descriptionHeading = "%n",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    versionProvider = Version.class,
    footer = {
      "",
      "To see it work:  landfall demo",
      "Your own:        landfall migrate --source mysql://user:password@host/shop \\",
      "                                  --target postgresql://user:password@host/shop",
      "",
      "Exit codes: 0 done or equal, 1 failed, 2 wrong usage or spec, 3 the sides differ,",
      "4 stopped by a threshold, 5 another run holds the migration, 6 what it needs can't be",
      "reached, 130 stopped by Ctrl-C. After 1, 6 and 130 the same command goes on;",
      "after 4 once the spec allows more rejects.",
    })
public final class Landfall {
  /** Picocli refuses to print its help in less than 55 columns. */
  private static final int LEAST_USAGE = 55;

  private Landfall() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(process(args, Landfall::open));
  }

  /** The same as the work of this process: whatever it is at, it can be stopped. */
  @SuppressWarnings("resource") // Its handlers are for as long as the process lives.
  static int process(String[] args, MigrationFactory factory) {
    Console console = Console.ofProcess();
    // What libraries say with --verbose goes the same way.
    System.setErr(console.err());
    Session session = session(args, factory, console);
    boolean changes =
        session.arguments().stream().anyMatch(RESUMED::contains)
            || session.arguments().contains("--apply");
    String word =
        changes ? LiveRun.stoppedAtOnce(session.again()) : "landfall: this command was stopped";
    Runnable say = () -> console.err().println(word);
    new Signals()
        .onStop(
            () -> {
              say.run();
              System.exit(ExitCodes.STOPPED);
            },
            say);
    return commandLine(session).execute(own(args));
  }

  /** Commands that the same command line takes up again. */
  private static final Set<String> RESUMED = Set.of("migrate", "backfill", "verify", "repair");

  /**
   * Runs one command.
   *
   * @return its exit code
   */
  public static int run(String[] args, MigrationFactory factory, Console console) {
    return commandLine(session(args, factory, console)).execute(own(args));
  }

  private static Session session(String[] args, MigrationFactory factory, Console console) {
    List<String> all = List.of(args);
    int split = all.indexOf("--");
    List<String> beamOptions = split < 0 ? List.of() : all.subList(split + 1, all.size());
    return new Session(all, beamOptions, factory, console);
  }

  /** What stands before the options that are Beam's. */
  static String[] own(String[] args) {
    return Stream.of(args).takeWhile(a -> !a.equals("--")).toArray(String[]::new);
  }

  private static CommandLine commandLine(Session session) {
    Console console = session.console();
    CommandLine root = new CommandLine(new Landfall());
    for (Object command :
        List.of(
            new DemoCommand(session),
            new SchemaCommand(session),
            new MigrateCommand(session),
            new BackfillCommand(session),
            new VerifyCommand(session),
            new RepairCommand(session),
            new StatusCommand(session),
            new RejectsCommand(session),
            new HistoryCommand(session),
            new ReportCommand(session),
            new CancelCommand(session))) {
      root.addSubcommand(command);
    }
    root.addSubcommand(MappingCommand.of(session));
    root.addSubcommand(new WarmUpCommand());
    root.getSubcommands().values().forEach(Landfall::dress);
    CommandLists.addUsual(root);
    int width = Math.max(LEAST_USAGE, Math.min(100, console.outTerminal().columns()));
    return root.setOut(console.outWriter())
        .setErr(console.errWriter())
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                console.outTerminal().colour()
                    ? CommandLine.Help.Ansi.ON
                    : CommandLine.Help.Ansi.OFF))
        .setUsageHelpWidth(width)
        .setCaseInsensitiveEnumValuesAllowed(true)
        // A word that begins with @ may be a password's end; it names no file.
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(
            (e, arguments) -> WrongUsage.report(e, session.arguments(), console))
        .setExecutionExceptionHandler(
            (e, command, parsed) ->
                Failures.report(e, session.arguments().contains("--json"), console))
        .setExecutionStrategy(
            parsed ->
                parsed.hasSubcommand()
                        || parsed.isUsageHelpRequested()
                        || parsed.isVersionHelpRequested()
                    ? new CommandLine.RunLast().execute(parsed)
                    : noCommand(parsed.commandSpec().commandLine(), console));
  }

  /** Makes the help of a command, and of those in its group, look like that of all. */
  private static void dress(CommandLine command) {
    command
        .getCommandSpec()
        .mixinStandardHelpOptions(true)
        .usageMessage()
        .synopsisHeading("")
        .abbreviateSynopsis(true)
        .descriptionHeading("%n")
        .optionListHeading("%nOptions:%n");
    command.getCommandSpec().versionProvider(new Version());
    CommandLists.joinDescription(command);
    CommandLists.hideMeaningless(command);
    command.getSubcommands().values().forEach(Landfall::dress);
  }

  private static int noCommand(CommandLine root, Console console) {
    root.usage(console.errWriter());
    return ExitCodes.USAGE;
  }

  /** Behind a method of its own, so that --version loads none of it. */
  static Migration open(CommonOptions options) {
    return new SpecMigrationFactory().open(options);
  }
}
