package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Session;
import dev.landfall.runners.display.Console;
import dev.landfall.runners.display.StatusText;
import dev.landfall.runners.display.Watch;
import dev.landfall.runners.document.StatusDocument;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ledger.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "status", description = "Where the migration stands, while it runs and after.")
public final class StatusCommand extends MigrationCommand {
  @Option(names = "--watch", description = "Shows it until the migration has ended")
  private boolean watch;

  public StatusCommand(Session session) {
    super(session);
  }

  @Override
  int run(Migration migration) {
    Snapshot snapshot = watch ? watched(migration) : migration.snapshot();
    printer()
        .show(
            () -> StatusDocument.of(snapshot),
            terminal -> new StatusText(terminal).lines(snapshot));
    return ExitCodes.DONE;
  }

  private Snapshot watched(Migration migration) {
    Console console = session.console();
    try {
      if (common.json()) {
        Watch.untilEnd(migration::progress, console.err(), console.errTerminal());
      } else {
        Watch.untilEnd(migration::progress, console.out(), console.outTerminal());
      }
      return migration.snapshot();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationException(
          MigrationException.Kind.STOPPED, "Stopped watching; the migration is not affected.", e);
    }
  }
}
