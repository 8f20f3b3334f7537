package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.repair.RepairTask;
import dev.landfall.runners.cli.Attempts;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Session;
import dev.landfall.runners.display.RepairText;
import dev.landfall.runners.document.RepairDocument;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "repair",
    description =
        "Brings the keys up to date that the last verification found different. Without --execute"
            + " it says what it would do and changes nothing.",
    footer = {
      "",
      "Exit code 0: all these keys agree. 3: there is something to repair, or some keys could",
      "not be. After --execute was cut short the same command goes on."
    })
public final class RepairCommand extends MigrationCommand {
  @Option(names = "--execute", description = "Changes the target; without it nothing is changed")
  private boolean execute;

  @Option(
      names = "--delete-extra",
      description = "Deletes rows that only the target has; without it they are left and listed")
  private boolean deleteExtra;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "Only this table of the source or the target; may be given several times")
  private List<String> tables = List.of();

  public RepairCommand(Session session) {
    super(session);
  }

  @Override
  int run(Migration migration) {
    RepairTask repair =
        new RepairTask(
            RepairRequest.builder()
                .setExecute(execute)
                .setDeleteExtra(deleteExtra)
                .setTables(tables)
                .build());
    RepairReport report =
        execute
            ? Attempts.noted(
                migration, "repair", () -> new LiveRun(session, migration, printer()).watch(repair))
            : migration.perform(repair);
    printer()
        .show(
            () -> RepairDocument.of(report),
            terminal ->
                new RepairText(terminal)
                    .lines(report, session::againWith, session.again("verify")));
    return report.equal() ? ExitCodes.DONE : ExitCodes.DIFFERENCES;
  }
}
