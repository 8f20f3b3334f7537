package dev.landfall.runners.command;

import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands that are about a mapping and not about a move: a line for each. */
@Command(
    name = "mapping",
    customSynopsis = "landfall mapping COMMAND [-c FILE] [--source URL --target URL] [OPTIONS]",
    commandListHeading = "%nCommands:%n",
    description = "What becomes of each column, before anything is moved.")
public final class MappingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private final Session session;

  private MappingCommand(Session session) {
    this.session = session;
  }

  /** The group with its commands. */
  public static CommandLine of(Session session) {
    CommandLine group = new CommandLine(new MappingCommand(session));
    for (Object command :
        List.of(
            new InitCommand(session),
            new CheckCommand(session),
            new ExplainCommand(session),
            new PreviewCommand(session),
            new ExportCommand(session),
            new SpecSchemaCommand(session))) {
      group.addSubcommand(command);
    }
    return group;
  }

  /** Without a word behind it. */
  @Override
  public Integer call() {
    spec.commandLine().usage(session.console().errWriter());
    return ExitCodes.USAGE;
  }
}
