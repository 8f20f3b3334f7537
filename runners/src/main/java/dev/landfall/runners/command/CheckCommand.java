package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.mapping.CheckMapping;
import dev.landfall.pipelines.mapping.MappingCheck;
import dev.landfall.pipelines.mapping.MappingCheck.Severity;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Session;
import dev.landfall.runners.display.MappingCheckText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "check",
    description =
        "Looks for what goes wrong or may go wrong with the mapping, without rows: columns that"
            + " nobody mapped, keys that need not be unique, references that would dangle, maps that"
            + " lack values. Changes nothing.",
    footer = {"", "Exit code 1 where there is an error; with --strict a warning is enough."})
final class CheckCommand extends MigrationCommand {
  @Option(names = "--strict", description = "Exit code 1 for warnings too")
  private boolean strict;

  CheckCommand(Session session) {
    super(session);
  }

  @Override
  int run(Migration migration) {
    MappingCheck check = migration.perform(new CheckMapping());
    printer().show(() -> check, terminal -> new MappingCheckText(terminal).lines(check));
    long wrong = strict ? check.findings().size() : check.count(Severity.ERROR);
    return wrong == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
  }
}
