package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.run.CancelRun;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Session;
import dev.landfall.runners.document.CommandDocument;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "cancel",
    description =
        "Stops the migration's run, wherever it runs: finishes the chunks in hand and waits for"
            + " that. What was committed stays.")
public final class CancelCommand extends MigrationCommand {
  @Option(
      names = "--now",
      description =
          "With --flink-master: takes its jobs off the cluster without waiting for chunks")
  private boolean now;

  public CancelCommand(Session session) {
    super(session);
  }

  @Override
  int run(Migration migration) {
    Optional<String> stopped = migration.perform(new CancelRun(now));
    printer()
        .show(
            () -> new CommandDocument.Cancelled(stopped.orElse(null)),
            terminal ->
                List.of(
                    stopped
                        .map(holder -> "Stopped. It was run by " + holder + ".")
                        .orElse(
                            "There is nothing to stop: nobody runs \""
                                + migration.name()
                                + "\".")));
    return ExitCodes.DONE;
  }
}
