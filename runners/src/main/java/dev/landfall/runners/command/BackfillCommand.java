package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.load.BackfillTask;
import dev.landfall.pipelines.run.Task;
import dev.landfall.runners.cli.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "backfill",
    description = "Only the load, into tables that are there.",
    footer = {
      "",
      "Stop it with Ctrl-C or in any other way; the same command goes on where it stopped.",
    })
public final class BackfillCommand extends RunCommand {
  @Mixin private final RestartOptions restart = new RestartOptions();

  public BackfillCommand(Session session) {
    super(session);
  }

  @Override
  Task<?> task() {
    return new BackfillTask();
  }

  @Override
  void look(Migration migration) {
    if (!restart.given()) {
      super.look(migration);
    }
  }

  @Override
  void prepare(Migration migration) {
    restart.apply(session, migration, task());
  }

  @Override
  int attached(Migration migration) {
    prepare(migration);
    return new LiveRun(session, migration, printer()).load(task());
  }
}
