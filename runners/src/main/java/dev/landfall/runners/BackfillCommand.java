package dev.landfall.runners;

import dev.landfall.pipelines.Migration;
import dev.landfall.runners.flink.DetachedCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "backfill",
    description = "Only the load, into tables that are there.",
    footer = {
      "",
      "Stop it with Ctrl-C or in any other way; the same command goes on where it stopped.",
    })
final class BackfillCommand extends RunCommand {
  @Option(
      names = "--restart",
      description = "Forgets what was moved, empties the tables it was moved to, and starts afresh")
  private boolean restart;

  BackfillCommand(Session session) {
    super(session);
  }

  @Override
  DetachedCommand.Work work() {
    return DetachedCommand.Work.BACKFILL;
  }

  @Override
  void prepare(Migration migration) {
    if (restart) {
      migration.reset();
    }
  }

  @Override
  int attached(Migration migration) {
    prepare(migration);
    return new LiveRun(session, migration, common.json()).load(migration::backfill);
  }
}
