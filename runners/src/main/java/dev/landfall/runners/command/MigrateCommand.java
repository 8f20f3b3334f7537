package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.run.DryRun;
import dev.landfall.pipelines.run.ExtendTask;
import dev.landfall.pipelines.run.Task;
import dev.landfall.runners.cli.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "migrate",
    description = "The whole move: tables, load, indexes and keys, verification.",
    footer = {
      "",
      "Stop it with Ctrl-C or in any other way; the same command goes on where it stopped.",
    })
public final class MigrateCommand extends RunCommand {
  @Option(names = "--no-verify", description = "Leaves the verification out")
  private boolean noVerify;

  @Option(
      names = "--extend",
      description = {
        "Adds what is new to a migration that was begun: loads new tables, and makes anew and",
        "loads whole those that have a new column"
      })
  private boolean extend;

  @Mixin private final RestartOptions restart = new RestartOptions();

  public MigrateCommand(Session session) {
    super(session);
  }

  @Override
  Task<?> task() {
    return new MigrateTask(!noVerify);
  }

  @Override
  void look(Migration migration) {
    if (extend && !restart.given()) {
      migration.perform(new DryRun(new ExtendTask()));
    } else if (!restart.given()) {
      super.look(migration);
    }
  }

  @Override
  void prepare(Migration migration) {
    restart.apply(session, migration, task());
    if (extend) {
      migration.perform(new ExtendTask());
    }
  }

  @Override
  int attached(Migration migration) {
    prepare(migration);
    return new LiveRun(session, migration, printer()).load(task());
  }
}
