package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.mapping.ExplainMapping;
import dev.landfall.pipelines.mapping.Sheet;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Session;
import dev.landfall.runners.display.SheetText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description =
        "Says of each column of the target where it comes from, by which rule, and whether it can"
            + " go back; and what stays behind. Changes nothing.")
final class ExplainCommand extends MigrationCommand {
  @Parameters(
      paramLabel = "TABLE",
      arity = "0..*",
      description = "Only these tables, as either side calls them, with or without a schema")
  private List<String> tables = List.of();

  ExplainCommand(Session session) {
    super(session);
  }

  @Override
  int run(Migration migration) {
    Sheet sheet = migration.perform(new ExplainMapping(tables));
    printer().show(() -> sheet, terminal -> new SheetText(terminal).lines(sheet));
    return ExitCodes.DONE;
  }
}
