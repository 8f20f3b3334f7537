package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Session;
import dev.landfall.runners.display.HistoryText;
import dev.landfall.runners.document.HistoryDocument;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ledger.HistoryEntry;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "history", description = "The migration's runs, newest first, and what they found.")
public final class HistoryCommand extends MigrationCommand {
  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many (default: ${DEFAULT-VALUE})")
  private int limit;

  public HistoryCommand(Session session) {
    super(session);
  }

  @Override
  int run(Migration migration) {
    if (limit < 1) {
      throw new MigrationException(
          MigrationException.Kind.USAGE, "-n is " + limit + "; give a number from 1.");
    }
    List<HistoryEntry> entries = migration.journal().history(limit);
    printer()
        .show(
            () -> new HistoryDocument(migration.name(), entries),
            terminal -> new HistoryText(terminal).lines(migration.name(), entries));
    return ExitCodes.DONE;
  }
}
