package dev.landfall.runners.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the lists of commands and options show, and the commands that people try first. */
public final class CommandLists {
  private CommandLists() {}

  /** Commands that run no pipeline; {@code cancel} has to find one. */
  private static final Set<String> WITHOUT_PIPELINES =
      Set.of(
          "schema", "status", "rejects", "history", "report", "init", "check", "explain", "export",
          "preview");

  private static final List<String> OF_PIPELINES =
      List.of("--runner", "--flink-master", "--parallelism");

  @Command(name = "version", description = "Prints the version.")
  static final class VersionCommand implements Runnable {
    private final CommandLine root;

    VersionCommand(CommandLine root) {
      this.root = root;
    }

    @Override
    public void run() {
      root.printVersionHelp(root.getOut());
    }
  }

  /** Adds {@code help} and {@code version} behind the commands that are there. */
  public static void addUsual(CommandLine root) {
    root.addSubcommand("help", new HelpCommand());
    root.addSubcommand(new VersionCommand(root));
  }

  /** Makes a command's description one text: the list of commands shows the first only. */
  public static void joinDescription(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    spec.usageMessage().description(String.join(" ", spec.usageMessage().description()));
  }

  /**
   * Takes options that mean nothing for a command out of its list. They stay allowed: whoever
   * changes one word of a command line means the same migration.
   */
  public static void hideMeaningless(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    for (String name : OF_PIPELINES) {
      boolean meaningless =
          WITHOUT_PIPELINES.contains(spec.name())
              || (spec.name().equals("cancel") && name.equals("--parallelism"));
      OptionSpec option = spec.findOption(name);
      if (meaningless && option != null) {
        spec.remove(option);
        spec.addOption(option.toBuilder().hidden(true).build());
      }
    }
  }
}
